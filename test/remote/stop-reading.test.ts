import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectWsusServer } from '../../remote/connect-wsus-server.ts';
import { functionNames } from '../../remote/contract.ts';
import { failure } from './failure.ts';
import { practiceServer } from './practice/front/practice.ts';

test('a report that nobody wants any more is stopped at the server while a Receive waits, over a second connection', async (t) => {
  const server = await practiceServer(t);
  const stop = new AbortController();
  let untilAbort = Number.POSITIVE_INFINITY;
  const wsus = connectWsusServer(server.target, {
    onRequest: () => {
      untilAbort -= 1;
      if (untilAbort === 0) stop.abort();
    },
  });
  t.after(() => wsus.close());
  await wsus.report();
  server.misbehave([
    { host: 'slow-step', step: 'read', milliseconds: 5_000, functionName: functionNames.report },
  ]);
  // Command, then the Receive that has to wait.
  untilAbort = 2;
  assert.equal((await failure(wsus.report({ signal: stop.signal }))).code, 'remote.stopped');
  server.misbehave([]);
  assert.ok((await wsus.report()).file.ok, 'the next report is answered');
});

const endless = { host: 'slow-step', step: 'read', milliseconds: 600_000 } as const;

test('a stopped report leaves its session open: the next one neither signs in nor opens a shell', async (t) => {
  const server = await practiceServer(t, 'limit-too-low', { shellsPerUser: 1 });
  const stop = new AbortController();
  let requests = 0;
  let abortAt = 0;
  const wsus = connectWsusServer(server.target, {
    onRequest: () => {
      requests += 1;
      if (requests === abortAt) stop.abort();
    },
  });
  t.after(() => wsus.close());
  await wsus.report();
  server.misbehave([endless]);
  requests = 0;
  // Command, then the Receive that has to wait.
  abortAt = 2;
  assert.equal((await failure(wsus.report({ signal: stop.signal }))).code, 'remote.stopped');
  server.misbehave([]);
  await wsus.report();
  // Command and Receive; the sign-in of the second connection and its Signal; Command and Receive.
  assert.equal(requests, 2 + 2 + 1 + 2);
});

test('a report that waits for the one before is given up at once, and is not sent', async (t) => {
  const server = await practiceServer(t);
  const [first, second] = [new AbortController(), new AbortController()];
  const begun = Promise.withResolvers<void>();
  let requests = 0;
  let receive = 0;
  const wsus = connectWsusServer(server.target, {
    onRequest: () => {
      requests += 1;
      if (requests === receive) begun.resolve();
    },
  });
  t.after(() => wsus.close());
  await wsus.report();
  server.misbehave([endless]);
  requests = 0;
  receive = 2;
  const reading = failure(wsus.report({ signal: first.signal }));
  const waiting = failure(wsus.report({ signal: second.signal }));
  await begun.promise;
  second.abort();
  const { code, outcome } = await waiting;
  assert.deepEqual([code, outcome, requests], ['remote.stopped', 'not-sent', 2]);
  first.abort();
  assert.equal((await reading).code, 'remote.stopped');
});

test('a report whose server does not even let it sign in is given up at once', async (t) => {
  const server = await practiceServer(t);
  const stop = new AbortController();
  const wsus = connectWsusServer(server.target, { onRequest: () => stop.abort(), answerMargin: 0 });
  server.misbehave([{ on: 'handshake', misdeed: { kind: 'no-answer' } }]);
  assert.equal((await failure(wsus.report({ signal: stop.signal }))).code, 'remote.stopped');
  server.dropConnections();
  await wsus.close();
});

test('a report that was stopped before its turn is not sent', async (t) => {
  const server = await practiceServer(t);
  let requests = 0;
  const wsus = connectWsusServer(server.target, { onRequest: () => requests++ });
  t.after(() => wsus.close());
  await wsus.report();
  requests = 0;
  const error = await failure(wsus.report({ signal: AbortSignal.abort() }));
  assert.deepEqual([error.code, error.outcome, requests], ['remote.stopped', 'not-sent', 0]);
});

test('a shell that a lost report left behind is deleted by the next connection: no quota is used up', async (t) => {
  const server = await practiceServer(t, 'limit-too-low', { shellsPerUser: 2 });
  const wsus = connectWsusServer(server.target);
  t.after(() => wsus.close());
  server.misbehave([{ on: 'Receive', misdeed: { kind: 'fault', code: 4711 } }]);
  for (let time = 0; time < 5; time++) {
    const error = await failure(wsus.report());
    assert.equal(error.code, 'remote.fault', `time ${time}`);
  }
  server.misbehave([]);
  assert.ok((await wsus.report()).file.ok);
});

test('a shell whose Create was answered to nobody is deleted by the next connection, too', async (t) => {
  const server = await practiceServer(t, 'limit-too-low', { shellsPerUser: 2 });
  const wsus = connectWsusServer(server.target);
  t.after(() => wsus.close());
  server.misbehave([{ on: 'Create', misdeed: { kind: 'drop-after-executing' } }]);
  for (let time = 0; time < 5; time++) {
    const error = await failure(wsus.report());
    assert.deepEqual([error.code, error.outcome], ['remote.connection-lost', 'not-sent'], `time ${time}`);
  }
  server.misbehave([]);
  assert.ok((await wsus.report()).file.ok);
  assert.equal(server.shells().open, 1);
});

test('a session that could not be closed is closed by the next connection', async (t) => {
  const server = await practiceServer(t);
  const wsus = connectWsusServer(server.target);
  await wsus.report();
  server.misbehave([{ on: 'Delete', nth: 1, misdeed: { kind: 'drop-before-executing' } }]);
  await wsus.close();
  assert.equal(server.shells().open, 1);
  await wsus.report();
  assert.equal(server.shells().open, 1);
  await wsus.close();
  assert.equal(server.shells().open, 0);
});
