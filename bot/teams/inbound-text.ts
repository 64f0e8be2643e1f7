import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { type HtmlMessage, readHtml } from './html-text.ts';

const plainText = z.string().catch('');
const attachments = z.array(z.unknown()).catch([]);
const htmlAttachment = z.object({ contentType: z.literal('text/html'), content: z.string().min(1) });

/**
 * What a person wrote and what they quoted, mentions left out. Teams strips from `text` all that looks like a tag and joins
 * its lines; the html attachment has both, so it comes first.
 */
export const inboundText = (activity: Pick<Activity, 'text' | 'attachments'>): HtmlMessage => {
  const [html] = attachments
    .parse(activity.attachments)
    .flatMap((attachment) => htmlAttachment.safeParse(attachment).data ?? []);
  const message =
    html === undefined
      ? { text: withoutMentions(plainText.parse(activity.text)), quoted: '', namesAttachment: false }
      : readHtml(html.content);
  return { ...message, text: tidied(message.text), quoted: tidied(message.quoted) };
};

const tidied = (text: string): string =>
  text.replaceAll('\r\n', '\n').replaceAll(nbsp, ' ').replace(zeroWidth, '').trim();

const nbsp = '\u00a0';
const zeroWidth = /\u200b|\u200c|\u200d|\u2060|\ufeff/g;

const withoutMentions = (text: string): string => text.replace(/<at[^<>]{0,200}>[^<>]{0,200}<\/at>/g, ' ');
