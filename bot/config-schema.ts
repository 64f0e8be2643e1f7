import { isIP } from 'node:net';
import { z } from 'zod';
import { auditSchema } from './config-audit-schema.ts';
import { parseDuration } from './duration.ts';

const botTypes = ['SingleTenant', 'UserAssignedMsi', 'MultiTenant'] as const;

// Each schema's error text says what is expected, in words that complete "expected: …".

const guid = z
  .string({ error: 'a GUID in quotes or bare' })
  .regex(/^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/, {
    error: 'a GUID like 8c1f0c3e-0d0e-4a53-9a34-5d1a51a4b0aa',
  });

const words = (expected: string, pattern: RegExp) =>
  z.string({ error: expected }).regex(pattern, { error: expected });

const port = z
  .int({ error: 'a whole number from 1 to 65535' })
  .min(1, { error: 'a whole number from 1 to 65535' })
  .max(65535, { error: 'a whole number from 1 to 65535' });

const hostExpected = 'a DNS name, an IPv4 or an IPv6 address, without scheme and port';
const host = z
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

const endpoint = words(
  'the name of a session configuration: letters, digits, dot, hyphen, underscore, at most 64',
  /^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$/,
);

const person = z
  .strictObject(
    {
      id: guid.meta({ description: 'Object id of the user in Microsoft Entra.' }),
      name: words(
        'a name to show, at most 100 characters on one line',
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it keeps out
        /^[^\u0000-\u001f\u007f-\u009f]{1,100}$/,
      ).meta({ description: 'Shown in cards; decides nothing.' }),
    },
    { error: 'a person: id and name' },
  )
  .meta({ description: 'A person, identified by the Entra object id.' });

const people = z.array(person, { error: 'a list of people, each with id and name' });

const account = z
  .strictObject(
    {
      domain: words('a domain name without backslash, or "" for a local account', /^[^\\/@:*?"<>|\s]{0,255}$/)
        .default('')
        .meta({ description: 'NetBIOS or DNS name of the domain. Empty for a local account.' }),
      user: words(
        'a user name without the domain, at most 256 characters',
        /^[^\\/:*?"<>|\r\n]{1,256}$/,
      ).meta({ description: 'User name. The password is never written in this file.' }),
      passwordFile: words('the path of a file', /^[^\r\n]{1,4096}$/)
        .optional()
        .meta({ description: 'File that holds the password, relative to this file.' }),
      passwordEnv: words('the name of an environment variable', /^[A-Za-z_][0-9A-Za-z_]{0,127}$/)
        .optional()
        .meta({ description: 'Environment variable that holds the password.' }),
    },
    { error: 'an account: domain and user' },
  )
  .meta({
    description: 'Who the bot is on a server. Without passwordFile and passwordEnv: WSUS_BOT_PASSWORD.',
  });

const server = z.strictObject(
  {
    name: words(
      'a short name: letters, digits, dot, hyphen, underscore, at most 63',
      /^[0-9A-Za-z](?:[0-9A-Za-z._-]{0,61}[0-9A-Za-z])?$/,
    ).meta({ description: 'What people write after "check".' }),
    host: host.optional().meta({ description: 'DNS name or address. The default is the name.' }),
    port: port.default(5985).meta({ description: 'WinRM port (HTTP with sealed messages).' }),
    endpoint: endpoint.optional().meta({ description: 'Instead of the general endpoint.' }),
    account: account.optional(),
    approvers: people.optional().meta({ description: 'Instead of the general list, for this server.' }),
  },
  { error: 'a server: name, host, port' },
);

const bot = z.strictObject(
  {
    appId: guid.optional().meta({ description: 'Application (client) id of the bot registration.' }),
    type: z
      .enum(botTypes, { error: botTypes.join(' or ') })
      .default('SingleTenant')
      .meta({ description: 'Kind of the registration.' }),
    listen: z
      .strictObject(
        {
          host: host.default('127.0.0.1').meta({ description: 'Address to listen on.' }),
          port: port.default(3978).meta({ description: 'Port to listen on.' }),
        },
        { error: 'host and port' },
      )
      .prefault({}),
  },
  { error: 'the bot: appId, type, listen' },
);

const address = words('an https address', /^https:\/\/[^\s"<>\\]{1,2000}$/);

const developer = z
  .strictObject(
    {
      name: words('a name of at most 32 characters', /^[^\r\n]{1,32}$/),
      websiteUrl: address,
      privacyUrl: address,
      termsOfUseUrl: address,
    },
    { error: 'name, websiteUrl, privacyUrl, termsOfUseUrl' },
  )
  .meta({ description: 'Who publishes the Teams app. Used by "wsus-bot manifest" only.' });

const durationExpected = 'a time like "60 min", "2 h" or "1 day", from 1 min to 7 days';

/** Everything that may stand in wsus-bot.yaml. */
export const configSchema = z
  .strictObject(
    {
      tenant: guid.optional().meta({ description: 'Entra tenant id. Only this tenant is answered.' }),
      bot: bot.prefault({}),
      endpoint: endpoint
        .default('WsusBot')
        .meta({ description: 'Session configuration on the servers: WsusBot or Microsoft.PowerShell.' }),
      account: account.optional(),
      servers: z
        .array(server, { error: 'a list of servers, each with a name' })
        .default([])
        .meta({ description: 'The inventory. The bot connects to nothing else.' }),
      approvers: people
        .default([])
        .meta({ description: 'Who may approve a change, where the server has no list of its own.' }),
      requesters: z
        .union([z.literal('everyone'), people], { error: '"everyone", or a list of people' })
        .default('everyone')
        .meta({ description: 'Who may ask for a check and a plan.' }),
      autoCheck: z
        .boolean({ error: 'true or false' })
        .default(true)
        .meta({ description: 'Read a server by itself when a pasted log names it.' }),
      planValidFor: z
        .string({ error: durationExpected })
        .regex(/^\d{1,5} ?(min|h|day|days)$/, { error: durationExpected })
        .refine((text) => parseDuration(text) !== undefined, { error: durationExpected })
        .default('60 min')
        .meta({ description: 'How long a plan may be approved.' }),
      store: words('the path of a file', /^[^\r\n]{1,4096}$/)
        .default('data/wsus-bot.sqlite')
        .meta({ description: 'SQLite file of the bot, relative to this file.' }),
      activation: z
        .enum(['IISReset', 'RecyclePool'], { error: 'IISReset or RecyclePool' })
        .default('IISReset')
        .meta({ description: 'How a new limit takes effect.' }),
      audit: auditSchema.prefault({}),
      developer: developer.optional(),
    },
    { error: 'keys and values, such as "tenant: …"' },
  )
  .meta({ title: 'wsus-bot.yaml', description: 'Configuration of WSUS Bot.' });

export type ConfigFile = z.output<typeof configSchema>;
export type AccountEntry = z.output<typeof account>;

/** JSON Schema (draft 2020-12) of wsus-bot.yaml, kept in docs/wsus-bot.schema.json. */
export function configJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(configSchema, { io: 'input' });
}
