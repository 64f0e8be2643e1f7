import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { functionNames } from '../../../remote/contract.ts';
import { practiceServers } from '../../../remote/practice/practice-servers.ts';
import { startPracticeServers } from '../../../remote/practice/start-practice-servers.ts';
import { openShell } from './front/practice.ts';
import { RawWinrmClient, received } from './front/raw-winrm-client.ts';
import { pipelineId } from './pool-messages.ts';

test('seven servers are started, one for each state', async (t) => {
  const practice = await startPracticeServers();
  t.after(() => practice.close());
  assert.deepEqual(
    practice.servers.map(({ name, kind }) => [name, kind]),
    practiceServers.map(({ name, state }) => [name, state]),
  );
  assert.equal(new Set(practice.servers.map(({ target }) => target.account.password)).size, 7);
});

test('closing stops them and removes their folders', async () => {
  const practice = await startPracticeServers();
  const [first] = practice.servers;
  assert.ok(first !== undefined);
  assert.ok(existsSync(first.webConfig));
  await practice.close();
  assert.ok(practice.servers.every(({ folder }) => !existsSync(folder.root)));
  assert.equal(await connects(first.target.port), false);
});

test('nobody listens where wsus05 is said to be', async (t) => {
  const practice = await startPracticeServers();
  t.after(() => practice.close());
  assert.equal(await connects(practice.server('wsus05').target.port), false);
  assert.equal(await connects(practice.server('wsus01').target.port), true);
});

test('the counts of each server can be read over HTTP', async (t) => {
  const practice = await startPracticeServers();
  t.after(() => practice.close());
  const [wsus01, wsus03] = [practice.server('wsus01'), practice.server('wsus03')];
  const client = await openShell(t, wsus01);
  const NotAfter = new Date(Date.now() + 60_000).toISOString();
  await client.command(functionNames.restart, { ChangeId: randomUUID(), NotAfter, Activation: 'IISReset' });
  assert.equal(received(await client.receive(pipelineId)).done, true);
  const read = async (url: string) => (await fetch(url)).json();
  assert.deepEqual(await read(wsus01.statsUrl), { restarts: 1, writes: 0 });
  assert.deepEqual(await read(wsus03.statsUrl), { restarts: 0, writes: 0 });
  assert.equal((await fetch(`${wsus01.statsUrl}9`)).status, 404);
});

test('a name that was not started is told', async (t) => {
  const practice = await startPracticeServers({ specs: [] });
  t.after(() => practice.close());
  assert.throws(() => practice.server('wsus01'), /wsus01/);
});

test('servers in a process of their own print one line and end on SIGTERM without leaving a folder', async (t) => {
  const program = new URL('../../../remote/practice/main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, '--state', 'limit-too-low'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const [server] = JSON.parse(line).servers;
  assert.deepEqual(
    [server.name, server.state, existsSync(server.webConfig)],
    ['wsus01', 'limit too low', true],
  );
  const client = new RawWinrmClient(t, server.target);
  assert.equal((await client.signIn()).status, 200);
  child.kill('SIGTERM');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
  assert.equal(existsSync(server.webConfig), false);
});

test('an unknown state is answered with the usage', async () => {
  const program = new URL('../../../remote/practice/main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, '--state', 'purple'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines = createInterface(child.stderr);
  const printed: string[] = [];
  lines.on('line', (line) => printed.push(line));
  assert.deepEqual(await once(child, 'close'), [2, null]);
  assert.match(printed.join('\n'), /no state purple\nusage: .*limit-too-low/s);
});

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
