import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { connectWsusServer } from '../../../../remote/connect-wsus-server.ts';
import { practiceServers } from '../../../../remote/practice/practice-servers.ts';
import type { RemoteError } from '../../../../remote/remote-error.ts';
import type { Bench } from './bench.ts';
import type { EngineUnderTest } from './engine-under-test.ts';
import { expectedReport } from './expected-report.ts';

const refusing = { unreachable: 'remote.port-closed', 'wrong-password': 'remote.sign-in-refused' } as const;

/** The report of each state, part by part, and of what cannot be read. */
export function reportTests(engine: EngineUnderTest, benches: readonly Bench[], bench: Bench): void {
  for (const each of benches) {
    test(`a server that is ${each.state} reports every part as it is`, () => assertReport(each));
  }

  for (const [state, code] of Object.entries(refusing)) {
    test(`a server that is ${state} cannot be reported on`, async (t) => {
      const practice = await engine.start({ specs: practiceServers.filter((spec) => spec.state === state) });
      t.after(() => practice.close());
      const [server] = practice.servers;
      assert.ok(server !== undefined);
      const wsus = connectWsusServer(server.target);
      t.after(() => wsus.close());
      await assert.rejects(wsus.report(), (error: RemoteError) => error.code === code);
    });
  }

  describe('a report', () => {
    test('leaves counters and updates out of a brief report', async () => {
      const { counters, updates, file } = await bench.wsus.report({ brief: true });
      const notAsked = { ok: false, code: 'not-asked', reason: 'a brief report leaves this out' };
      assert.deepEqual([counters, updates], [notAsked, notAsked]);
      assert.equal(file.ok, true);
    });

    test('tells lines of the log as they are', async () => {
      const line =
        '2026-11-25 02:13:00.000 UTC\tError\tw3wp.1\tX.Y\tThrowException: actor = [a](https://evil) **b** "q" \\ Übung 検証 🚀 _x000A_ \u0007, ID=1, ErrorCode=InternalServerError, Message=';
      appendFileSync(bench.server.folder.log, `${line}\r\n`);
      const { log } = await bench.wsus.report();
      assert.equal(log.ok && log.lines.at(-1)?.text, line);
    });

    test('tells what it cannot read, and the rest', async (t) => {
      const log = readFileSync(bench.server.folder.log);
      rmSync(bench.server.folder.log);
      t.after(() => writeFileSync(bench.server.folder.log, log));
      bench.misbehave(t, { host: 'file-read-denied' });
      const report = await bench.wsus.report();
      assert.equal(!report.file.ok && report.file.code, 'access-denied');
      assert.equal(!report.log.ok && report.log.code, 'not-found');
      assert.equal(report.pool.ok && report.health.ok && report.activity.ok, true);
    });

    test('says when Web.config is no XML: the service answers 500 in HTML', async (t) => {
      const config = bench.webConfig();
      writeFileSync(bench.server.webConfig, '<configuration><appSettings>');
      t.after(() => writeFileSync(bench.server.webConfig, config));
      const { health, file } = await bench.wsus.report();
      assert.deepEqual(
        [health.ok && health.getConfigStatus, health.ok && health.getConfigIsSoap],
        [500, false],
      );
      assert.equal(file.ok && file.size, statSync(bench.server.webConfig).size);
    });

    test('says when Web.config is gone', async (t) => {
      const { webConfig, folder } = bench.server;
      const elsewhere = join(folder.root, 'Web.config');
      renameSync(webConfig, elsewhere);
      t.after(() => renameSync(elsewhere, webConfig));
      assert.equal((await bench.wsus.report()).file.ok, false);
    });
  });
}

async function assertReport({ wsus, server, engine, madeBetween: [begun, made] }: Bench): Promise<void> {
  const asked = Date.now();
  const report = await wsus.report();
  assert.deepEqual(report, expectedReport(server, engine.differences, report));
  assert.ok(Date.parse(report.readAt) >= asked && Date.parse(report.readAt) <= Date.now());
  assert.match(report.computer.ok ? report.computer.powerShell : '', engine.differences.powerShell);
  if (report.health.ok) assert.ok(report.health.getConfigMilliseconds >= 0);
  const spec = practiceServers.find(({ name }) => name === server.name);
  if (!report.pool.ok || report.pool.worker === null || spec === undefined) return;
  const bornAt = Date.parse(report.pool.worker.startedAt) + spec.workerAgeMinutes * 60_000;
  // File systems and engines count in whole milliseconds and less.
  assert.ok(bornAt >= begun - 1 && bornAt <= made + 1, `the worker is ${spec.workerAgeMinutes} minutes old`);
}
