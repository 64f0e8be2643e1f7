import type { TlsSettings } from '../remote/winrm/tls/tls-settings.ts';
import type { ServerTarget, WinrmTarget } from '../remote/wsus-server.ts';
import type { ServerConfig } from './config.ts';
import type { TlsConfig } from './config-connection.ts';
import { ConfigError } from './config-error.ts';

/** Whether the account of a server is used with its password. */
export function needsPassword({ transport, auth, kerberos, tls }: ServerConfig): boolean {
  if (transport === 'local-powershell') return false;
  if (kerberos !== undefined) return kerberos.mayFallBackToNtlm;
  return auth !== 'certificate' || tls?.clientCertificate === undefined;
}

/** What a connection needs. Throws a ConfigError when no password is known for the account. */
export function serverTarget(server: ServerConfig): ServerTarget {
  const { name, host, port, endpoint, transport, auth, tls } = server;
  if (transport !== 'local-powershell') return winrmTarget(server);
  const kerberosOnly = auth === 'kerberos' && { auth };
  return { name, host, port, endpoint, transport, tls: tls !== undefined, ...kerberosOnly };
}

/** The same of a server that is reached from here. */
export function winrmTarget(server: ServerConfig): WinrmTarget {
  const { name, host, port, endpoint, auth, kerberos, tls } = server;
  const { domain, user, password } = server.account;
  if (needsPassword(server) && password === undefined) {
    throw new ConfigError('config.password-missing', {
      doing: `signing in to ${name}`,
      file: 'wsus-bot.yaml',
    });
  }
  return {
    name,
    host,
    port,
    endpoint,
    ...(auth && { auth }),
    ...(kerberos && { kerberos }),
    ...(tls && { tls: tlsSettings(tls) }),
    account: { domain, user, password: password?.reveal() ?? '' },
  };
}

/** What TLS needs, its key no longer hidden. */
export function tlsSettings({ trust, clientCertificate }: TlsConfig): TlsSettings {
  if (clientCertificate === undefined) return { trust };
  const { certificate, key } = clientCertificate;
  return { trust, clientCertificate: { certificate, key: key.reveal() } };
}
