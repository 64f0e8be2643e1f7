import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { demoPeople, demoTenantId } from '../../bot/demo-config.ts';
import { buttonsOf, cardOf } from './card-reader.ts';
import type { FakeConnector, ShownMessage } from './fake-connector.ts';

export interface PressAnswer {
  readonly status: number;
  /** The card that takes the pressed one's place, for the person who pressed. */
  readonly card: Record<string, unknown> | undefined;
  /** The line of text in answer to the press. */
  readonly text: string | undefined;
}

/** A person in a Teams chat with the bot, speaking its HTTP protocol. */
export interface ChatPerson {
  readonly conversationId: string;
  say(text: string, extra?: Record<string, unknown>): Promise<number>;
  /** Sends a file in the way of a personal chat: its address, and not its bytes. */
  sendFile(name: string, url: string, extra?: Record<string, unknown>): Promise<number>;
  press(message: ShownMessage, title: string, inputs?: Record<string, string>): Promise<PressAnswer>;
  /** What the person's client does by itself when the card names the person: it asks for the person's own card. */
  refresh(message: ShownMessage): Promise<PressAnswer>;
  pressToken(token: string, cardId: string, inputs?: Record<string, string>): Promise<PressAnswer>;
  install(): Promise<number>;
}

export interface ChatPersonOptions {
  readonly endpoint: string;
  readonly connector: Pick<FakeConnector, 'serviceUrl'>;
  readonly who?: { readonly id: string; readonly aadObjectId: string; readonly name: string };
  readonly conversationId?: string;
  readonly conversationType?: 'personal' | 'groupChat' | 'channel';
  readonly tenantId?: string;
  /** Of the client: "de-DE". */
  readonly locale?: string;
}

/** What a message with a file has that lies in the sender's OneDrive. */
const fileMessage = (name: string, url: string): Record<string, unknown> => ({
  attachments: [
    {
      contentType: 'application/vnd.microsoft.teams.file.download.info',
      contentUrl: `https://contoso-my.sharepoint.com/personal/someone/Documents/${encodeURIComponent(name)}`,
      name,
      content: { downloadUrl: url, uniqueId: randomUUID(), fileType: name.split('.').at(-1) ?? '' },
    },
    { contentType: 'text/html', content: '<p>&nbsp;</p>' },
  ],
});

/** Universal Actions, `refresh`. */
const refreshOf = z.object({
  refresh: z.object({ userIds: z.array(z.string()), action: z.record(z.string(), z.unknown()) }),
});

export const chatPerson = (options: ChatPersonOptions): ChatPerson => {
  const who = options.who ?? demoPeople.approver;
  const conversationId = options.conversationId ?? `chat-${randomUUID()}`;
  const send = async (activity: Record<string, unknown>): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(options.endpoint, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        id: randomUUID(),
        timestamp: new Date().toISOString(),
        channelId: 'msteams',
        ...(options.locale === undefined ? {} : { locale: options.locale }),
        serviceUrl: options.connector.serviceUrl,
        from: who,
        recipient: { id: 'bot-id', name: 'WSUS Bot' },
        conversation: {
          id: conversationId,
          conversationType: options.conversationType ?? 'personal',
          tenantId: options.tenantId ?? demoTenantId,
        },
        ...activity,
      }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
  const act = async (
    cardId: string,
    action: Record<string, unknown>,
    trigger: 'manual' | 'automatic',
  ): Promise<PressAnswer> => {
    const { status, body } = await send({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: cardId,
      value: { action, trigger },
    });
    const answer = body as { type?: string; value?: unknown } | undefined;
    const isCard = answer?.type === 'application/vnd.microsoft.card.adaptive';
    return {
      status,
      card: isCard ? (answer?.value as Record<string, unknown>) : undefined,
      text: isCard ? undefined : (answer?.value as string | undefined),
    };
  };
  const pressToken: ChatPerson['pressToken'] = (token, cardId, inputs = {}) =>
    act(cardId, { type: 'Action.Execute', verb: 'press', data: { token, ...inputs } }, 'manual');
  const say: ChatPerson['say'] = async (text, extra = {}) =>
    (await send({ type: 'message', text, textFormat: 'plain', ...extra })).status;
  return {
    conversationId,
    say,
    sendFile: (name, url, extra = {}) => say('', { ...fileMessage(name, url), ...extra }),
    install: async () => (await send({ type: 'installationUpdate', action: 'add' })).status,
    pressToken,
    refresh: async ({ id, activity }) => {
      const { userIds, action } = refreshOf.parse(cardOf(activity)).refresh;
      if (!userIds.includes(who.id))
        throw new Error(`the card names ${userIds.join(', ')}, and not ${who.id}`);
      return act(id, action, 'automatic');
    },
    press: (message, title, inputs) => {
      const button = buttonsOf(message.activity).find((entry) => entry.title === title);
      if (button === undefined) {
        const titles = buttonsOf(message.activity).map((entry) => entry.title);
        throw new Error(`no button "${title}" on the card; it has: ${titles.join(', ')}`);
      }
      return pressToken(button.token, message.id, inputs);
    },
  };
};
