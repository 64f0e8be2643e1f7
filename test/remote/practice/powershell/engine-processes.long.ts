import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { connectWsusServer } from '../../../../remote/connect-wsus-server.ts';
import { findPowershell, powershellMissing } from '../../../../remote/practice/powershell/find-powershell.ts';
import { practiceServers } from '../../../../remote/practice/practice-servers.ts';
import { startPracticeServers } from '../../../../remote/practice/start-practice-servers.ts';

const program = fileURLToPath(new URL('../../../../remote/practice/main.ts', import.meta.url));

/** Processes that have the folder of this practice server in their environment. */
function processesOf(root: string): number[] {
  const mark = `WSUS_BOT_PRACTICE=${root}/`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark);
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function untilNoneOf(root: string): Promise<void> {
  while (processesOf(root).length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
}

const skip =
  (findPowershell() === undefined && powershellMissing) ||
  (!existsSync('/proc/self/environ') && 'this system has no /proc');

describe('the processes of the engine', { skip }, () => {
  test('there is none before the first call, one for a session, and none after the end', async (t) => {
    const practice = await startPracticeServers({
      engine: 'powershell',
      specs: practiceServers.filter(({ name }) => name === 'wsus03'),
    });
    const { folder, target, killEngine } = practice.server('wsus03');
    assert.equal(processesOf(folder.root).length, 0);
    const wsus = connectWsusServer(target);
    t.after(() => wsus.close());
    await wsus.report({ brief: true });
    assert.equal(processesOf(folder.root).length, 1);
    await wsus.close();
    await untilNoneOf(folder.root);
    await wsus.report({ brief: true });
    killEngine();
    await untilNoneOf(folder.root);
    await wsus.report({ brief: true });
    assert.equal(processesOf(folder.root).length, 1);
    await practice.close();
    assert.equal(processesOf(folder.root).length, 0);
    assert.equal(existsSync(folder.root), false);
  });

  test('they end with the server when it is killed', async (t) => {
    const server = spawn(process.execPath, [program, '--state', 'healthy', '--engine', 'powershell'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    t.after(() => server.kill('SIGKILL'));
    const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
    const [{ target, log }] = JSON.parse(line).servers;
    const root = String(log).slice(0, String(log).indexOf('/Program Files/'));
    t.after(() => rmSync(root, { recursive: true, force: true }));
    const wsus = connectWsusServer(target);
    t.after(() => wsus.close());
    await wsus.report({ brief: true });
    assert.equal(processesOf(root).length, 1);
    server.kill('SIGKILL');
    await untilNoneOf(root);
  });
});
