import { resolve } from 'node:path';
import type { KerberosSettings, KeytabAccount } from '../remote/winrm/kerberos/kerberos-settings.ts';
import type { ServerTrust } from '../remote/winrm/tls/tls-settings.ts';
import type { SignIn } from '../remote/wsus-server.ts';
import type { Report } from './config-groups.ts';
import { readKerberos, reportKerberosKeys, signInOf } from './config-kerberos.ts';
import { readAuthorities, readClientCertificate } from './config-pem.ts';
import type { ConfigFile, ServerEntry } from './config-schema.ts';
import type { SecretSources } from './config-servers.ts';
import type { Secret } from './secret.ts';

/** HTTPS to a server. */
export interface TlsConfig {
  readonly trust: ServerTrust;
  readonly clientCertificate:
    | {
        readonly certificate: string;
        readonly key: Secret;
        /** Whom it names. */
        readonly subject: string;
      }
    | undefined;
}

/** How a server is reached, and how the bot signs in there. */
export interface ConnectionConfig {
  readonly port: number;
  readonly auth: SignIn;
  /** With auth kerberos. */
  readonly kerberos?: KerberosSettings;
  readonly tls: TlsConfig | undefined;
}

const httpPort = 5985;
const httpsPort = 5986;

export function portOf(general: ConfigFile, server: ServerEntry): number {
  return server.port ?? ((server.tls ?? general.tls) ? httpsPort : httpPort);
}

/** Key by key the server's own, else the general one. Reports what does not go together, and files that cannot be used. */
export function readConnection(
  general: ConfigFile,
  server: ServerEntry,
  keytab: KeytabAccount | undefined,
  path: readonly PropertyKey[],
  secrets: SecretSources,
  report: Report,
): ConnectionConfig {
  const isSecure = server.tls ?? general.tls;
  const auth = signInOf(server.auth ?? general.auth, keytab);
  reportWrongMix(general, server, { isSecure, auth }, path, report);
  const kerberos = auth === 'kerberos' && readKerberos(general, server, keytab, path, report);
  if (auth !== 'kerberos') reportKerberosKeys(server, path, report);
  return {
    port: portOf(general, server),
    auth,
    ...(kerberos && { kerberos }),
    tls: isSecure ? readTls(general, server, auth, path, secrets, report) : undefined,
  };
}

function reportWrongMix(
  general: ConfigFile,
  server: ServerEntry,
  { isSecure, auth }: { readonly isSecure: boolean; readonly auth: SignIn },
  path: readonly PropertyKey[],
  report: Report,
): void {
  const at = (key: string) => (key in server ? [...path, key] : path);
  if (!isSecure) {
    if (auth === 'basic')
      report(at('auth'), 'auth: basic sends the password itself, readable in HTTP; it needs tls: true');
    if (auth === 'certificate') report(at('auth'), 'auth: certificate is a part of TLS; it needs tls: true');
    for (const key of ['ca', 'pin', 'clientCertificate'] as const) {
      const isNamedAbove = key === 'clientCertificate' && auth === 'certificate';
      if (server[key] !== undefined && !isNamedAbove)
        report([...path, key], `${key} has no use without tls: true`);
    }
  }
  if (server.ca !== undefined && server.pin !== undefined)
    report([...path, 'pin'], 'ca and pin are both here; one of them is expected');
  if (auth === 'certificate' && (server.clientCertificate ?? general.clientCertificate) === undefined)
    report(at('auth'), 'auth: certificate needs clientCertificate');
  if (auth !== 'certificate' && server.clientCertificate !== undefined && isSecure)
    report([...path, 'clientCertificate'], 'clientCertificate has no use without auth: certificate');
}

function readTls(
  general: ConfigFile,
  server: ServerEntry,
  auth: SignIn,
  path: readonly PropertyKey[],
  { env, folder }: SecretSources,
  report: Report,
): TlsConfig {
  // What reads no secrets reaches no server, so it need not have these files: nobody is trusted, then.
  const readPem = <T>(
    own: boolean,
    key: string,
    read: () => { readonly value: T } | { readonly problem: string },
  ) => {
    if (env === undefined) return undefined;
    const answer = read();
    if ('value' in answer) return answer.value;
    report(own ? [...path, key] : [key], answer.problem);
    return undefined;
  };
  const ca = server.ca ?? general.ca;
  const authorities = (file: string) =>
    readPem(server.ca !== undefined, 'ca', () => readAuthorities(resolve(folder, file))) ?? '';
  const trust: ServerTrust =
    server.pin === undefined
      ? { kind: 'authorities', pem: ca === undefined ? undefined : authorities(ca) }
      : { kind: 'pin', sha256: server.pin.replaceAll(':', '').toLowerCase() };
  const files = auth === 'certificate' ? (server.clientCertificate ?? general.clientCertificate) : undefined;
  const clientCertificate =
    files &&
    readPem(server.clientCertificate !== undefined, 'clientCertificate', () =>
      readClientCertificate(resolve(folder, files.certificate), resolve(folder, files.key)),
    );
  return { trust, clientCertificate };
}
