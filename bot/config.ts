import { basename, dirname, resolve } from 'node:path';
import type { Activation } from '../remote/contract.ts';
import type { KerberosSettings, KeytabAccount } from '../remote/winrm/kerberos/kerberos-settings.ts';
import type { SignIn } from '../remote/wsus-server.ts';
import type { Policy } from './changes/policy.ts';
import { type AuditConfig, readAudit } from './config-audit.ts';
import { readBot } from './config-bot.ts';
import type { TlsConfig } from './config-connection.ts';
import { parseConfigDocument } from './config-document.ts';
import { ConfigError, type ConfigProblem } from './config-error.ts';
import { type Report, readGroups, type ServerGroup } from './config-groups.ts';
import { generalPolicy, reportTooFewApprovers } from './config-policy.ts';
import { problemsOf } from './config-problems.ts';
import { configJsonSchema, configSchema, role as roleSchema, type Transport } from './config-schema.ts';
import type { Environment } from './config-secrets.ts';
import { readServers } from './config-servers.ts';
import { readStore } from './config-store.ts';
import { readConfigText } from './config-text.ts';
import type { Certificate } from './registration/certificate.ts';
import type { CloudName } from './registration/cloud.ts';
import { type Role, reachesServers, roles } from './role.ts';
import type { Secret } from './secret.ts';
import type { StoreConfig } from './store/store-config.ts';

/** Registration kinds of Azure Bot, as botbuilder's `MicrosoftAppType` spells them. */
type BotType = 'SingleTenant' | 'UserAssignedMsi' | 'MultiTenant';

export interface BotConfig {
  /** Application (client) id of the registration. Undefined: `serve` refuses to start. */
  readonly appId: string | undefined;
  readonly type: BotType;
  /** Client secret. Undefined too where there is a certificate; a managed identity has neither. */
  readonly password: Secret | undefined;
  readonly certificate: Certificate | undefined;
  /** Tenants that are answered beside that of the registration. */
  readonly otherTenants: readonly string[];
  readonly listen: { readonly host: string; readonly port: number };
}

/** Who the bot is on a server. */
export interface AccountConfig {
  /** Empty for a local account and for a user principal name. */
  readonly domain: string;
  readonly user: string;
  /** Undefined: nothing named a password; only with transport local-powershell the server can be reached. */
  readonly password: Secret | undefined;
  /** Signs in with Kerberos in the place of the password. */
  readonly keytab?: KeytabAccount;
}

/** One server of the inventory, with every default filled in. */
export interface ServerConfig {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly endpoint: string;
  /** winrm where there is none. */
  readonly transport?: Transport;
  /** NTLM where there is none. */
  readonly auth?: SignIn;
  /** With auth kerberos. */
  readonly kerberos?: KerberosSettings | undefined;
  /** Undefined: HTTP in clear, with sealed messages. */
  readonly tls?: TlsConfig | undefined;
  /** With transport local-powershell the one that the bot runs as; with auth certificate whom the certificate names. Neither has a password. */
  readonly account: AccountConfig;
  /** Who may do what here, and when: key by key the server's own entry, a group's, or the general policy. */
  readonly policy: Policy;
}

/** Who publishes the Teams app in this tenant; Teams shows it before the app is added. Addresses are https. */
export interface DeveloperConfig {
  readonly name: string;
  readonly websiteUrl: string;
  readonly privacyUrl: string;
  readonly termsOfUseUrl: string;
}

/** What wsus-bot.yaml and the environment say, checked and with defaults filled in. */
export interface Config {
  readonly role: Role;
  readonly cloud: CloudName;
  /** Entra tenant id. Undefined: `serve` refuses to start. */
  readonly tenant: string | undefined;
  readonly bot: BotConfig;
  readonly servers: readonly ServerConfig[];
  readonly groups: readonly ServerGroup[];
  /** The general policy, for what concerns no single server. */
  readonly policy: Policy;
  /** Read a server by itself when a pasted log names it. */
  readonly autoCheck: boolean;
  readonly store: StoreConfig;
  /** Absolute path of the file that stops all changes while it is there. */
  readonly freezeFile: string;
  readonly activation: Activation;
  readonly audit: AuditConfig;
  /** For the app package only. */
  readonly developer?: DeveloperConfig;
}

export interface LoadOptions {
  /**
   * "ignore" leaves every password undefined, for commands that sign in nowhere; "store" all but that of the store.
   */
  readonly secrets?: 'read' | 'ignore' | 'store';
}

/**
 * Reads wsus-bot.yaml and takes the secrets from `env` (WSUS_BOT_APP_PASSWORD, WSUS_BOT_PASSWORD, WSUS_BOT_STORE_PASSWORD,
 * the same with _FILE, and what passwordFile and passwordEnv name). Throws a ConfigError that lists every problem with line and column.
 */
export function loadConfig(path: string, env: Environment, options: LoadOptions = {}): Config {
  const doing = `reading ${basename(path)}`;
  const wrong = (problems: readonly ConfigProblem[]) =>
    new ConfigError('config.wrong', { doing, file: path, problems: problems.toSorted(byPlace) });

  const document = parseConfigDocument(readConfigText(path, doing));
  if (document.problems.length > 0) throw wrong(document.problems);
  const parsed = configSchema.safeParse(document.data ?? {});
  if (!parsed.success) throw wrong(problemsOf(parsed.error.issues, document, configJsonSchema()));

  const entries = parsed.data;
  const folder = dirname(resolve(path));
  const problems: ConfigProblem[] = [];
  const { secrets: wanted = 'read' } = options;
  const secrets = { env: wanted === 'read' ? env : undefined, folder };
  const role = readRole(entries.role, env, problems);
  // A replica that reaches no server need not hold the passwords for them.
  const passwords = reachesServers(role) ? secrets : { env: undefined, folder };
  const report: Report = (path, text) => problems.push({ ...(path.length > 0 && document.at(path)), text });
  const servers = readServers(entries, document, passwords, report);
  const groups = readGroups(entries, document, report);
  reportTooFewApprovers(entries, report);
  const audit = readAudit(entries.audit, document, secrets, problems);
  const bot = readBot(entries, secrets, report);
  const stored = readStore(entries.store, wanted === 'ignore' ? undefined : env, folder);
  if ('problem' in stored) {
    problems.push({ ...(stored.isInFile && document.at(['store'])), ...stored.problem });
  }
  if (problems.length > 0 || 'problem' in stored) throw wrong(problems);

  return {
    role,
    cloud: entries.cloud,
    tenant: entries.tenant?.toLowerCase(),
    bot,
    servers,
    groups,
    policy: generalPolicy(entries),
    autoCheck: entries.autoCheck,
    store: stored.store,
    freezeFile: resolve(folder, entries.freezeFile),
    activation: entries.activation,
    audit,
    ...(entries.developer && { developer: entries.developer }),
  };
}

function readRole(entry: Role, env: Environment, problems: ConfigProblem[]): Role {
  const value = env.WSUS_BOT_ROLE;
  if (!value) return entry;
  const parsed = roleSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  problems.push({ text: `WSUS_BOT_ROLE is no role; expected: ${roles.join(', ')}` });
  return entry;
}

function byPlace(one: ConfigProblem, other: ConfigProblem): number {
  const last = Number.MAX_SAFE_INTEGER;
  return (one.line ?? last) - (other.line ?? last) || (one.column ?? last) - (other.column ?? last);
}
