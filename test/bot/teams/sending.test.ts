import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { SendError } from '../../../bot/sending/send-error.ts';
import type { Card } from '../../../cards/card.ts';
import { own } from '../../../cards/own-text.ts';
import { cardOf } from '../../cards/in-english.ts';
import { textOf } from '../../kit/card-reader.ts';
import type { Fault } from '../../kit/fake-connector.ts';
import { type SendingScene, startSending } from './sending-scene.ts';

const cardWith = (words: string, body: readonly unknown[] = [{ type: 'TextBlock', text: words }]): Card =>
  cardOf({ summary: words, json: { type: 'AdaptiveCard', version: '1.5', body } });
const codes = ({ troubles }: SendingScene) =>
  troubles.map((error) => (error instanceof SendError ? error.code : String(error)));
const summaries = ({ connector }: SendingScene) =>
  connector.messages.map(({ versions }) => versions.map(({ summary }) => String(summary)));
const hasCode = (code: string) => (error: unknown) => error instanceof SendError && error.code === code;

const broken: Fault = { status: 'broken' };
const brokenButTaken: Fault = { status: 'broken', taken: true };

describe('a new message', () => {
  for (const status of [412, 429, 502, 503, 504]) {
    test(`is there once after an answer ${status} and another try`, async (t) => {
      const scene = await startSending(t);
      scene.fail({ status }, { status });
      const { messageId } = await scene.chat.post(scene.where, cardWith('Proposal'));
      assert.equal(messageId, 'm1');
      assert.deepEqual(summaries(scene), [['Proposal']]);
      assert.equal(scene.connector.requests.length, 3);
    });
  }

  for (const fault of [
    { status: 500 },
    { status: 500, taken: true },
    { status: 408 },
    broken,
    brokenButTaken,
  ] satisfies Fault[]) {
    test(`is not posted a second time after ${JSON.stringify(fault)}`, async (t) => {
      const scene = await startSending(t);
      scene.fail(fault);
      await assert.rejects(scene.chat.post(scene.where, cardWith('Proposal')), hasCode('send.unsure'));
      assert.equal(scene.connector.requests.length, 1);
    });
  }

  test('is tried again when no connection came about, and at last that is said', async (t) => {
    const scene = await startSending(t);
    const nowhere = { ...scene.where, address: scene.where.address.replace(/:\d+\/"/, ':1/"') };
    await assert.rejects(scene.chat.post(nowhere, cardWith('Proposal')), hasCode('send.unreachable'));
  });

  test('that is refused is not tried again', async (t) => {
    const scene = await startSending(t);
    scene.fail({ status: 400, code: 'BadArgument' });
    await assert.rejects(scene.chat.post(scene.where, cardWith('Proposal')), /400 BadArgument/);
    assert.equal(scene.connector.requests.length, 1);
  });
});

test('a replacement is sent until it is there, whatever became of the tries before', async (t) => {
  const scene = await startSending(t);
  const posted = await scene.chat.post(scene.where, cardWith('Running'));
  scene.fail({ status: 500 }, broken, brokenButTaken, { status: 504 });
  await scene.chat.replace(posted, cardWith('Done and proven'));
  assert.equal(scene.connector.messages[0]?.activity.summary, 'Done and proven');
});

describe('an answer of which nobody knows whether it is there', () => {
  for (const fault of [broken, brokenButTaken]) {
    test(`is not sent twice, and the person is told (${fault.taken === true ? 'it is' : 'it is not'})`, async (t) => {
      const scene = await startSending(t, async () => ({ card: cardWith('Help') }));
      scene.fail(fault);
      assert.equal(await scene.person.say('help'), 200);
      await scene.drain();
      const shown = summaries(scene).flat();
      assert.equal(shown.filter((summary) => summary === 'Help').length, fault.taken === true ? 1 : 0);
      assert.equal(shown.filter((summary) => /^Unclear: Teams did not tell me/.test(summary)).length, 1);
    });
  }

  test('stands alone when that cannot be told either', async (t) => {
    const scene = await startSending(t, async () => ({ card: cardWith('Help') }));
    scene.fail(brokenButTaken, broken);
    await scene.person.say('help');
    await scene.drain();
    assert.deepEqual(summaries(scene), [['Help']]);
    assert.deepEqual(codes(scene), ['send.unsure']);
  });

  test('gives what follows its place on the message that tells of it', async (t) => {
    const scene = await startSending(t, async (_inbound, chat) => ({
      card: cardWith('Reading'),
      afterwards: (posted) => chat.replace(posted, cardWith('Healthy')),
    }));
    scene.fail(brokenButTaken);
    await scene.person.say('check wsus01');
    await scene.drain();
    const [reading, told] = summaries(scene);
    assert.deepEqual(reading, ['Reading']);
    assert.match(told?.[0] ?? '', /^Unclear/);
    assert.equal(told?.[1], 'Healthy');
  });

  test('is told of also when it is a line of text', async (t) => {
    const scene = await startSending(t, async () => ({ message: own`Get-Service W3SVC` }));
    scene.fail(broken);
    await scene.person.say('x');
    await scene.drain();
    assert.match(summaries(scene)[0]?.[0] ?? '', /^Unclear/);
  });
});

describe('a chat', () => {
  for (const [status, code] of [
    [403, 'BotNotInConversationRoster'],
    [403, 'ConversationBlockedByUser'],
    [404, 'ConversationNotFound'],
  ] as const) {
    test(`that is closed (${code}) is left alone, until somebody writes from there`, async (t) => {
      const scene = await startSending(t, async () => ({ card: cardWith('Help') }));
      scene.fail({ status, code });
      await assert.rejects(scene.chat.post(scene.where, cardWith('Proposal')), hasCode('send.closed'));
      assert.match(scene.closed.get('a:1') ?? '', new RegExp(code));
      await assert.rejects(scene.chat.post(scene.where, cardWith('Proposal')), hasCode('send.closed'));
      assert.equal(scene.connector.requests.length, 1);
      await scene.person.say('help');
      await scene.chat.post(scene.where, cardWith('Proposal'));
      assert.deepEqual(summaries(scene), [['Help'], ['Proposal']]);
    });
  }

  test('stays open when one of its messages is gone', async (t) => {
    const scene = await startSending(t);
    await assert.rejects(
      scene.chat.replace({ where: scene.where, messageId: 'gone' }, cardWith('Running')),
      hasCode('send.closed'),
    );
    assert.equal(scene.closed.size, 0);
    await scene.chat.post(scene.where, cardWith('Proposal'));
  });

  test('that the bot was taken out of is left alone', async (t) => {
    const scene = await startSending(t);
    await scene.person.say('', { type: 'installationUpdate', action: 'remove' });
    await assert.rejects(scene.chat.post(scene.where, cardWith('Proposal')), hasCode('send.closed'));
    assert.equal(scene.connector.requests.length, 0);
  });
});

describe('a card that is longer than Teams takes', () => {
  const lines = (count: number, length: number) =>
    Array.from({ length: count }, (_, n) => ({
      type: 'RichTextBlock',
      inlines: [{ type: 'TextRun', text: `line ${n} ${'x'.repeat(length)}`, fontType: 'Monospace' }],
    }));
  const button = (n: number) => ({
    type: 'Action.Execute',
    title: 'Approve',
    verb: 'press',
    data: { token: `${n}` },
  });
  const buttons = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ type: 'ActionSet', actions: [button(n)] }));

  for (const [what, body] of [
    ['long lines', lines(20, 20_000)],
    ['many lines', lines(3_000, 30)],
  ] as const) {
    test(`because of ${what} is shortened, says so, and keeps its buttons`, async (t) => {
      const scene = await startSending(t);
      await scene.chat.post(scene.where, cardWith('Evidence', [...body, ...buttons(2)]));
      const text = textOf(scene.connector.messages[0]?.activity ?? {});
      assert.match(text, /^line 0 x+/);
      assert.match(text, /Shortened: all of it is more than one message can hold\.$/);
      const json = JSON.stringify(scene.connector.messages[0]?.activity);
      assert.equal(json.match(/"Approve"/g)?.length, 2);
      assert.deepEqual(scene.troubles, []);
    });
  }

  test('and cannot be shortened gives its place to a short one, and the log has a code', async (t) => {
    const scene = await startSending(t);
    await scene.chat.post(scene.where, cardWith('Buttons', buttons(2_000)));
    assert.match(summaries(scene)[0]?.[0] ?? '', /^Not done: One message cannot hold my answer/);
    assert.deepEqual(codes(scene), ['send.too-long']);
  });
});

describe('an activity that Teams delivers again', () => {
  const twice = { id: randomUUID(), timestamp: new Date().toISOString() };

  test('is answered once in the chat, while the first is worked on and after it', async (t) => {
    const scene = await startSending(t, async () => ({ card: cardWith('Help') }));
    const all = await Promise.all([scene.person.say('help', twice), scene.person.say('help', twice)]);
    assert.deepEqual([...all, await scene.person.say('help', twice)], [200, 200, 200]);
    assert.deepEqual([scene.heard.length, summaries(scene)], [1, [['Help']]]);
  });

  test('is another one when its time is another: an edit has the id of its message', async (t) => {
    const scene = await startSending(t, async () => ({ card: cardWith('Help') }));
    await scene.person.say('help', twice);
    await scene.person.say('helo', { ...twice, timestamp: '2030-01-01T00:00:00.000Z' });
    assert.equal(scene.heard.length, 2);
  });
});

describe('an answer that takes long', () => {
  const gate = () => {
    let open = () => {};
    const passed = new Promise<void>((resolve) => (open = resolve));
    return { passed, open };
  };

  test('does not hold up the response to a press, and follows on the card', async (t) => {
    const { passed, open } = gate();
    const scene = await startSending(t, async () => {
      await passed;
      return { card: cardWith('Running') };
    });
    const { messageId } = await scene.chat.post(scene.where, cardWith('Proposal'));
    const { status, text } = await scene.person.pressToken('x'.repeat(22), messageId);
    assert.deepEqual([status, text], [200, 'I have your press. The answer follows.']);
    open();
    await scene.drain();
    assert.equal(scene.connector.messages[0]?.activity.summary, 'Running');
  });

  test('that is for one person alone is asked for again', async (t) => {
    const { passed, open } = gate();
    const scene = await startSending(t, async () => {
      await passed;
      return { card: cardWith('Plan'), privately: true };
    });
    const { messageId } = await scene.chat.post(scene.where, cardWith('Waiting for approval'));
    await scene.person.pressToken('x'.repeat(22), messageId);
    open();
    await scene.drain();
    assert.match(String(scene.connector.messages[1]?.activity.text), /Press again/);
    assert.equal(scene.connector.messages[0]?.versions.length, 1);
  });

  test('does not hold up the response to a message, and follows', async (t) => {
    const { passed, open } = gate();
    const scene = await startSending(t, async () => {
      await passed;
      return { card: cardWith('Help') };
    });
    assert.equal(await scene.person.say('help'), 200);
    assert.equal(scene.connector.messages.length, 0);
    open();
    await scene.drain();
    assert.deepEqual(summaries(scene), [['Help']]);
  });
});
