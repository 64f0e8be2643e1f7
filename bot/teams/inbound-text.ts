import { z } from 'zod';
import { type HtmlMessage, readHtml } from './html-text.ts';
import { someText } from './outside-text.ts';
import { quotedIn } from './quoted-messages.ts';

const plainText = z.string().catch('');
const attachments = z.array(z.unknown()).catch([]);
const htmlAttachment = z.object({ contentType: z.literal('text/html'), content: someText });

/**
 * What a person wrote and what they quoted, mentions left out. Teams strips from `text` all that looks like a tag and joins
 * its lines; the html attachment has both, so it comes first.
 */
export const inboundText = (activity: {
  readonly text?: unknown;
  readonly attachments?: unknown;
}): HtmlMessage => {
  const [html] = attachments
    .parse(activity.attachments)
    .flatMap((attachment) => htmlAttachment.safeParse(attachment).data ?? []);
  const message =
    html === undefined
      ? { text: withoutMentions(plainText.parse(activity.text)), quoted: '', namesAttachment: false }
      : readHtml(html.content);
  const quoted = message.quoted === '' ? quotedIn(activity.attachments) : message.quoted;
  return { ...message, text: tidied(message.text), quoted: tidied(quoted) };
};

const tidied = (text: string): string =>
  text.replaceAll('\r\n', '\n').replaceAll(nbsp, ' ').replace(zeroWidth, '').trim();

const nbsp = '\u00a0';
/** What has no width, and the marks that clients of languages from right to left put around words. */
const zeroWidth = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

const withoutMentions = (text: string): string => text.replace(/<at[^<>]{0,200}>[^<>]{0,200}<\/at>/g, ' ');
