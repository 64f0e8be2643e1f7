import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectWsusServer } from '../../remote/connect-wsus-server.ts';
import { practiceServers } from '../../remote/practice/practice-servers.ts';
import { startPracticeServers } from '../../remote/practice/start-practice-servers.ts';
import { RestingSessions } from '../../remote/resting-sessions.ts';

/** Three sessions that write down when they are closed. */
function three(most: number) {
  const closed: string[] = [];
  const closing = (name: string) => () => void closed.push(name);
  return { resting: new RestingSessions(most), closed, a: closing('a'), b: closing('b'), c: closing('c') };
}

test('the one that has rested longest is closed for one more', () => {
  const { resting, closed, a, b, c } = three(2);
  resting.add(a);
  resting.add(b);
  assert.deepEqual(closed, []);
  resting.add(c);
  assert.deepEqual(closed, ['a']);
});

test('one that works again counts as rested from its end on', () => {
  const { resting, closed, a, b, c } = three(2);
  resting.add(a);
  resting.add(b);
  resting.remove(a);
  resting.add(a);
  resting.add(c);
  assert.deepEqual(closed, ['b']);
});

test('a server whose session gave way is read again, in a new one', async (t) => {
  const practice = await startPracticeServers({ specs: practiceServers.slice(0, 2) });
  t.after(() => practice.close());
  const resting = new RestingSessions(1);
  const requests = new Map<string, number>();
  const [first, second] = practice.servers.map(({ name, target }) => {
    const onRequest = () => requests.set(name, (requests.get(name) ?? 0) + 1);
    const wsus = connectWsusServer(target, { resting, onRequest });
    t.after(() => wsus.close());
    return { name, wsus, requests: () => requests.get(name) ?? 0 };
  });
  assert.ok(first && second);
  await first.wsus.report();
  const cold = first.requests();
  await second.wsus.report();
  await first.wsus.report();
  // Its shell was deleted in between, and another one opened.
  assert.equal(first.requests(), 2 * cold + 1);
});
