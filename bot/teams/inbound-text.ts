import type { Activity } from 'botbuilder';
import { textOfHtml } from './html-text.ts';

/**
 * What a person wrote, mentions left out. Teams strips from `text` all that looks like a tag and joins its lines; the html
 * attachment has both, so it comes first.
 */
export const inboundText = (activity: Activity): string => {
  const html = activity.attachments?.find(
    ({ contentType, content }) => contentType === 'text/html' && typeof content === 'string',
  );
  const text = html === undefined ? withoutMentions(activity.text ?? '') : textOfHtml(String(html.content));
  return text.replaceAll('\r\n', '\n').replaceAll(nbsp, ' ').replace(zeroWidth, '').trim();
};

const nbsp = '\u00a0';
const zeroWidth = /\u200b|\u200c|\u200d|\u2060|\ufeff/g;

const withoutMentions = (text: string): string => text.replace(/<at[^<>]{0,200}>[^<>]{0,200}<\/at>/g, ' ');
