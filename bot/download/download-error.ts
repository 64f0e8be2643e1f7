import { CodedError } from '../../remote/coded-error.ts';

/** Why a file that a person sent was not fetched: one row per code, the same rows as in docs/errors.md. */
export const downloadErrors = {
  'download.place': {
    reason: 'it lies where I do not fetch files from',
    remedy:
      'Attach the file itself in our personal chat: Teams then puts it into your OneDrive, where I may read it.',
  },
  'download.gone': {
    reason: 'its link does not work any more',
    remedy: 'Send the file once more: the link that Teams gives me lasts a few minutes.',
  },
  'download.too-large': {
    reason: 'it is larger than I read in a chat',
    remedy: 'Run "wsus-bot diagnose" on it where it lies, or send only the part around the failure.',
  },
  'download.moved': {
    reason: 'its host sends me on to another place, and I do not follow',
    remedy: 'Attach the file itself in our personal chat, not a link to it.',
  },
  'download.not-given': {
    reason: 'its host does not give it to me',
    remedy: 'Send it once more. If that repeats, paste the lines or run "wsus-bot diagnose" on it.',
  },
  'download.unreachable': {
    reason: 'I cannot reach its host',
    remedy:
      'Paste the lines instead. Whoever runs me can see whether I may reach SharePoint (HTTPS, port 443).',
  },
  'download.stalled': {
    reason: 'its host stopped sending',
    remedy: 'Send the file once more, or run "wsus-bot diagnose" on it where it lies.',
  },
  'download.too-slow': {
    reason: 'it did not come through in the time that I have for one file',
    remedy: 'Send only the part around the failure, or run "wsus-bot diagnose" on it where it lies.',
  },
  'download.cut-short': {
    reason: 'it broke off before its end',
    remedy: 'Send the file once more.',
  },
  'download.stopped': {
    reason: 'reading was stopped',
    remedy: 'Send the file once more when you want it read.',
  },
} as const;

export type DownloadErrorCode = keyof typeof downloadErrors;

/** A file that was not fetched, or not to its end. Says nothing of its address: whoever has that has the file. */
export class DownloadError extends CodedError {
  declare readonly code: DownloadErrorCode;

  /** @param cause Only its kind and code reach a log, and never its text. */
  constructor(code: DownloadErrorCode, cause?: unknown) {
    super(code, { doing: 'fetching a file', ...downloadErrors[code], cause });
    this.name = 'DownloadError';
  }
}
