import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { connectWsusServer } from '../../../remote/connect-wsus-server.ts';
import type { RestartRequest } from '../../../remote/contract.ts';
import { tryEndpoint } from '../../../remote/endpoint-trial.ts';
import type { PowershellCommand } from '../../../remote/local/powershell-process.ts';
import { shippedModule } from '../../../remote/module-text.ts';
import { findPowershell, powershellMissing } from '../../../remote/practice/powershell/find-powershell.ts';
import { practiceServers } from '../../../remote/practice/practice-servers.ts';
import {
  type PracticeServers,
  startPracticeServers,
} from '../../../remote/practice/start-practice-servers.ts';
import type { ServerTarget, WsusServer } from '../../../remote/wsus-server.ts';
import { failure } from '../failure.ts';
import { LocalBench } from './local-bench.ts';

const powershell = findPowershell();
const deadline = 570_000;
const restart: RestartRequest = {
  changeId: '3d6f1c9e-51a5-4c43-9d8e-0c9b7b1f7a01',
  notAfter: '2999-01-01T00:00:00Z',
  activation: 'IISReset',
};

const holder = fileURLToPath(new URL('hold-local-powershell.ts', import.meta.url));

/** Processes that have this in their environment. */
function processesWith(mark: string): number[] {
  const pids = readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/environ`, 'latin1').includes(mark);
    } catch {
      return false;
    }
  });
  return pids.map(Number);
}

function killAllWith(mark: string): number {
  const pids = processesWith(mark);
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  return pids.length;
}

describe('a server that the PowerShell of this machine reaches', {
  skip: powershell === undefined && powershellMissing,
}, () => {
  let practice: PracticeServers;
  let bench: LocalBench;
  let wsus: WsusServer;
  const servers: WsusServer[] = [];
  const server = () => practice.server('wsus03');
  const connect = (target: ServerTarget, command: () => PowershellCommand = () => bench.command()) => {
    const connected = connectWsusServer(target, { localPowershell: command });
    servers.push(connected);
    return connected;
  };

  before(async () => {
    if (powershell === undefined) return;
    practice = await startPracticeServers({
      engine: 'powershell',
      specs: practiceServers.filter(({ state }) => state === 'healthy'),
    });
    bench = new LocalBench(powershell, [server()]);
    wsus = connect(bench.target(server()));
  });
  after(async () => {
    for (const one of servers) await one.close();
    await practice?.close();
    bench?.close();
  });

  test('is read through its endpoint, in one session that is kept', async () => {
    const before = bench.asked.length;
    const { module, computer } = await wsus.report({ deadline });
    assert.ok(module.ok && computer.ok);
    assert.deepEqual([module.sha256, computer.name], [shippedModule().sha256, 'WSUS03']);
    assert.equal((await wsus.report({ brief: true, deadline })).updates.ok, false);
    assert.deepEqual(bench.asked.slice(before), [
      {
        computerName: 'wsus03',
        port: 5985,
        configurationName: 'WsusBot',
        useSsl: false,
        authentication: 'Default',
        openTimeout: 10_000,
        idleTimeout: 180_000,
      },
    ]);
  });

  test('is told the steps of a restart while it runs, and how it ended', async () => {
    const steps: string[] = [];
    const before = server().stats().restarts;
    const result = await wsus.restart(restart, { deadline, onProgress: (step) => steps.push(step) });
    assert.equal(result.outcome, 'restarted');
    assert.deepEqual(steps, ['restart', 'wait']);
    assert.equal(server().stats().restarts, before + 1);
  });

  test('refuses values as its own endpoint does: the function did not run', async () => {
    const error = await failure(wsus.restart({ ...restart, changeId: "'; Remove-Item x" }, { deadline }));
    assert.deepEqual([error.code, error.outcome], ['remote.function-failed', 'refused']);
    assert.match(error.serverText ?? '', /ChangeId/);
  });

  test('takes no script and no other command there, and a stop ends what runs', async () => {
    const seen = await tryEndpoint(bench.target(server()), { localPowershell: () => bench.command() });
    assert.ok(seen.report.ok && seen.script?.ok && seen.unlisted?.ok && seen.stop.ok);
    assert.deepEqual([seen.script.isRefused, seen.script.errorId], [true, 'ScriptsNotAllowed']);
    assert.deepEqual([seen.unlisted.isRefused, seen.unlisted.errorId], [true, 'CommandNotFoundException']);
    assert.deepEqual([seen.stop.how, seen.stop.answersAfter], ['stopped', true]);
    assert.ok(seen.deletion.ok);
  });

  test('gets the module, where the endpoint is one of Windows’ own', async () => {
    const agentless = connect(bench.target(server(), 'Microsoft.PowerShell'));
    const { module } = await agentless.report({ brief: true, deadline });
    assert.ok(module.ok);
    assert.equal(module.sha256, shippedModule().sha256);
  });

  test('a session that was lost while idle is opened anew for a report', async () => {
    await wsus.report({ brief: true, deadline });
    assert.ok(killAllWith(`WSUS_BOT_PRACTICE=${server().folder.root}/`) > 0);
    await wsus.report({ brief: true, deadline });
  });

  test('the local PowerShell ends in the middle of a restart: nobody knows, and it is not sent again', async () => {
    const before = server().stats().restarts;
    const asked = bench.asked.length;
    const error = await failure(
      wsus.restart(restart, {
        deadline,
        onProgress: () => void killAllWith(`STAND_IN_LOG=${bench.log}`),
      }),
    );
    assert.deepEqual([error.code, error.outcome], ['remote.connection-lost', 'unknown']);
    assert.ok(server().stats().restarts <= before + 1);
    assert.equal(bench.asked.length, asked);
  });

  test('the session on the server ends in the middle of a restart: nobody knows', async () => {
    const error = await failure(
      wsus.restart(restart, {
        deadline,
        onProgress: () => void killAllWith(`WSUS_BOT_PRACTICE=${server().folder.root}/`),
      }),
    );
    assert.deepEqual([error.code, error.outcome], ['remote.connection-lost', 'unknown']);
  });

  test('what WinRM says is told apart by its number, in any language', async () => {
    const text = 'Zugriff verweigert';
    const target = { ...bench.target(server()), host: 'error-5' };
    const error = await failure(
      connect(target, () => bench.command({ STAND_IN_TEXT: text })).report({ deadline }),
    );
    assert.deepEqual([error.code, error.outcome], ['remote.access-denied', 'refused']);
    assert.match(error.serverText ?? '', /Zugriff verweigert$/);
  });

  test('the local PowerShell ends with the bot, however that ends', async () => {
    const mark = `HELD=${bench.log}`;
    const { env, ...command } = bench.bareCommand();
    const held = JSON.stringify({ ...command, env: { ...env, HELD: bench.log } });
    const bot = spawn(process.execPath, [holder, held], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(bot.stdout, 'data');
    assert.equal(processesWith(mark).length, 1);
    bot.kill('SIGKILL');
    while (processesWith(mark).length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  });

  test('a PowerShell without WinRM says so in its own words', async () => {
    const error = await failure(
      connect(bench.target(server()), () => bench.bareCommand()).report({ deadline }),
    );
    assert.deepEqual([error.code, error.outcome], ['remote.local-powershell', 'not-sent']);
    assert.match(error.serverText ?? '', /WSMan/);
  });
});
