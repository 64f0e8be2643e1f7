import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { tryEndpoint } from '../../remote/endpoint-trial.ts';
import { practiceServers } from '../../remote/practice/practice-servers.ts';
import { type PracticeServers, startPracticeServers } from '../../remote/practice/start-practice-servers.ts';
import type { Seen } from '../../remote/trial-seen.ts';

let practice: PracticeServers;
before(async () => {
  practice = await startPracticeServers({ specs: practiceServers.filter(({ name }) => name === 'wsus01') });
});
after(() => practice.close());

const seenOf = <T>(seen: Seen<T> | null): { ok: true } & T =>
  seen?.ok ? seen : assert.fail(seen === null ? 'not tried' : seen.error.message);

test('everything is tried, and nothing is changed', async () => {
  const server = practice.server('wsus01');
  const seen = await tryEndpoint(server.target);
  assert.deepEqual(
    {
      protocolVersion: seenOf(seen.opening).protocolVersion,
      receives: seenOf(seen.opening).receives,
      isEmpty: seenOf(seen.silence).isEmpty,
      readAt: seenOf(seen.report).report.readAt !== '',
      script: seenOf(seen.script),
      unlisted: seenOf(seen.unlisted),
      stop: seenOf(seen.stop),
      loading: seen.loading,
    },
    {
      protocolVersion: '2.3',
      receives: 1,
      isEmpty: true,
      readAt: true,
      script: { ok: true, isRefused: true, errorId: 'ScriptsNotAllowed' },
      unlisted: { ok: true, isRefused: true, errorId: 'CommandNotFoundException' },
      stop: { ok: true, how: 'stopped', answersAfter: true },
      loading: null,
    },
  );
  assert.ok(seenOf(seen.brief).ok && seenOf(seen.deletion).ok);
  assert.deepEqual(server.stats(), { restarts: 0, writes: 0 });
});

test('what breaks the session is the reason for all that comes after it', async () => {
  const { target } = practice.server('wsus01');
  const seen = await tryEndpoint({ ...target, endpoint: 'Elsewhere' });
  assert.ok(!seen.opening.ok && !seen.report.ok && !seen.stop.ok && !seen.deletion.ok);
  assert.equal(seen.opening.error.code, 'remote.endpoint-missing');
  assert.equal(seen.stop.error, seen.opening.error);
});
