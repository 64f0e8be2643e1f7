import { demoPeople, demoTenantId } from '../../../../bot/demo-config.ts';
import type { Random } from '../../diagnosis/fuzz/random.ts';
import { escaped, pickWords, secretWord, texts } from './sample-words.ts';

export type Activity = Record<string, unknown>;

/** A button of a card that was posted: its token, and where it is good. */
export interface Button {
  readonly title: string;
  readonly token: string;
  readonly conversationId: string;
}

/** What the samples are made with. */
export interface Ground {
  readonly serviceUrl: string;
  /** Where a file lies that may be fetched. */
  readonly fileUrl: string;
  readonly buttons: readonly Button[];
}

export const botId = '28:11111111-2222-4333-8444-555555555555';

/** A guest of the tenant, and one who is no member of any chat. */
export const guestId = '29:guest';
export const absentId = '29:absent';

export const people = [
  demoPeople.approver,
  demoPeople.requester,
  { id: '29:reader', aadObjectId: 'cccccccc-0000-4000-8000-00000000000c', name: 'Adele Vance' },
  { id: guestId, aadObjectId: 'eeeeeeee-0000-4000-8000-00000000000e', name: 'A guest' },
  { id: absentId, aadObjectId: 'ffffffff-0000-4000-8000-00000000000f', name: 'Nobody' },
] as const;

const mention = `<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="0">WSUS Bot</span>`;
const html = (content: string) => ({ contentType: 'text/html', content });

/** The three kinds of chats. Each of the connections has its own, so that their answers are told apart. */
const placeOf = (random: Random, lane: number): Pick<Activity, 'conversation' | 'channelData'> => {
  const tenant = { id: demoTenantId };
  const kind = random.below(4);
  if (kind <= 1) {
    const conversation = { id: `a:${lane}`, conversationType: 'personal', tenantId: demoTenantId };
    return { conversation, channelData: { tenant } };
  }
  if (kind === 2) {
    const id = `19:${lane}@thread.v2`;
    const conversation = { id, conversationType: 'groupChat', isGroup: true, tenantId: demoTenantId };
    return { conversation, channelData: { tenant } };
  }
  const id = `19:${lane}@thread.tacv2;messageid=1700000000${random.below(100)}`;
  return {
    conversation: { id, conversationType: 'channel', isGroup: true, tenantId: demoTenantId },
    channelData: {
      tenant,
      team: { id: `19:team${lane}@thread.tacv2` },
      channel: { id: `19:${lane}@thread.tacv2` },
      teamsChannelId: `19:${lane}@thread.tacv2`,
      settings: { selectedChannel: { id: `19:general${lane}@thread.tacv2` } },
    },
  };
};

/** What all activities of Teams carry. */
const envelope = (random: Random, lane: number, id: string, { serviceUrl }: Ground): Activity => ({
  id,
  // Now and then it is so late that the store is asked who answers.
  timestamp: random.below(10) === 0 ? '2026-11-25T02:00:00.000Z' : '2099-11-25T02:00:00.000Z',
  localTimestamp: '2026-11-25T03:00:00.000+01:00',
  localTimezone: random.pick(['Europe/Berlin', 'Asia/Kolkata', 'UTC', 'Etc/GMT+12']),
  locale: random.pick(['en-US', 'de-DE', 'ar-EG', 'zh-Hant-TW']),
  channelId: 'msteams',
  serviceUrl,
  from: random.pick(people),
  recipient: { id: botId, name: 'WSUS Bot' },
  ...placeOf(random, lane),
  entities: [
    { type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Windows', timezone: 'Europe/Berlin' },
  ],
  deliveryMode: 'normal',
  importance: 'normal',
});

const messages = (random: Random, { fileUrl, buttons }: Ground): Activity => {
  const text = pickWords(random);
  const message = { type: 'message', text, textFormat: 'plain' };
  const reply = `<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1"><strong itemprop="mri" itemid="29:1">A</strong><span itemprop="time" itemid="1"></span><p itemprop="preview">${escaped(random.pick(texts))}</p></blockquote>`;
  const kinds: readonly Activity[] = [
    message,
    { ...message, attachments: [html(`<div><div>${escaped(text)}</div></div>`)] },
    { ...message, attachments: [html(`<p>${mention}&nbsp;${escaped(text)}</p>`)] },
    { ...message, attachments: [html(`${reply}<p>${mention} ${escaped(text)}</p>`)] },
    {
      ...message,
      attachments: [
        {
          contentType: 'messageReference',
          content: JSON.stringify({ messagePreview: random.pick(texts), messageSender: { user: {} } }),
        },
      ],
    },
    {
      ...message,
      attachments: [
        {
          contentType: 'forwardedMessageReference',
          content: JSON.stringify({ originalMessageContent: `<p>${escaped(random.pick(texts))}</p>` }),
        },
        html('<attachment id="1"></attachment>'),
      ],
    },
    {
      ...message,
      attachments: [
        {
          contentType: 'application/vnd.microsoft.teams.file.download.info',
          contentUrl: 'https://contoso-my.sharepoint.com/personal/someone/Documents/WindowsUpdate.log',
          name: `${secretWord}.log`,
          content: { downloadUrl: fileUrl, uniqueId: '1', fileType: 'log' },
        },
        html('<p>&nbsp;</p>'),
      ],
    },
    { ...message, attachments: [{ contentType: 'image/png', contentUrl: 'https://example.com/x.png' }] },
    {
      type: 'message',
      value: { token: random.pick(buttons).token, server: 'wsus02' },
      replyToId: '1700000000001',
    },
    { type: 'messageUpdate', text, channelData: { eventType: 'editMessage', tenant: { id: demoTenantId } } },
  ];
  return random.pick(kinds);
};

const events = (random: Random): Activity =>
  random.pick<Activity>([
    { type: 'messageDelete', channelData: { eventType: 'softDeleteMessage', tenant: { id: demoTenantId } } },
    { type: 'messageUpdate', channelData: { eventType: 'undeleteMessage', tenant: { id: demoTenantId } } },
    { type: 'messageReaction', reactionsAdded: [{ type: 'like' }], replyToId: '1' },
    { type: 'conversationUpdate', membersAdded: [{ id: botId }] },
    { type: 'conversationUpdate', membersAdded: [{ id: '29:x', aadObjectId: 'x' }] },
    { type: 'conversationUpdate', membersRemoved: [{ id: botId }] },
    { type: 'conversationUpdate', topicName: secretWord },
    { type: 'installationUpdate', action: 'add' },
    { type: 'installationUpdate', action: 'remove' },
    { type: 'installationUpdate', action: 'add-upgrade' },
    { type: 'event', name: 'application/vnd.microsoft.readReceipt', value: { lastReadMessageId: '1' } },
    { type: 'event', name: 'application/vnd.microsoft.meetingStart', value: { Id: '1' } },
    { type: 'typing' },
    { type: 'endOfConversation' },
    { type: 'contactRelationUpdate', action: 'add' },
    { type: 'handoff' },
    { type: 'command', name: 'x' },
    { type: 'trace', label: secretWord },
  ]);

/** A press as Teams sends it, of a person or of a client by itself. */
const presses = (random: Random, { buttons }: Ground): Activity => {
  const { token, conversationId } = random.pick(buttons);
  const isKnown = random.below(10) < 8;
  return {
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: '1700000000001',
    conversation: { id: conversationId, conversationType: 'personal', tenantId: demoTenantId },
    channelData: { tenant: { id: demoTenantId } },
    value: {
      action: {
        type: 'Action.Execute',
        id: 'x',
        verb: random.pick(['press', 'view']),
        data: { token: isKnown ? token : 'x'.repeat(22), server: 'wsus02', reason: secretWord },
      },
      trigger: random.pick(['manual', 'manual', 'automatic']),
    },
  };
};

const others = [
  'composeExtension/query',
  'composeExtension/queryLink',
  'composeExtension/anonymousQueryLink',
  'composeExtension/selectItem',
  'composeExtension/onCardButtonClicked',
  'composeExtension/querySettingUrl',
  'composeExtension/setting',
  'task/fetch',
  'task/submit',
  'tab/fetch',
  'tab/submit',
  'config/fetch',
  'config/submit',
  'fileConsent/invoke',
  'actionableMessage/executeAction',
  'signin/verifyState',
  'signin/tokenExchange',
  'signin/failure',
  'message/submitAction',
  'application/search',
  'handoff/action',
  'somethingNew',
] as const;

const extension = (random: Random): Activity => {
  const name = random.pick(['composeExtension/fetchTask', 'composeExtension/submitAction']);
  const messagePayload = {
    id: '1611060744833',
    replyToId: null,
    createdDateTime: '2026-11-25T02:00:00.000Z',
    linkToMessage: 'https://teams.microsoft.com/l/message/1',
    body: { contentType: 'html', content: `<div>${escaped(random.pick(texts))}</div>` },
    from: { user: { id: '1', displayName: 'A' }, application: null },
    attachments: [
      { id: '1', contentType: 'reference', contentUrl: 'https://example.com/x.log', name: 'x.log' },
    ],
  };
  const data = random.pick([
    {},
    { data: { wants: 'answer', text: random.pick(texts) } },
    { data: { wants: 'insert' } },
  ]);
  const isOnMessage = random.below(2) === 0;
  return {
    type: 'invoke',
    name,
    value: {
      commandId: 'diagnose',
      commandContext: isOnMessage ? 'message' : 'compose',
      context: { theme: 'default' },
      ...(isOnMessage ? { messagePayload } : {}),
      ...data,
    },
  };
};

/** One activity as Teams would send it. */
export const sample = (random: Random, lane: number, id: string, ground: Ground): Activity => {
  const kind = random.below(20);
  const own =
    kind < 8
      ? messages(random, ground)
      : kind < 10
        ? events(random)
        : kind < 15
          ? presses(random, ground)
          : kind < 18
            ? extension(random)
            : { type: 'invoke', name: random.pick(others), value: { commandId: 'diagnose', data: texts } };
  return { ...envelope(random, lane, id, ground), ...own };
};
