import type { RemoteError } from '../../remote/remote-error.ts';
import type { Reason } from './change.ts';

/** A remote error as a reason that can be kept and shown. */
export const reasonOf = (error: RemoteError): Reason => ({
  code: error.code,
  text: error.reason,
  remedy: error.remedy,
  serverText: error.serverText ?? null,
});

const refusals: Readonly<Record<string, { text: string; remedy: string }>> = {
  stale: { text: 'the file is not the one that was approved', remedy: 'Check the server again.' },
  'too-late': {
    text: 'the request arrived too late, so the server did not begin it',
    remedy: 'Look at the load of the server and the network, then plan again.',
  },
  busy: {
    text: 'another change is at work on this server',
    remedy: 'Wait until it ends, then check again.',
  },
  'after-hash-differs': {
    text: 'the server and I do not agree on the new file, so it was not written',
    remedy: 'Compare the version of the endpoint with mine before you plan again.',
  },
  'key-not-editable': {
    text: 'the key cannot be edited safely',
    remedy: 'Look at the line in web.config by hand.',
  },
  'file-not-readable': {
    text: 'web.config cannot be read there',
    remedy: 'Look at the rights on web.config.',
  },
  'file-not-writable': {
    text: 'web.config cannot be written there',
    remedy: 'Look at the rights on web.config and its folder.',
  },
  'backup-missing': {
    text: 'the backup is not there any more',
    remedy: 'Put the value back by a new plan, or by hand.',
  },
  'backup-differs': {
    text: 'the backup is not the file it was',
    remedy: 'Do not use it. Put the value back by a new plan, or by hand.',
  },
  'not-wsus': { text: 'no WSUS is installed there', remedy: 'Check the host in wsus-bot.yaml.' },
};

/** A refusal of the endpoint as a reason. Its own text is outside text. */
export const refusalReason = (refusal: { reason: string; text: string }): Reason => ({
  code: refusal.reason,
  text: refusals[refusal.reason]?.text ?? 'the server refused',
  remedy: refusals[refusal.reason]?.remedy ?? null,
  serverText: refusal.text,
});
