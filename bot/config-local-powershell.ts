import type { ServerConfig } from './config.ts';
import { portOf } from './config-connection.ts';
import type { Report } from './config-groups.ts';
import type { ConfigFile, ServerEntry } from './config-schema.ts';
import { processAccount } from './process-account.ts';

export const ownAccount = 'transport: local-powershell signs in as the account that the bot runs as';

/** auto leaves it to Windows, which prefers Kerberos. */
const isWindowsOwn = (auth: ServerEntry['auth']): boolean => auth === 'auto' || auth === 'kerberos';

/** How a server is reached by the PowerShell of this machine. Reports keys of its own that are Windows' affair there. */
export function readLocalServer(
  general: ConfigFile,
  server: ServerEntry,
  path: readonly PropertyKey[],
  report: Report,
): Pick<ServerConfig, 'port' | 'transport' | 'auth' | 'tls' | 'account'> {
  if (server.account !== undefined) report([...path, 'account'], `${ownAccount}; no other has a use here`);
  for (const key of ['auth', 'spn', 'fallback', 'ca', 'pin', 'clientCertificate'] as const) {
    if (server[key] !== undefined && !(key === 'auth' && isWindowsOwn(server.auth)))
      report(
        [...path, key],
        `${key} has no use with transport: local-powershell; Windows decides whom it trusts and how it signs in`,
      );
  }
  return {
    port: portOf(general, server),
    transport: 'local-powershell',
    ...((server.auth ?? general.auth) === 'kerberos' && { auth: 'kerberos' }),
    ...((server.tls ?? general.tls) && {
      tls: { trust: { kind: 'authorities', pem: undefined }, clientCertificate: undefined },
    }),
    account: processAccount(),
  };
}
