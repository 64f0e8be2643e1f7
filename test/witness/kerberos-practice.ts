import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PracticeServerSpec, practiceServers } from '../../remote/practice/practice-servers.ts';
import {
  type StartedPracticeServer,
  startPracticeServers,
} from '../../remote/practice/start-practice-servers.ts';
import { selfSignedCertificate } from '../kit/self-signed-certificate.ts';
import { type AcceptorSettings, startGssAcceptor } from './gss-acceptor.ts';
import type { LoopbackRealm } from './loopback-realm.ts';

export interface KerberosPracticeSettings extends Pick<AcceptorSettings, 'schemes'> {
  /** The one whose limit is too low unless given. */
  readonly spec?: PracticeServerSpec;
  /** HTTPS; a sign-in must be tied to this listener's certificate, or, as behind a proxy that opens TLS, to another one. */
  readonly tls?: 'strict' | 'another-certificate';
}

/** A practice server that takes Kerberos alone, judged by MIT's library. The caller closes it. */
export interface KerberosPractice {
  /** On `localhost`, which has a name in the realm. */
  readonly port: number;
  /** PEM, for localhost, signed with its own key. */
  readonly certificate: string;
  /** Hex. */
  readonly sha256: string;
  /** The one behind: its disk, its counts, its misdeeds. */
  readonly server: StartedPracticeServer;
  close(): Promise<void>;
}

/** MIT's acceptor before a practice server: it signs in, opens and seals; what it opened goes on as the practice account, over HTTPS. */
export async function startKerberosPractice(
  realm: LoopbackRealm,
  { spec = practiceServers[0], tls, schemes }: KerberosPracticeSettings = {},
): Promise<KerberosPractice> {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-kerberos-practice-'));
  const fileWith = (file: string, content: string) => {
    const path = join(folder, file);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  const { cert, key } = selfSignedCertificate(['localhost']);
  if (spec === undefined) throw new Error('starting a practice server: there is none');
  const practice = await startPracticeServers({
    specs: [spec],
    tls: { certificate: cert, key, basic: true },
  });
  const server = practice.server(spec.name);
  const { user, password } = server.target.account;
  const sha256 = sha256Of(cert);
  const bound = {
    strict: sha256,
    'another-certificate': sha256Of(selfSignedCertificate(['localhost']).cert),
  };
  const certificate = fileWith('certificate.pem', cert);
  const acceptor = await startGssAcceptor({
    mechanism: 'kerberos',
    ...(schemes && { schemes }),
    ...(tls && {
      tls: { certificate, key: fileWith('key.pem', key) },
      bindingHash: bound[tls],
      strict: true,
    }),
    forward: {
      port: server.target.port,
      authority: certificate,
      authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    },
    env: { ...realm.env, KRB5_KTNAME: realm.serviceKeytab },
  });
  return {
    port: acceptor.port,
    certificate: cert,
    sha256,
    server,
    close: async () => {
      await acceptor.close();
      await practice.close();
      rmSync(folder, { recursive: true });
    },
  };
}

const sha256Of = (pem: string) => createHash('sha256').update(new X509Certificate(pem).raw).digest('hex');
