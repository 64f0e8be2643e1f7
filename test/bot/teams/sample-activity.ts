import type { Activity } from 'botbuilder';

export const tenantId = 'dddddddd-0000-4000-8000-00000000000d';

export const sampleFrom = {
  id: '29:1',
  name: 'Megan Bowen',
  aadObjectId: 'bbbbbbbb-0000-4000-8000-000000000002',
};

/** A message as Teams sends it in a personal chat. */
export const sampleMessage = (): Record<string, unknown> => ({
  type: 'message',
  id: '1700000000000',
  timestamp: '2026-11-25T02:00:00.000Z',
  localTimezone: 'Europe/Berlin',
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  from: sampleFrom,
  recipient: { id: '28:bot', name: 'WSUS Bot' },
  conversation: { id: 'a:1', conversationType: 'personal', tenantId },
  channelData: { tenant: { id: tenantId } },
  text: 'check wsus01',
  textFormat: 'plain',
  attachments: [{ contentType: 'text/html', content: '<div>check wsus01</div>' }],
});

/** A pressed Action.Execute. */
export const samplePress = (): Record<string, unknown> => ({
  ...sampleMessage(),
  type: 'invoke',
  name: 'adaptiveCard/action',
  replyToId: '1700000000001',
  value: {
    action: { type: 'Action.Execute', verb: 'press', data: { token: 'abc', server: 'wsus01' } },
    trigger: 'manual',
  },
});

/** The message extension "Diagnose", opened from the menu of a message. */
export const sampleExtension = (value: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...sampleMessage(),
  type: 'invoke',
  name: 'composeExtension/fetchTask',
  conversation: { id: '19:meeting_x@thread.v2', tenantId },
  text: undefined,
  attachments: undefined,
  value: {
    commandId: 'diagnose',
    commandContext: 'message',
    context: { theme: 'default' },
    messagePayload: {
      id: '1611060744833',
      replyToId: null,
      createdDateTime: '2026-11-25T02:00:00.000Z',
      body: { contentType: 'html', content: '<div><div>ErrorCode=InvalidParameters</div></div>' },
      from: { user: { userIdentityType: 'aadUser', id: sampleFrom.aadObjectId }, application: null },
      attachments: [],
    },
    ...value,
  },
});

export const activityOf = (fields: unknown): Activity => fields as Activity;
