import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { StdioTransport } from '../../../remote/local/stdio-transport.ts';
import { emptyGuid } from '../../../remote/psrp/guid.ts';
import type { RemoteError } from '../../../remote/remote-error.ts';
import { failure } from '../failure.ts';

const pipeline = '11111111-2222-4333-8444-555555555555';
const call = { doing: 'reading wsus01', deadline: 600_000 };
const creation = Buffer.from('pool');

const acknowledge = readFileSync(new URL('acknowledge.sh', import.meta.url), 'utf8');
const says = (id: string, text: string) =>
  `echo "<Data Stream='Default' PSGuid='${id}'>${Buffer.from(text).toString('base64')}</Data>"`;

const started: StdioTransport[] = [];
after(() => {
  for (const transport of started) transport.destroy();
});

/** A transport over a shell script that plays the process. */
function over(script: readonly string[], file = '/bin/sh'): StdioTransport {
  const transport = new StdioTransport({
    command: {
      file,
      args: ['-c', [acknowledge, ...script].join('\n')],
      env: { PATH: process.env.PATH ?? '' },
    },
    now: () => 0,
    operationTimeout: 600_000,
  });
  started.push(transport);
  return transport;
}

const facts = ({ code, detail, outcome }: RemoteError) => [code, detail, outcome];

test('fragments go there and come back', async () => {
  const transport = over(['ack', says(emptyGuid, 'opened'), 'ack; ack', says(pipeline, 'answer'), 'read l']);
  await transport.open(emptyGuid, creation, call);
  assert.deepEqual(await transport.receive(undefined, call), { data: [Buffer.from('opened')], done: false });
  await transport.command(pipeline, Buffer.from('x'), call);
  assert.deepEqual(await transport.receive(pipeline, call), { data: [Buffer.from('answer')], done: false });
});

for (const [what, script, detail, words] of [
  ['a process that ends', ['echo no disk >&2; exit 3'], 'exit code 3', 'no disk'],
  ['one that is killed', ['kill -9 $$'], 'SIGKILL', undefined],
  [
    'one that says something else',
    ['echo Welcome; read l; read l'],
    'it wrote something that is not PSRP',
    undefined,
  ],
  [
    'one that never ends its line',
    ["head -c 5000000 /dev/zero | tr '\\0' 'x'; read l; read l"],
    'a line that has no end',
    undefined,
  ],
] as const) {
  test(`${what} before the pool is there: nothing ran`, async () => {
    const error = await failure(over(script).open(emptyGuid, creation, call));
    assert.deepEqual(facts(error), ['remote.local-powershell', detail, 'not-sent']);
    assert.equal(error.serverText, words);
  });
}

test('a program that is not there is named as the cause', async () => {
  const error = await failure(over([], '/nowhere/powershell.exe').open(emptyGuid, creation, call));
  assert.deepEqual(facts(error), ['remote.local-powershell', 'there is no such program', 'not-sent']);
});

test('a process that ends before a command had its data surely ran nothing', async () => {
  const transport = over(['ack', 'read l']);
  await transport.open(emptyGuid, creation, call);
  const error = await failure(transport.command(pipeline, Buffer.from('x'), call));
  assert.deepEqual(facts(error), [
    'remote.connection-lost',
    'the PowerShell on this machine ended: exit code 0',
    'not-sent',
  ]);
});

test('one that ends when it was given the data may have run it', async () => {
  const transport = over(['ack', 'ack', 'read l']);
  await transport.open(emptyGuid, creation, call);
  const error = await failure(transport.command(pipeline, Buffer.from('x'), call));
  assert.equal(error.outcome, 'unknown');
});

test('after the end nothing is sent any more', async () => {
  const transport = over(['ack']);
  await transport.open(emptyGuid, creation, call);
  await failure(transport.receive(undefined, call));
  assert.equal((await failure(transport.command(pipeline, Buffer.from('x'), call))).outcome, 'not-sent');
});

test('no acknowledgement in time: nothing ran without the data, and with it nobody knows', async () => {
  const soon = { ...call, deadline: 50 };
  const silent = over(['ack', 'read l; read l; read l']);
  await silent.open(emptyGuid, creation, call);
  assert.deepEqual(facts(await failure(silent.command(pipeline, Buffer.from('x'), soon))), [
    'remote.timed-out',
    undefined,
    'not-sent',
  ]);
  const slow = over(['ack; ack; ack', 'read l; read l']);
  await slow.open(emptyGuid, creation, call);
  await slow.command(pipeline, Buffer.from('x'), call);
  assert.deepEqual(facts(await failure(slow.send(pipeline, Buffer.from('y'), soon))), [
    'remote.timed-out',
    undefined,
    'unknown',
  ]);
});

test('a call whose time is over sends nothing', async () => {
  const transport = over(['ack', 'read l']);
  await transport.open(emptyGuid, creation, call);
  const late = { ...call, deadline: 0 };
  assert.deepEqual(facts(await failure(transport.command(pipeline, Buffer.from('x'), late))), [
    'remote.timed-out',
    undefined,
    'not-sent',
  ]);
});

test('a Receive that has nothing to bring ends with nothing', async () => {
  const transport = over(['ack', 'read l']);
  await transport.open(emptyGuid, creation, call);
  assert.deepEqual(await transport.receive(undefined, { ...call, operationTimeout: 20 }), {
    data: [],
    done: false,
  });
});

test('what came before the end still counts', async () => {
  const transport = over(['ack; ack; ack', says(pipeline, 'last words')]);
  await transport.open(emptyGuid, creation, call);
  await transport.command(pipeline, Buffer.from('x'), call);
  await failure(transport.receive(undefined, call));
  assert.deepEqual((await transport.receive(pipeline, call)).data, [Buffer.from('last words')]);
  assert.equal((await failure(transport.receive(pipeline, call))).outcome, 'unknown');
});

test('a stop goes out while a Receive waits', async () => {
  const transport = over(['ack; ack; ack; ack', says(pipeline, 'stopped'), 'read l']);
  await transport.open(emptyGuid, creation, call);
  await transport.command(pipeline, Buffer.from('x'), call);
  const received = transport.receive(pipeline, call);
  await transport.stop(pipeline, call);
  assert.deepEqual((await received).data, [Buffer.from('stopped')]);
});

test('the end of the transport ends what the process has started, too', {
  skip: !existsSync('/proc/self') && 'this system has no /proc',
}, async () => {
  const transport = over(['ack', 'sleep 600 & wait']);
  await transport.open(emptyGuid, creation, call);
  transport.destroy();
  // Both hold the pipes: their end is seen only when both have gone.
  assert.match((await failure(transport.receive(undefined, call))).detail ?? '', /SIGKILL/);
});
