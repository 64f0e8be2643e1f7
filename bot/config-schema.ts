import { z } from 'zod';
import { auditSchema } from './config-audit-schema.ts';
import { bot, cloud } from './config-bot-schema.ts';
import { generalConnectionKeys, nearerConnectionKeys } from './config-connection-schema.ts';
import { generalPolicyKeys, nearerPolicyKeys, serverGroup } from './config-policy-schema.ts';
import { filePath, guid, host, httpsAddress, port, shortName, words, yesOrNo } from './config-values.ts';
import { roles } from './role.ts';

export const role = z.enum(roles, { error: roles.join(', ') });

const endpoint = words(
  'the name of a session configuration: letters, digits, dot, hyphen, underscore, at most 64',
  /^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$/,
);

const transport = z.enum(['winrm', 'local-powershell'], { error: 'winrm or local-powershell' }).meta({
  description:
    'How a server is reached: winrm from here, with an account; local-powershell by the PowerShell of this Windows machine, as the account that the bot runs as.',
});

export const userExpected = 'a user name without the domain, at most 256 characters';

const account = z
  .strictObject(
    {
      domain: words('a domain name without backslash, or "" for a local account', /^[^\\/@:*?"<>|\s]{0,255}$/)
        .default('')
        .meta({ description: 'NetBIOS or DNS name of the domain. Empty for a local account.' }),
      user: words(userExpected, /^[^\\/:*?"<>|\r\n]{1,256}$/)
        .optional()
        .meta({
          description:
            'User name. The password is never written in this file. With a keytab the principal is enough.',
        }),
      passwordFile: filePath
        .optional()
        .meta({ description: 'File that holds the password, relative to this file.' }),
      passwordEnv: words('the name of an environment variable', /^[A-Za-z_][0-9A-Za-z_]{0,127}$/)
        .optional()
        .meta({ description: 'Environment variable that holds the password.' }),
      keytab: filePath.optional().meta({
        description: 'File with the Kerberos keys of the account, relative to this file, mode 0600.',
      }),
      principal: words(
        'an account and its realm: svc-wsus-bot@EXAMPLE.ORG',
        /^[^\s\\/:*?"<>|@]{1,256}@[0-9A-Za-z][0-9A-Za-z.-]{0,254}$/,
      )
        .optional()
        .meta({ description: 'The account in its realm, as it stands in the keytab.' }),
    },
    { error: 'an account: domain and user' },
  )
  .meta({
    description: 'Who the bot is on a server. Without passwordFile and passwordEnv: WSUS_BOT_PASSWORD.',
  });

const server = z.strictObject(
  {
    name: shortName.meta({ description: 'What people write after "check".' }),
    host: host.optional().meta({ description: 'DNS name or address. The default is the name.' }),
    port: port.optional().meta({ description: 'WinRM port. The default is 5985, with tls: true 5986.' }),
    endpoint: endpoint.optional().meta({ description: 'Instead of the general endpoint.' }),
    transport: transport.optional(),
    ...nearerConnectionKeys,
    account: account.optional(),
    ...nearerPolicyKeys,
  },
  { error: 'a server: name, host, port' },
);

const developer = z
  .strictObject(
    {
      name: words('a name of at most 32 characters', /^[^\r\n]{1,32}$/),
      websiteUrl: httpsAddress,
      privacyUrl: httpsAddress,
      termsOfUseUrl: httpsAddress,
    },
    { error: 'name, websiteUrl, privacyUrl, termsOfUseUrl' },
  )
  .meta({ description: 'Who publishes the Teams app. Used by "wsus-bot manifest" only.' });

/** Everything that may stand in wsus-bot.yaml. */
export const configSchema = z
  .strictObject(
    {
      tenant: guid
        .optional()
        .meta({ description: 'Entra tenant id. Only people of this tenant are answered.' }),
      cloud,
      bot: bot.prefault({}),
      role: role.default('all').meta({
        description:
          'What this replica does: chat speaks with people, worker reaches the servers, all does both. WSUS_BOT_ROLE in the environment goes before it.',
      }),
      endpoint: endpoint
        .default('WsusBot')
        .meta({ description: 'Session configuration on the servers: WsusBot or Microsoft.PowerShell.' }),
      transport: transport.default('winrm'),
      ...generalConnectionKeys,
      account: account.optional(),
      servers: z
        .array(server, { error: 'a list of servers, each with a name' })
        .default([])
        .meta({ description: 'The inventory. The bot connects to nothing else.' }),
      groups: z
        .array(serverGroup, { error: 'a list of groups, each with name and servers' })
        .default([])
        .meta({ description: 'Servers that are named together, and share keys of the policy.' }),
      ...generalPolicyKeys,
      freezeFile: filePath.default('data/freeze').meta({
        description:
          'While this file is there, no change is approved or started. Its first line is the reason.',
      }),
      autoCheck: yesOrNo
        .default(true)
        .meta({ description: 'Read a server by itself when a pasted log names it.' }),
      store: z
        // What is wrong with it is said without quoting it: a password may stand there.
        .string({ error: 'the path of a file, or postgres://user@host:port/database' })
        .default('data/wsus-bot.sqlite')
        .meta({
          description:
            'Where the bot keeps its plans: a SQLite file, relative to this file, or postgres://user@host:port/database.',
        }),
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
export type ServerEntry = z.output<typeof server>;
export type AccountEntry = z.output<typeof account>;
export type Transport = z.output<typeof transport>;

/** JSON Schema (draft 2020-12) of wsus-bot.yaml, kept in docs/wsus-bot.schema.json. */
export function configJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(configSchema, { io: 'input' });
}
