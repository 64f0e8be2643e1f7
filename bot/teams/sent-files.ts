import { z } from 'zod';
import type { SentFile } from '../conversation/chat.ts';
import { someText, textUpTo } from './outside-text.ts';

const attachments = z.array(z.unknown()).catch([]);
const name = z
  .string()
  .transform((text) => text.slice(0, 255))
  .catch('');
const attachment = z.object({
  contentType: z.string().catch(''),
  contentUrl: z.string().optional().catch(undefined),
  name,
  content: z.unknown().optional(),
});
/** A file of a personal chat. It lies in the sender's OneDrive; the address works for some minutes, for whoever has it. */
const download = z.object({ downloadUrl: textUpTo(16_000).and(someText) });
const downloadType = 'application/vnd.microsoft.teams.file.download.info';
/** What stands in the place of a message that was quoted or passed on. */
const messageReference = /messageReference$/i;

/**
 * The files of a message. `namesAttachment`: its HTML shows one. Teams hands a file to a bot in a personal chat only
 * (`supportsFiles` in the manifest); elsewhere the HTML shows that there was one.
 */
export const sentFiles = (
  activity: { readonly attachments?: unknown },
  namesAttachment: boolean,
): SentFile[] => {
  const all = attachments
    .parse(activity.attachments)
    .flatMap((given) => attachment.safeParse(given).data ?? []);
  const files = all.flatMap((given): SentFile[] => {
    const { contentType, contentUrl, content } = given;
    if (contentType === downloadType) {
      const url = download.safeParse(content).data?.downloadUrl;
      return [url === undefined ? { kind: 'absent' } : { kind: 'download', name: given.name, url }];
    }
    if (/^image\//i.test(contentType)) return [{ kind: 'picture' }];
    return contentUrl !== undefined && !isPartOfMessage(contentType) ? [{ kind: 'absent' }] : [];
  });
  const isReference = all.some(({ contentType }) => messageReference.test(contentType));
  return files.length === 0 && namesAttachment && !isReference ? [{ kind: 'absent' }] : files;
};

const isPartOfMessage = (contentType: string): boolean =>
  contentType === 'text/html' ||
  contentType.startsWith('application/vnd.microsoft.card.') ||
  contentType.startsWith('application/vnd.microsoft.teams.card.') ||
  messageReference.test(contentType);
