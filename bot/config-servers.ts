import type { AccountConfig, ServerConfig } from './config.ts';
import { type ConnectionConfig, portOf, readConnection } from './config-connection.ts';
import type { ConfigDocument } from './config-document.ts';
import type { Report } from './config-groups.ts';
import { readKeytab } from './config-kerberos.ts';
import { ownAccount, readLocalServer } from './config-local-powershell.ts';
import { policyOf } from './config-policy.ts';
import { type AccountEntry, type ConfigFile, type ServerEntry, userExpected } from './config-schema.ts';
import {
  type Environment,
  type SecretAnswer,
  secretFromEnvironment,
  secretFromFile,
} from './config-secrets.ts';
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
  const isNobodyReachedFromHere =
    entries.servers.length > 0 && !entries.servers.some((server) => isReachedFromHere(entries, server));
  if (general !== undefined && isNobodyReachedFromHere)
    report(['account'], `${ownAccount}; no server uses this one`);
  return entries.servers.flatMap((server, index) => {
    const path = ['servers', index];
    if (!isReachedFromHere(entries, server))
      return [{ ...placeOf(entries, server), ...readLocalServer(entries, server, path, report) }];
    const own = server.account && readAccount(server.account, [...path, 'account'], false, secrets, report);
    const { keytab } = own ?? general ?? {};
    const connection = readConnection(entries, server, keytab, path, secrets, report);
    const account = connection.auth === 'certificate' ? certified(connection) : (own ?? general);
    if (account === undefined) {
      report(
        path,
        `${server.name} has no account; give it one, or write a general "account" for all servers`,
      );
      return [];
    }
    if (connection.auth === 'basic' && connection.tls !== undefined && account.domain !== '') {
      report(
        path,
        `auth: basic is for an account of ${server.name} itself; leave the domain of its account empty`,
      );
    }
    return [
      {
        ...placeOf(entries, server),
        ...connection,
        account,
      },
    ];
  });
}

const isReachedFromHere = (general: ConfigFile, { transport }: ServerEntry): boolean =>
  (transport ?? general.transport) === 'winrm';

const placeOf = (general: ConfigFile, server: ServerEntry) => ({
  name: server.name,
  host: server.host ?? server.name,
  endpoint: server.endpoint ?? general.endpoint,
  policy: policyOf(general, server),
});

/** Who signs in with a certificate: whom it names. The server maps it to one of its accounts. */
function certified({ tls }: ConnectionConfig): AccountConfig {
  return {
    domain: '',
    user: tls?.clientCertificate?.subject ?? 'the client certificate',
    password: undefined,
  };
}

/** Two entries for one server would let two changes run on it at once. */
function reportDoubles(entries: ConfigFile, document: ConfigDocument, report: Report): void {
  const names = new Map<string, number>();
  const addresses = new Map<string, number>();
  for (const [index, server] of entries.servers.entries()) {
    const name = server.name.toLowerCase();
    const address = `${(server.host ?? server.name).toLowerCase()} port ${portOf(entries, server)}`;
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
  const keytab = readKeytab(entry, path, secrets.folder, report);
  const user = entry.user ?? entry.principal;
  if (user === undefined) report(path, `user is missing; expected: ${userExpected}`);
  const account = { domain: entry.domain, user: user ?? '', ...(keytab && { keytab }) };
  if (entry.passwordFile !== undefined && entry.passwordEnv !== undefined) {
    report([...path, 'passwordEnv'], 'passwordFile and passwordEnv are both here; one of them is expected');
    return { ...account, password: undefined };
  }
  const namesNone = entry.passwordFile === undefined && entry.passwordEnv === undefined;
  if (!isGeneral && keytab === undefined && namesNone) {
    report(
      path,
      'the account of a single server needs passwordFile or passwordEnv; WSUS_BOT_PASSWORD is for the general account',
    );
    return { ...account, password: undefined };
  }
  if (secrets.env === undefined || (!isGeneral && namesNone)) return { ...account, password: undefined };
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
