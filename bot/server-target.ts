import type { ServerTarget } from '../remote/wsus-server.ts';
import type { ServerConfig } from './config.ts';
import { ConfigError } from './config-error.ts';

/** What a connection needs. Throws a ConfigError when no password is known for the account. */
export function serverTarget(server: ServerConfig): ServerTarget {
  const { name, host, port, endpoint } = server;
  if (server.transport === 'local-powershell')
    return { name, host, port, endpoint, transport: server.transport, tls: false };
  const { domain, user, password } = server.account;
  if (password === undefined) {
    throw new ConfigError('config.password-missing', {
      doing: `signing in to ${server.name}`,
      file: 'wsus-bot.yaml',
    });
  }
  return { name, host, port, endpoint, account: { domain, user, password: password.reveal() } };
}
