import { z } from 'zod';
import { readHtml } from './html-text.ts';

const attachments = z.array(z.unknown()).catch([]);
const attachment = z.object({ contentType: z.string(), content: z.unknown() });
const sender = z.object({ application: z.unknown().optional() }).nullish().catch(null);
/** A message that is answered to: its beginning, as plain text. */
const reply = z.object({ messagePreview: z.string(), messageSender: sender });
/** A message that is passed on: all of it, as HTML. */
const forward = z.object({ originalMessageContent: z.string(), originalMessageSender: sender });

/**
 * What the messages say that a message answers to or passes on, as far as its attachments carry them
 * (`messageReference`, `forwardedMessageReference`; the resource chatMessageAttachment of Microsoft Graph). Of bots nothing.
 */
export const quotedIn = (given: unknown): string =>
  attachments
    .parse(given)
    .flatMap((one) => attachment.safeParse(one).data ?? [])
    .map(({ contentType, content }) => quotedOf(contentType, jsonOf(content)))
    .filter((text) => text !== '')
    .join('\n');

const quotedOf = (contentType: string, content: unknown): string => {
  if (contentType === 'messageReference') {
    const { data } = reply.safeParse(content);
    return data === undefined || isBot(data.messageSender) ? '' : data.messagePreview;
  }
  if (contentType === 'forwardedMessageReference') {
    const { data } = forward.safeParse(content);
    return data === undefined || isBot(data.originalMessageSender)
      ? ''
      : readHtml(data.originalMessageContent).text;
  }
  return '';
};

const isBot = (from: z.infer<typeof sender>): boolean => from?.application != null;

/** Teams sends it as JSON in a string. */
const jsonOf = (content: unknown): unknown => {
  if (typeof content !== 'string') return content;
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
};
