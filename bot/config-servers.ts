import type { AccountConfig, ServerConfig } from './config.ts';
import type { ConfigDocument } from './config-document.ts';
import type { Report } from './config-groups.ts';
import { policyOf } from './config-policy.ts';
import type { AccountEntry, ConfigFile } from './config-schema.ts';
import {
  type Environment,
  type SecretAnswer,
  secretFromEnvironment,
  secretFromFile,
} from './config-secrets.ts';
import { processAccount } from './process-account.ts';
import { Secret } from './secret.ts';

export interface SecretSources {
  /** Undefined: no secret is read. */
  readonly env: Environment | undefined;
  /** Folder that passwordFile is relative to. */
  readonly folder: string;
}

/** The inventory with defaults filled in. Reports what the schema alone cannot see. */
export function readServers(
  entries: ConfigFile,
  document: ConfigDocument,
  secrets: SecretSources,
  report: Report,
): ServerConfig[] {
  reportDoubles(entries, document, report);
  const general = entries.account && readAccount(entries.account, ['account'], true, secrets, report);
  if (
    general !== undefined &&
    entries.transport === 'local-powershell' &&
    !entries.servers.some((server) => server.transport === 'winrm')
  )
    report(
      ['account'],
      'transport: local-powershell signs in as the account that the bot runs as; no server uses this one',
    );
  return entries.servers.flatMap((server, index) => {
    const path = ['servers', index];
    const transport = server.transport ?? entries.transport;
    if (transport === 'local-powershell' && server.account !== undefined)
      report(
        [...path, 'account'],
        'transport: local-powershell signs in as the account that the bot runs as; no other has a use here',
      );
    const own = server.account && readAccount(server.account, [...path, 'account'], false, secrets, report);
    const account = transport === 'local-powershell' ? processAccount() : (own ?? general);
    if (account === undefined) {
      report(
        path,
        `${server.name} has no account; give it one, or write a general "account" for all servers`,
      );
      return [];
    }
    return [
      {
        name: server.name,
        host: server.host ?? server.name,
        port: server.port,
        endpoint: server.endpoint ?? entries.endpoint,
        ...(transport === 'local-powershell' && { transport }),
        account,
        policy: policyOf(entries, server),
      },
    ];
  });
}

/** Two entries for one server would let two changes run on it at once. */
function reportDoubles(entries: ConfigFile, document: ConfigDocument, report: Report): void {
  const names = new Map<string, number>();
  const addresses = new Map<string, number>();
  for (const [index, server] of entries.servers.entries()) {
    const name = server.name.toLowerCase();
    const address = `${(server.host ?? server.name).toLowerCase()} port ${server.port}`;
    const sameName = names.get(name);
    const sameAddress = addresses.get(address);
    if (sameName !== undefined) {
      const { line } = document.at(['servers', sameName, 'name']);
      report(
        ['servers', index, 'name'],
        `the name ${server.name} is taken by line ${line}; case makes no difference`,
      );
    } else if (sameAddress !== undefined) {
      const { line } = document.at(['servers', sameAddress]);
      report(['servers', index], `${address} is the same machine as the entry of line ${line}`);
    }
    names.set(name, sameName ?? index);
    addresses.set(address, sameAddress ?? index);
  }
}

function readAccount(
  entry: AccountEntry,
  path: readonly PropertyKey[],
  isGeneral: boolean,
  secrets: SecretSources,
  report: Report,
): AccountConfig {
  const account = { domain: entry.domain, user: entry.user };
  if (entry.passwordFile !== undefined && entry.passwordEnv !== undefined) {
    report([...path, 'passwordEnv'], 'passwordFile and passwordEnv are both here; one of them is expected');
    return { ...account, password: undefined };
  }
  if (!isGeneral && entry.passwordFile === undefined && entry.passwordEnv === undefined) {
    report(
      path,
      'the account of a single server needs passwordFile or passwordEnv; WSUS_BOT_PASSWORD is for the general account',
    );
    return { ...account, password: undefined };
  }
  if (secrets.env === undefined) return { ...account, password: undefined };
  const answer = readSecret(entry, secrets.env, secrets.folder);
  if ('secret' in answer) return { ...account, password: answer.secret };
  report(entry.passwordFile === undefined ? path : [...path, 'passwordFile'], answer.problem);
  return { ...account, password: undefined };
}

function readSecret(entry: AccountEntry, env: Environment, folder: string): SecretAnswer {
  if (entry.passwordFile !== undefined) return secretFromFile(entry.passwordFile, folder);
  if (entry.passwordEnv === undefined) return secretFromEnvironment('WSUS_BOT_PASSWORD', env);
  const value = env[entry.passwordEnv];
  return { secret: value ? new Secret(value) : undefined };
}
