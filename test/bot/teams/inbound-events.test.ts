import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inboundOf } from '../../../bot/teams/inbound-activity.ts';
import { activityOf, sampleMessage, tenantId } from './sample-activity.ts';

const inbound = (fields: Record<string, unknown>) => inboundOf(activityOf({ ...sampleMessage(), ...fields }));
const bot = { id: '28:bot', name: 'WSUS Bot' };
const channel = { id: '19:general@thread.tacv2', conversationType: 'channel', tenantId };
const team = { tenant: { id: tenantId }, team: { id: '19:team@thread.tacv2' } };

describe('an edit', () => {
  test('is the message with its new words and its old id', () => {
    const found = inbound({ type: 'messageUpdate', channelData: { ...team, eventType: 'editMessage' } });
    assert.equal(found?.kind, 'message');
    assert.deepEqual([found.isEdit, found.text, found.messageId], [true, 'check wsus01', '1700000000000']);
  });

  test('is no message that was sent', () => {
    const found = inbound({});
    assert.equal(found?.kind === 'message' && found.isEdit, false);
  });
});

for (const [what, fields] of [
  ['a message that was deleted', { type: 'messageDelete', channelData: { eventType: 'softDeleteMessage' } }],
  ['one that was brought back', { type: 'messageUpdate', channelData: { eventType: 'undeleteMessage' } }],
  ['an update without a reason', { type: 'messageUpdate', channelData: null }],
  ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }],
  ['typing', { type: 'typing' }],
  ['a read receipt', { type: 'event', name: 'application/vnd.microsoft.readReceipt' }],
  ['the start of a meeting', { type: 'event', name: 'application/vnd.microsoft.meetingStart' }],
  [
    'a renamed channel',
    { type: 'conversationUpdate', channelData: { ...team, eventType: 'channelRenamed' } },
  ],
  ['somebody else who came', { type: 'conversationUpdate', membersAdded: [{ id: '29:2' }] }],
  ['somebody else who left', { type: 'conversationUpdate', membersRemoved: [{ id: '29:2' }] }],
  ['a newer version of the app', { type: 'installationUpdate', action: 'add-upgrade' }],
  ['members of no shape', { type: 'conversationUpdate', membersAdded: [null, 5, { id: 5 }] }],
  ['a type that nobody knows', { type: 'somethingNew' }],
  ['an invoke that nobody knows', { type: 'invoke', name: 'task/fetch' }],
] as const) {
  test(`${what} is not heard`, () => assert.equal(inbound(fields), undefined));
}

describe('the bot comes and goes', () => {
  for (const [what, kind, fields] of [
    ['an installation', 'installed', { type: 'installationUpdate', action: 'add' }],
    [
      'its arrival among the members',
      'installed',
      { type: 'conversationUpdate', membersAdded: [{ id: '29:2' }, bot] },
    ],
    ['the end of an installation', 'removed', { type: 'installationUpdate', action: 'remove' }],
    ['its departure', 'removed', { type: 'conversationUpdate', membersRemoved: [bot] }],
  ] as const) {
    test(`by ${what}, in a chat and in a team`, () => {
      const inChat = inbound({ text: undefined, attachments: undefined, ...fields });
      assert.equal(inChat?.kind, kind);
      assert.deepEqual(inChat.kind === kind && inChat.installation, 'a:1');
      const inTeam = inbound({ ...fields, conversation: channel, channelData: team });
      assert.deepEqual(inTeam?.kind === kind && [inTeam.installation, inTeam.where.kind], [
        '19:team@thread.tacv2',
        'channel',
      ]);
    });
  }

  test('in a chat, which names itself as the one that was chosen', () => {
    const found = inbound({
      type: 'installationUpdate',
      action: 'add',
      channelData: { tenant: { id: tenantId }, settings: { selectedChannel: { id: 'a:1' } } },
    });
    assert.deepEqual([found?.where.kind, found?.where.conversationId], ['personal', 'a:1']);
  });

  test('in the channel of a team that was chosen for its first words', () => {
    const found = inbound({
      type: 'installationUpdate',
      action: 'add',
      conversation: channel,
      channelData: { ...team, settings: { selectedChannel: { id: '19:wsus@thread.tacv2' } } },
    });
    assert.equal(found?.where.conversationId, '19:wsus@thread.tacv2');
    assert.equal(JSON.parse(found.where.address).conversation.id, '19:wsus@thread.tacv2');
  });
});

describe('a message in a thread', () => {
  const found = inbound({
    conversation: { ...channel, id: '19:x@thread.tacv2;messageid=1700' },
    channelData: team,
  });
  assert.equal(found?.kind, 'message');
  const idIn = (address: string) => JSON.parse(address).conversation.id;

  test('is answered in the thread', () => {
    assert.equal(idIn(found.where.address), '19:x@thread.tacv2;messageid=1700');
  });

  test('names the channel itself for what begins a thread, without the message that it would answer', () => {
    assert.equal(found.top.conversationId, found.where.conversationId);
    assert.equal(idIn(found.top.address), '19:x@thread.tacv2');
    assert.equal(JSON.parse(found.top.address).activityId, undefined);
    assert.equal(JSON.parse(found.top.address).serviceUrl, JSON.parse(found.where.address).serviceUrl);
  });
});
