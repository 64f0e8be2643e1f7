import { z } from 'zod';
import { duration, filePath, words } from './config-values.ts';

const urlExpected =
  'an https address without user name and password; http only for 127.0.0.1, ::1 or localhost';

/** https, or http to this machine; nothing before an @, since addresses are logged and shown. */
function isWebhookUrl(text: string): boolean {
  if (text.length > 2048 || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

const webhook = z
  .strictObject(
    {
      url: z
        .string({ error: urlExpected })
        .refine(isWebhookUrl, { error: urlExpected })
        .meta({ description: 'Each entry is posted there as JSON, in order.' }),
      secretFile: filePath
        .optional()
        .meta({ description: 'File that holds the secret of the signature, relative to this file.' }),
      secretEnv: words('the name of an environment variable', /^[A-Za-z_][0-9A-Za-z_]{0,127}$/)
        .optional()
        .meta({ description: 'Environment variable that holds the secret of the signature.' }),
    },
    { error: 'a webhook: url, and secretFile or secretEnv' },
  )
  .meta({ description: 'Who gets each entry at once: a SIEM or a log store.' });

/** The block `audit:` of wsus-bot.yaml. */
export const auditSchema = z
  .strictObject(
    {
      keyFile: filePath
        .default('data/audit-key.pem')
        .meta({ description: 'Private key that signs heads of the audit. Made at the first start.' }),
      headsFile: filePath
        .default('data/audit-heads.jsonl')
        .meta({ description: 'File that signed heads are added to.' }),
      headEvery: duration
        .default('10 min')
        .meta({ description: 'How often a head is signed, when there are new entries.' }),
      webhook: webhook.optional(),
    },
    { error: 'the audit: keyFile, headsFile, headEvery, webhook' },
  )
  .meta({ description: 'The record of decisions and changes (docs/audit.md).' });

export type AuditEntries = z.output<typeof auditSchema>;
