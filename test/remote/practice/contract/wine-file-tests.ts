import assert from 'node:assert/strict';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { functionNames } from '../../../../remote/contract.ts';
import { raised, raising } from './bench.ts';
import type { WineBench } from './wine-bench.ts';
import type { WineProbe } from './wine-probe.ts';

const webConfigPath = 'C:\\Program Files\\Update Services\\WebServices\\ClientWebService\\Web.config';
const workPath = 'C:\\Work folder';

/** What Windows does with files: who holds one open, under which names it is known, what is set on it. */
export function wineFileTests(wine: WineBench): void {
  describe('files as Windows has them', () => {
    const { bench } = wine;
    const webConfig = () => wine.path(webConfigPath);
    /** An empty folder on the server: here, and as the engine names it. */
    const folder = (t: TestContext) => {
      const here = join(bench.server.folder.root, 'Work folder');
      mkdirSync(here);
      t.after(() => rmSync(here, { recursive: true }));
      const there = wine.path(workPath);
      const pair = (name: string) => ({ here: join(here, name), there: `${there}\\${name}` });
      const [old, fresh, link] = [pair('Web.config'), pair('Web.config.tmp'), pair('other name')];
      writeFileSync(old.here, 'old');
      writeFileSync(fresh.here, 'new');
      linkSync(old.here, link.here);
      return { old, fresh, link };
    };
    /** Another program opens a file, and keeps it until the answer is called. */
    const hold = async (t: TestContext, path: string, share: string) => {
      const end = join(bench.server.folder.root, 'release');
      const held = Promise.withResolvers<void>();
      const until = wine.path('C:\\release');
      const parameters = { Path: path, Share: share, Until: until };
      const holding = wine.other.call('Wait-WithOpenFile', parameters, held.resolve);
      const release = async () => {
        writeFileSync(end, '');
        await holding;
        rmSync(end, { force: true });
      };
      t.after(release);
      await Promise.race([held.promise, holding]);
      return release;
    };

    for (const [what, move] of [
      [
        'PowerShell 7',
        (probe: WineProbe, from: string, to: string) => probe.shipped('Move-FileOver', from, to),
      ],
      [
        'Windows PowerShell',
        (probe: WineProbe, from: string, to: string) => probe.moveAsWindowsPowerShell(from, to),
      ],
    ] as const) {
      test(`the rename of ${what} replaces one name of a file and leaves the other`, async (t) => {
        const { old, fresh, link } = folder(t);
        assert.equal((await wine.probe.file(old.there)).linkType, 'HardLink');
        assert.deepEqual(await move(wine.probe, fresh.there, old.there), { value: null });
        assert.deepEqual([readFileSync(old.here, 'utf8'), readFileSync(link.here, 'utf8')], ['new', 'old']);
        assert.equal(existsSync(fresh.here), false);
        assert.equal((await wine.probe.file(old.there)).linkType, '');
      });

      for (const share of ['None', 'Read', 'ReadWrite, Delete']) {
        test(`the rename of ${what} is refused while the file is open with share mode ${share}`, async (t) => {
          const { old, fresh } = folder(t);
          const release = await hold(t, old.there, share);
          const refused = await move(wine.probe, fresh.there, old.there);
          assert.equal('error' in refused && refused.error.type, 'UnauthorizedAccessException');
          assert.deepEqual(
            [readFileSync(old.here, 'utf8'), readFileSync(fresh.here, 'utf8')],
            ['old', 'new'],
          );
          await release();
          assert.deepEqual(await move(wine.probe, fresh.there, old.there), { value: null });
          assert.equal(readFileSync(old.here, 'utf8'), 'new');
        });
      }
    }

    test('Windows PowerShell’s rename carries a whole change', async () => {
      const { before, after: planned, request } = raising(bench.webConfig());
      const session = wine.other;
      await session.call('Use-WindowsPowerShellMove', {});
      const hashes = { Sha256Before: request.sha256Before, Sha256After: request.sha256After };
      const change = { ChangeId: request.changeId, NotAfter: request.notAfter };
      const written = await session.call(functionNames.apply, {
        ...change,
        ...hashes,
        MaxInstalledPrerequisites: 800,
      });
      assert.deepEqual(written, {
        ...Object(written),
        outcome: 'written',
        sha256: request.sha256After,
        leftDifferent: [],
      });
      assert.deepEqual(bench.webConfig(), planned);
      const restored = await session.call(functionNames.restore, {
        ...change,
        Backup: `Web.config.${request.changeId}.bak`,
        Sha256Before: request.sha256After,
        Sha256After: request.sha256Before,
      });
      assert.equal(Object(restored).outcome, 'restored');
      assert.deepEqual(bench.webConfig(), before);
    });

    for (const [share, reason] of [
      ['None', 'file-not-readable'],
      ['Read', 'file-not-writable'],
      ['ReadWrite, Delete', 'file-not-writable'],
    ] as const) {
      test(`a Web.config that is open with share mode ${share} is ${reason}, with everything as it was`, async (t) => {
        const { server, wsus } = bench;
        const before = await wsus.report({ brief: true });
        const release = await hold(t, webConfig(), share);
        const { request } = raising(bench.webConfig());
        const refused = await wsus.apply(request);
        assert.equal(refused.outcome === 'refused' && refused.reason, reason, JSON.stringify(refused));
        await release();
        assert.deepEqual(readdirSync(dirname(server.webConfig)), ['Web.config']);
        const after = await wsus.report({ brief: true });
        assert.deepEqual([after.file, after.activity], [before.file, before.activity]);
        const again = await raised(t, bench);
        assert.equal((await again.takeBack()).outcome, 'restored');
      });
    }

    test('a lock that another program holds is busy', async (t) => {
      const made = await raised(t, bench);
      const lock = wine.path('C:\\ProgramData\\WsusBot\\acting.lock');
      const release = await hold(t, lock, 'None');
      const refused = await made.takeBack();
      assert.equal(refused.outcome === 'refused' && refused.reason, 'busy', JSON.stringify(refused));
      await release();
      assert.equal((await made.takeBack()).outcome, 'restored');
    });

    test('a file that may not be written keeps that through a change and its way back', async (t) => {
      const { probe } = wine;
      const protect = (attributes: string) => probe.shipped('Set-FileAttributes', webConfig(), attributes);
      assert.deepEqual(await protect('ReadOnly, Archive'), { value: null });
      t.after(() => protect('Archive'));
      const { takeBack, after: planned } = await raised(t, bench);
      assert.deepEqual(bench.webConfig(), planned);
      assert.equal((await probe.file(webConfig())).attributes, 'ReadOnly, Archive');
      assert.equal((await takeBack()).outcome, 'restored');
      assert.equal((await probe.file(webConfig())).attributes, 'ReadOnly, Archive');
    });

    for (const [ends, replaced] of [
      ['LF', '\n'],
      ['CR and LF by turns', undefined],
    ] as const) {
      test(`line ends stay as they are: ${ends}`, async (t) => {
        const original = bench.webConfig();
        t.after(() => writeFileSync(bench.server.webConfig, original));
        let line = 0;
        const text = original
          .toString()
          .replaceAll('\r\n', () => replaced ?? ['\n', '\r', '\r\n'][line++ % 3] ?? '\n');
        writeFileSync(bench.server.webConfig, text);
        const { takeBack, after: planned } = await raised(t, bench);
        assert.deepEqual(bench.webConfig(), planned);
        assert.equal((await takeBack()).outcome, 'restored');
        assert.equal(bench.webConfig().toString(), text);
      });
    }
  });
}
