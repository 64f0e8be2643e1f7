import { isIP } from 'node:net';
import { z } from 'zod';
import { parseDuration } from './duration.ts';

// Each schema's error text says what is expected, in words that complete "expected: …".

export const guid = z
  .string({ error: 'a GUID in quotes or bare' })
  .regex(/^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/, {
    error: 'a GUID like 8c1f0c3e-0d0e-4a53-9a34-5d1a51a4b0aa',
  });

export const words = (expected: string, pattern: RegExp) =>
  z.string({ error: expected }).regex(pattern, { error: expected });

export const shownName = words(
  'a name to show, at most 100 characters on one line',
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it keeps out
  /^[^\u0000-\u001f\u007f-\u009f]{1,100}$/,
);

/** What people write after a command: the name of a server, or of a group of them. */
export const shortName = words(
  'a short name: letters, digits, dot, hyphen, underscore, at most 63',
  /^[0-9A-Za-z](?:[0-9A-Za-z._-]{0,61}[0-9A-Za-z])?$/,
);

export const filePath = words('the path of a file', /^[^\r\n]{1,4096}$/);

export const httpsAddress = words('an https address', /^https:\/\/[^\s"<>\\]{1,2000}$/);

export const yesOrNo = z.boolean({ error: 'true or false' });

export const port = z
  .int({ error: 'a whole number from 1 to 65535' })
  .min(1, { error: 'a whole number from 1 to 65535' })
  .max(65535, { error: 'a whole number from 1 to 65535' });

const hostExpected = 'a DNS name, an IPv4 or an IPv6 address, without scheme and port';
export const host = z
  .string({ error: hostExpected })
  .regex(/^[0-9A-Za-z_.:-]{1,253}$/, { error: hostExpected })
  .refine(isHost, { error: hostExpected, abort: true });

/** RFC 1123 labels, underscore allowed as Windows allows it; a last label of digits only makes it an IPv4 address. */
function isHost(text: string): boolean {
  if (isIP(text) !== 0) return true;
  const labels = text.split('.');
  if (/^\d+$/.test(labels.at(-1) ?? '')) return false;
  return labels.every((label) => /^[0-9A-Za-z_](?:[0-9A-Za-z_-]{0,61}[0-9A-Za-z_])?$/.test(label));
}

const durationExpected = 'a time like "60 min", "2 h" or "1 day", from 1 min to 7 days';
export const duration = z
  .string({ error: durationExpected })
  .regex(/^\d{1,5} ?(min|h|day|days)$/, { error: durationExpected })
  .refine((text) => parseDuration(text) !== undefined, { error: durationExpected });
