import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { tryEndpoint } from '../../remote/endpoint-trial.ts';
import { shippedModule } from '../../remote/module-text.ts';
import { startWinrmFront } from '../../remote/practice/front/winrm-front.ts';
import { findPowershell, powershellMissing } from '../../remote/practice/powershell/find-powershell.ts';
import { powershellCommand } from '../../remote/practice/powershell/powershell-command.ts';
import { createPowershellEngine } from '../../remote/practice/powershell/powershell-engine.ts';
import { practiceServers } from '../../remote/practice/practice-servers.ts';
import { startPracticeServers } from '../../remote/practice/start-practice-servers.ts';
import { openSession } from '../../remote/remote-session.ts';
import { failure } from './failure.ts';

const powershell = findPowershell();
const account = { domain: 'PRACTICE', user: 'admin', password: randomBytes(12).toString('base64url') };

/** A session at a `Microsoft.PowerShell` that a real PowerShell with this configuration stands behind. */
async function sessionAt(t: TestContext, configuration: string) {
  if (powershell === undefined) return assert.fail(powershellMissing);
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-agentless-'));
  const file = join(folder, 'session.pssc');
  writeFileSync(
    file,
    `@{ SchemaVersion = '2.0.0.0'; GUID = '5f0fc7a9-4f8e-49b6-8a52-3c1f0f4f6a55'; ${configuration} }`,
  );
  const engine = createPowershellEngine(() => powershellCommand(powershell, file, folder));
  const front = await startWinrmFront({
    computer: 'WSUS01',
    endpoints: new Map([['microsoft.powershell', engine]]),
    accounts: [{ ...account, mayUseEndpoint: true, isAdministrator: true }],
    randomBytes,
    now: () => new Date(),
    wait: async () => {},
  });
  t.after(async () => {
    await front.close();
    await engine.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  const target = {
    name: 'wsus01',
    host: '127.0.0.1',
    port: front.port,
    endpoint: 'Microsoft.PowerShell',
    account,
  };
  const call = { doing: 'reading wsus01', deadline: Date.now() + 60_000 };
  return { call, session: openSession(target, {}, call) };
}

describe('a real PowerShell, agentless', {
  skip: powershell === undefined ? powershellMissing : false,
}, () => {
  test('has the functions of the module, and none of its private ones', async (t) => {
    const { call, session } = await sessionAt(t, "SessionType = 'Default'");
    const open = await session;
    const names = await open.invoke({
      ...call,
      name: 'Get-Command',
      parameters: { Module: 'WsusBot', CommandType: 'Function' },
    });
    assert.deepEqual(names.output.toSorted(), [
      'Get-WsusBotReport',
      'Restart-WsusBotService',
      'Restore-WsusBotBackup',
      'Set-WsusBotLimit',
    ]);
    await assert.rejects(open.invoke({ ...call, name: 'Get-ModuleSha256', parameters: {} }), {
      code: 'remote.function-failed',
      outcome: 'refused',
    });
    await open.close(call);
  });

  for (const [mode, configuration] of [
    ['ConstrainedLanguage', "SessionType = 'Default'; LanguageMode = 'ConstrainedLanguage'"],
    ['RestrictedLanguage', "SessionType = 'Default'; LanguageMode = 'RestrictedLanguage'"],
    ['NoLanguage', "SessionType = 'RestrictedRemoteServer'"],
  ] as const) {
    test(`in ${mode} it is the language mode that keeps the functions from running`, async (t) => {
      const { session } = await sessionAt(t, configuration);
      const error = await failure(session);
      assert.deepEqual([error.code, error.outcome], ['remote.language-mode', 'refused']);
    });
  }
});

describe('a trial of a real PowerShell', {
  skip: powershell === undefined ? powershellMissing : false,
}, () => {
  for (const endpoint of ['WsusBot', 'Microsoft.PowerShell'] as const) {
    test(`through ${endpoint} sees every part, the refusals and the stop`, async (t) => {
      const practice = await startPracticeServers({
        specs: practiceServers.filter(({ name }) => name === 'wsus01'),
        engine: 'powershell',
        endpoint,
      });
      t.after(() => practice.close());
      const server = practice.server('wsus01');
      const seen = await tryEndpoint(server.target);
      assert.ok(seen.report.ok && seen.opening.ok && seen.silence.ok && seen.stop.ok && seen.deletion.ok);
      const { module } = seen.report.report;
      assert.ok(module.ok && module.sha256 === shippedModule().sha256);
      assert.deepEqual(
        [seen.silence.isEmpty, seen.stop.how, seen.stop.answersAfter],
        [true, 'stopped', true],
      );
      const isAgentless = endpoint === 'Microsoft.PowerShell';
      assert.equal(seen.loading?.ok ?? false, isAgentless);
      assert.deepEqual(
        isAgentless ? [seen.script, seen.unlisted] : [seen.script?.ok, seen.unlisted?.ok],
        isAgentless ? [null, null] : [true, true],
      );
      if (seen.script?.ok) assert.equal(seen.script.errorId, 'ScriptsNotAllowed');
      if (seen.unlisted?.ok) assert.equal(seen.unlisted.errorId, 'CommandNotFoundException');
      assert.deepEqual(server.stats(), { restarts: 0, writes: 0 });
    });
  }
});
