import { createHmac } from 'node:crypto';
import type { Secret } from '../secret.ts';

/** One thing to hand over: an entry or a signed head, and the number it goes by. */
export interface Delivery {
  readonly type: 'entry' | 'head';
  readonly seq: number;
  /** JSON, at most 64 KB. */
  readonly body: string;
}

/** undefined: taken. Else why not, in words that are safe to log. */
type PostAnswer = string | undefined;

export type Post = (delivery: Delivery, signal: AbortSignal) => Promise<PostAnswer>;

export interface WebhookOptions {
  readonly url: string;
  readonly secret: Secret;
  readonly fetch: typeof fetch;
  readonly now: () => Date;
  /** Longest wait for the answer, milliseconds. The default is 10 s. */
  readonly timeout?: number;
}

/**
 * Posts to the webhook. `X-Wsus-Bot-Signature` is `t=<seconds since 1970>,v1=<hex>`: HMAC-SHA256 with the secret over
 * `<t>.<body>`; `X-Wsus-Bot-Type` and `X-Wsus-Bot-Sequence` together are the same when it comes a second time. Taken means
 * a status from 200 to 299; a redirect is not followed.
 */
export const postToWebhook = (options: WebhookOptions): Post => {
  const { url, secret, now, timeout = 10_000 } = options;
  return async ({ type, seq, body }, signal) => {
    const seconds = Math.floor(now().getTime() / 1000);
    const ended = AbortSignal.timeout(timeout);
    try {
      const response = await options.fetch(url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.any([signal, ended]),
        headers: {
          'content-type': 'application/json',
          'x-wsus-bot-type': type,
          'x-wsus-bot-sequence': String(seq),
          'x-wsus-bot-signature': `t=${seconds},v1=${signatureOf(secret, seconds, body)}`,
        },
        body,
      });
      // What it says beside the status is not needed, and may be long.
      await response.body?.cancel().catch(() => undefined);
      if (response.ok) return undefined;
      const isRedirect = response.status >= 300 && response.status < 400;
      return isRedirect
        ? `the webhook sends on to another address (status ${response.status}); I do not follow`
        : `the webhook answered with status ${response.status}`;
    } catch (error) {
      if (ended.aborted) return `the webhook did not answer within ${timeout / 1000} s`;
      return `the webhook cannot be reached${codeOf(error)}`;
    }
  };
};

/** Lower-case hex. */
const signatureOf = (secret: Secret, seconds: number, body: string): string =>
  createHmac('sha256', secret.reveal()).update(`${seconds}.${body}`).digest('hex');

/** undici keeps what node:net says in the cause. */
const codeOf = (error: unknown): string => {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string'
    ? ` (${cause.code})`
    : '';
};
