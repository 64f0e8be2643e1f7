import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { type TestContext, test } from 'node:test';
import { exitCodes } from '../../../bot/cli/exit-codes.ts';
import { interruptible } from '../../../bot/cli/interruptible.ts';
import { functionNames } from '../../../remote/contract.ts';
import type { Misbehaviour } from '../../../remote/practice/misbehaviour.ts';
import { practiceServers } from '../../../remote/practice/practice-servers.ts';
import { startPracticeServers } from '../../../remote/practice/start-practice-servers.ts';
import { watchMessages } from '../../kit/watch-messages.ts';
import { folderWith } from '../config-folder.ts';
import { practiceConfig } from './practice-config.ts';
import { startCli } from './run-cli.ts';

const endless: Misbehaviour = { host: 'slow-step', step: 'read', milliseconds: 600_000 };

/** `wsus-bot` in a process of its own, and practice servers for it. */
const start = async (t: TestContext, args: readonly string[], names = ['wsus01']) => {
  const watch = watchMessages();
  const practice = await startPracticeServers({
    specs: practiceServers.filter(({ name }) => names.includes(name)),
    onMessage: watch.onMessage,
  });
  t.after(() => practice.close());
  const misbehave = (...misbehaviours: Misbehaviour[]) => {
    for (const server of practice.servers) server.misbehave(misbehaviours);
  };
  misbehave(endless);
  const { yaml, env } = practiceConfig(practice);
  const { child, result } = startCli(args, { cwd: folderWith(t, { 'wsus-bot.yaml': yaml }), env });
  return { practice, watch, misbehave, interrupt: () => child.kill('SIGINT'), result };
};

test('Ctrl-C while a server is checked stops the report there, deletes the shell and ends with 130', async (t) => {
  const { watch, interrupt, result } = await start(t, ['check', 'wsus01']);
  await watch.until('Receive', functionNames.report);
  interrupt();
  const { code, stdout, stderr } = await result;
  assert.deepEqual(
    [code, stdout, stderr],
    [exitCodes.interrupted, '', '! Reading wsus01 was stopped. Nothing was changed.\n'],
  );
  assert.equal(watch.count('Signal', functionNames.report), 1);
  assert.deepEqual([watch.count('Create'), watch.count('Delete')], [1, 1]);
});

test('with --json it is one document, also when it is stopped', async (t) => {
  const { watch, interrupt, result } = await start(t, ['check', 'wsus01', '--json']);
  await watch.until('Receive', functionNames.report);
  interrupt();
  const { code, stdout, stderr } = await result;
  assert.deepEqual([code, stderr], [exitCodes.interrupted, '']);
  assert.equal(JSON.parse(stdout).error.code, 'remote.stopped');
});

test('Ctrl-C while doctor reads stops every report and leaves no shell', async (t) => {
  const { practice, watch, interrupt, result } = await start(t, ['doctor'], ['wsus01', 'wsus03']);
  await watch.until('Receive', functionNames.report, 2);
  // The first to let go does not end the program for the other.
  practice.server('wsus03').misbehave([{ on: 'Signal', misdeed: { kind: 'delay', milliseconds: 300 } }]);
  interrupt();
  const { code, stdout, stderr } = await result;
  assert.deepEqual(
    [code, stderr],
    [exitCodes.interrupted, '! Reading 2 servers was stopped. Nothing was changed.\n'],
  );
  assert.doesNotMatch(stdout, /^wsus0/m, 'what was not found out is not shown');
  assert.equal(watch.count('Signal', functionNames.report), 2);
  assert.deepEqual([watch.count('Create'), watch.count('Delete')], [2, 2]);
});

test('Ctrl-C in the deep part of doctor stops the report there, tries nothing more and leaves no shell', async (t) => {
  const { watch, misbehave, interrupt, result } = await start(t, ['doctor', 'wsus01', '--deep']);
  misbehave();
  await watch.until('Create', undefined, 2);
  misbehave(endless);
  await watch.until('Receive', functionNames.report, 2);
  interrupt();
  const { code, stderr } = await result;
  assert.deepEqual(
    [code, stderr],
    [exitCodes.interrupted, '! Reading wsus01 was stopped. Nothing was changed.\n'],
  );
  assert.equal(watch.count('Command', functionNames.report), 2);
  assert.deepEqual([watch.count('Create'), watch.count('Delete')], [2, 2]);
});

test('a second Ctrl-C ends at once, whatever the server does', async (t) => {
  const { watch, misbehave, interrupt, result } = await start(t, ['check', 'wsus01']);
  await watch.until('Receive', functionNames.report);
  misbehave(endless, { on: 'Signal', misdeed: { kind: 'no-answer' } });
  interrupt();
  await watch.until('Signal', functionNames.report);
  interrupt();
  const { signal, stderr } = await result;
  assert.deepEqual([signal, stderr], ['SIGINT', '']);
});

test('a server that does not let go keeps nobody waiting', async () => {
  const interrupts = new EventEmitter();
  const waiting = interruptible('reading wsus01', () => new Promise<never>(() => undefined), 1, interrupts);
  interrupts.emit('SIGINT');
  await assert.rejects(waiting, { code: 'remote.stopped' });
  assert.equal(interrupts.listenerCount('SIGINT'), 0);
});
