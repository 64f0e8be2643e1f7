import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { inboundOf } from '../../../bot/teams/inbound-activity.ts';
import { distrustOf } from '../../../bot/teams/trusted-caller.ts';
import { activityOf, sampleFrom, sampleMessage, samplePress, tenantId } from './sample-activity.ts';

const inbound = (fields: Record<string, unknown>) => inboundOf(activityOf(fields));
const message = (fields: Record<string, unknown> = {}) => inbound({ ...sampleMessage(), ...fields });
const pressOf = (fields: Record<string, unknown> = {}) => {
  const found = inbound({ ...samplePress(), ...fields });
  assert.equal(found?.kind, 'press');
  return found;
};

describe('a message', () => {
  test('carries who wrote what, and where', () => {
    const found = message();
    assert.equal(found?.kind, 'message');
    assert.equal(found.text, 'check wsus01');
    assert.deepEqual(found.who, {
      aadObjectId: 'bbbbbbbb-0000-4000-8000-000000000002',
      name: 'Megan Bowen',
    });
    assert.equal(found.where.conversationId, 'a:1');
    assert.equal(found.zone, 'Europe/Berlin');
  });

  test('carries what it quotes, its files, its thread, and the way to the personal chat', () => {
    const found = message({
      recipient: { id: '28:dddddddd-0000-4000-8000-00000000000d', name: 'WSUS Bot' },
      conversation: { id: '19:x@thread.tacv2;messageid=1700', conversationType: 'channel', tenantId },
      attachments: [
        {
          contentType: 'text/html',
          content:
            '<blockquote itemtype="http://schema.skype.com/Reply"><p>one</p></blockquote>two<attachment id="1"></attachment>',
        },
      ],
    });
    assert.deepEqual(
      found?.kind === 'message' && [found.text, found.quoted, found.files, found.thread, found.personalChat],
      [
        'two',
        'one',
        [{ kind: 'absent' }],
        '19:x@thread.tacv2;messageid=1700',
        'https://teams.microsoft.com/l/chat/0/0?users=28:dddddddd-0000-4000-8000-00000000000d',
      ],
    );
  });

  test('leads to no personal chat when the bot has no id of a registration', () => {
    for (const recipient of [undefined, null, {}, { id: '28:x&y=z' }, { id: 'bot-id' }, { id: 5 }]) {
      const found = message({ recipient });
      assert.equal(found?.kind === 'message' && found.personalChat, undefined, JSON.stringify(recipient));
    }
  });

  test('carries an address that the bot can post to again', () => {
    const address = JSON.parse(message()?.where.address ?? '{}');
    assert.equal(address.serviceUrl, 'https://smba.trafficmanager.net/emea/');
    assert.equal(address.conversation.id, 'a:1');
  });

  test('answers to no activity, and presses no card, whose id cannot stand in an address', () => {
    for (const id of ['..', '19:\u00fc', '\ud800', 'a\r\nb', { length: { toString: 1 } }]) {
      const address = JSON.parse(message({ id })?.where.address ?? '{}');
      assert.equal(address.activityId, undefined, JSON.stringify(id));
      const pressed = pressOf({ replyToId: id });
      assert.equal(pressed.kind === 'press' && pressed.cardId, undefined, JSON.stringify(id));
    }
  });

  test('carries no more in its address than posting needs, however much came', () => {
    const much = 'x'.repeat(100_000);
    const found = message({
      locale: much,
      from: { ...sampleFrom, much, properties: { much } },
      recipient: { id: '28:bot', name: much },
      conversation: { id: 'a:1', conversationType: 'personal', tenantId, much },
    });
    assert.ok((found?.where.address.length ?? 0) < 1_000);
    assert.equal(JSON.parse(found?.where.address ?? '{}').bot.id, '28:bot');
  });

  test('of a person has one id, in whatever letters it comes', () => {
    const aadObjectId = 'BBBBBBBB-0000-4000-8000-00000000000F';
    assert.equal(message({ from: { id: '1', aadObjectId } })?.who.aadObjectId, aadObjectId.toLowerCase());
  });

  for (const [conversationType, isGroup, kind] of [
    ['personal', undefined, 'personal'],
    ['groupChat', true, 'group'],
    ['channel', true, 'channel'],
    [undefined, undefined, 'personal'],
    [undefined, true, 'group'],
    ['meeting', undefined, 'group'],
    [5, undefined, 'group'],
  ] as const) {
    test(`in a conversation of type ${conversationType}, group ${isGroup}, stands in a ${kind} chat`, () => {
      const found = message({ conversation: { id: 'a:1', conversationType, isGroup, tenantId } });
      assert.equal(found?.where.kind, kind);
    });
  }

  test('in a thread of a channel belongs to the channel', () => {
    const found = message({
      conversation: { id: '19:x@thread.tacv2;messageid=1700', conversationType: 'channel', tenantId },
    });
    assert.equal(found?.where.conversationId, '19:x@thread.tacv2');
  });

  test('with a name that is no text, or too long a one, still comes from its person', () => {
    const aadObjectId = 'bbbbbbbb-0000-4000-8000-000000000002';
    assert.equal(message({ from: { id: '1', aadObjectId, name: 5 } })?.who.name, '');
    assert.equal(message({ from: { id: '1', aadObjectId, name: 'x'.repeat(900) } })?.who.name.length, 200);
  });

  test('with a zone that no clock knows has none', () => {
    for (const localTimezone of ['Mars/Base', '', 5, null, undefined, 'x'.repeat(80), '../etc']) {
      assert.equal(message({ localTimezone })?.zone, undefined, String(localTimezone));
    }
  });

  test('with the value of an Action.Submit is a press', () => {
    const found = message({
      text: undefined,
      attachments: undefined,
      replyToId: 'm1',
      value: { token: 'abc', secondKey: 'true', server: 'wsus01' },
    });
    assert.deepEqual(found?.kind === 'press' ? [found.token, found.inputs, found.cardId] : found, [
      'abc',
      { token: 'abc', secondKey: 'true', server: 'wsus01' },
      'm1',
    ]);
  });

  test('with another value stays a message', () => {
    for (const value of [{}, { token: 5 }, [], 'token', null]) {
      assert.equal(message({ value })?.kind, 'message');
    }
  });
});

describe('a pressed Action.Execute', () => {
  test('carries its token, its inputs and its card', () => {
    const press = pressOf();
    assert.equal(press.token, 'abc');
    assert.equal(press.inputs.server, 'wsus01');
    assert.equal(press.cardId, '1700000000001');
  });

  test('carries toggles as text and leaves out what is no text', () => {
    const data = { token: 'abc', yes: true, no: 'false', number: 5, list: ['x'], nothing: null };
    const { inputs } = pressOf({ value: { action: { data } } });
    assert.deepEqual(inputs, { token: 'abc', yes: 'true', no: 'false' });
  });

  test('without a token of ours is a press all the same, so that it gets an answer', () => {
    for (const value of [
      {},
      undefined,
      null,
      5,
      'x',
      { action: null },
      { action: {} },
      { action: { data: [] } },
      { action: { data: { token: 5 } } },
    ]) {
      const press = pressOf({ value });
      assert.equal(press.token, '');
      assert.deepEqual(press.inputs, {});
    }
  });

  test('with a card that is no text has none', () => {
    for (const replyToId of [undefined, null, 5, {}, '']) {
      assert.equal(pressOf({ replyToId }).cardId, undefined, JSON.stringify(replyToId));
    }
  });
});

test('an installation is told, and what is neither said nor pressed is no business of ours', () => {
  const type = 'installationUpdate';
  assert.equal(message({ type, action: 'add' })?.kind, 'installed');
  assert.equal(message({ type, action: 'add', from: undefined })?.who.aadObjectId, '');
  for (const fields of [
    { type },
    { type: 'typing' },
    { type: 'messageReaction' },
    { type: 'conversationUpdate' },
    { type: 'invoke', name: 'task/fetch' },
    { type: 'invoke' },
    { type: 'event' },
  ]) {
    assert.equal(message(fields), undefined, JSON.stringify(fields));
  }
});

/** Every path into a value, "from.aadObjectId" as ["from", "aadObjectId"]. */
const pathsOf = (value: unknown): string[][] =>
  value === null || typeof value !== 'object'
    ? []
    : Object.entries(value).flatMap(([key, inner]) => [
        [key],
        ...pathsOf(inner).map((path) => [key, ...path]),
      ]);

const mutated = (value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown => {
  if (key === undefined || value === null || typeof value !== 'object') return to;
  const copy = Object.assign(Array.isArray(value) ? [] : {}, value) as Record<string, unknown>;
  copy[key] = mutated(copy[key], rest, to);
  return copy;
};

test('no activity, however it is spoiled, makes more than a refusal, nothing, or a clean inbound', () => {
  const samples = [
    sampleMessage(),
    samplePress(),
    { ...sampleMessage(), type: 'installationUpdate', action: 'add' },
    { ...sampleMessage(), value: { token: 'abc' }, replyToId: 'm1' },
  ];
  const spoiled = fc
    .constantFrom(...samples)
    .chain((sample) =>
      fc
        .array(fc.tuple(fc.constantFrom(...pathsOf(sample)), fc.anything()), { minLength: 1, maxLength: 3 })
        .map((changes) => changes.reduce<unknown>((value, [path, to]) => mutated(value, path, to), sample)),
    );
  fc.assert(
    fc.property(fc.oneof(spoiled, fc.object()), (fields) => {
      const activity = activityOf(fields);
      if (distrustOf(activity, { tenantId, loopbackOnly: false }) !== undefined) return;
      const found = inboundOf(activity);
      if (found === undefined) return;
      assert.equal(typeof found.who.aadObjectId, 'string');
      assert.equal(typeof found.who.name, 'string');
      assert.equal(typeof found.where.conversationId, 'string');
      assert.equal(typeof found.where.address, 'string');
      assert.ok(found.zone === undefined || typeof found.zone === 'string');
      if (found.kind === 'message') {
        for (const text of [found.text, found.quoted, found.thread]) assert.equal(typeof text, 'string');
      }
      if (found.kind !== 'press') return;
      assert.equal(typeof found.token, 'string');
      assert.ok(found.cardId === undefined || typeof found.cardId === 'string');
      for (const value of Object.values(found.inputs)) assert.equal(typeof value, 'string');
    }),
    { numRuns: 2_000 },
  );
});
