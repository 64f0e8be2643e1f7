import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { describe, type TestContext, test } from 'node:test';
import { startHttp } from '../../../bot/http.ts';
import { createTeamsBot } from '../../../bot/teams/teams-bot.ts';
import { own } from '../../../cards/own-text.ts';
import { startFakeConnector } from '../../kit/fake-connector.ts';
import { openChats, sendingHere } from '../../kit/sending-here.ts';
import { sampleMessage, tenantId } from './sample-activity.ts';

const sentAt = Date.parse('2026-11-25T02:00:00Z');

/** Replicas that share a store, as far as it says who answers. */
const startReplicas = async (t: TestContext) => {
  const connector = await startFakeConnector();
  t.after(connector.close);
  const claimed = new Set<string>();
  let time = sentAt + 500;
  const replica = async (waitsUntilGone = false) => {
    const bot = createTeamsBot({
      trust: { tenantId, loopbackOnly: true },
      credentials: undefined,
      now: () => new Date(time),
      sending: sendingHere(),
      closedChats: openChats(),
      lateAnswers: { claim: async (activity) => claimed.size < claimed.add(activity).size },
      onTrouble: (_doing, error) => assert.fail(String(error)),
    });
    const process: typeof bot.process = async (request, response, answers, gone) => {
      if (waitsUntilGone && gone?.aborted === false) await once(gone, 'abort');
      await bot.process(request, response, answers, gone);
    };
    const answer = async () => ({ message: own`hello` });
    const { port, close } = await startHttp({ bot: { process }, answer }, async () => true, {
      host: '127.0.0.1',
      port: 0,
    });
    t.after(async () => {
      await close();
      await bot.drain();
    });
    const request = (fields: Record<string, unknown>) => {
      const sent = http.request(`http://127.0.0.1:${port}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
      });
      sent.end(JSON.stringify({ ...sampleMessage(), serviceUrl: connector.serviceUrl, ...fields }));
      return sent;
    };
    return {
      deliver: async (fields: Record<string, unknown> = {}): Promise<number | undefined> => {
        const [response] = await once(request(fields), 'response');
        response.resume();
        return response.statusCode;
      },
      /** Nobody is there any more when the answer is ready. */
      deliverAndLeave: async (): Promise<void> => {
        const sent = request({});
        sent.on('error', () => undefined);
        await once(sent, 'finish');
        sent.destroy();
        await connector.until(() => true, 'the answer');
        await bot.drain();
      },
    };
  };
  return {
    connector,
    claimed,
    replica,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
  };
};

describe('a message that Teams delivers again to another replica', () => {
  test('is answered once when the first response got lost', async (t) => {
    const { connector, replica, pass } = await startReplicas(t);
    const [one, other] = [await replica(true), await replica()];
    await one.deliverAndLeave();
    pass(15_000);
    assert.equal(await other.deliver(), 200);
    assert.equal(connector.messages.length, 1);
  });

  test('is answered once when the first one stood still and goes on', async (t) => {
    const { connector, replica, pass } = await startReplicas(t);
    const [one, other] = [await replica(), await replica()];
    pass(15_000);
    assert.deepEqual([await other.deliver(), await one.deliver()], [200, 200]);
    assert.equal(connector.messages.length, 1);
  });

  test('is answered when the first one died with it', async (t) => {
    const { connector, replica, pass } = await startReplicas(t);
    const other = await replica();
    pass(15_000);
    await other.deliver();
    assert.equal(connector.messages.length, 1);
  });
});

describe('a person who writes the same twice is answered twice', () => {
  for (const [what, late] of [
    ['at once', 0],
    ['and is heard late both times', 20_000],
  ] as const) {
    test(what, async (t) => {
      const { connector, replica, pass } = await startReplicas(t);
      const [one, other] = [await replica(), await replica()];
      pass(late);
      await one.deliver({ id: '1', timestamp: '2026-11-25T02:00:00.000Z' });
      await other.deliver({ id: '2', timestamp: '2026-11-25T02:00:00.400Z' });
      assert.equal(connector.messages.length, 2);
    });
  }
});

test('a message that is fresh costs the store nothing', async (t) => {
  const { connector, claimed, replica } = await startReplicas(t);
  await (await replica()).deliver();
  assert.deepEqual([connector.messages.length, claimed.size], [1, 0]);
});

test('an edit is another activity than the message that it changes', async (t) => {
  const { connector, replica, pass } = await startReplicas(t);
  const one = await replica();
  pass(15_000);
  await one.deliver();
  const channelData = { tenant: { id: tenantId }, eventType: 'editMessage' };
  await one.deliver({ type: 'messageUpdate', timestamp: '2026-11-25T02:00:03.000Z', channelData });
  assert.equal(connector.messages.length, 2);
});

for (const [what, fields] of [
  ['a time that is none', { timestamp: 'yesterday' }],
  ['a time that is no text', { timestamp: { toString: 1 } }],
  ['no name', { id: undefined }],
] as const) {
  test(`a message with ${what} is answered`, async (t) => {
    const { connector, replica, pass } = await startReplicas(t);
    const one = await replica();
    pass(15_000);
    await one.deliver(fields);
    assert.equal(connector.messages.length, 1);
  });
}
