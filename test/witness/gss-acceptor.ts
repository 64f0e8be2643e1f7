import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { python } from './why-no-witness.ts';

const program = fileURLToPath(new URL('gss_acceptor.py', import.meta.url));

export interface AcceptorSettings {
  readonly mechanism: 'kerberos' | 'ntlm';
  /** What a 401 offers. */
  readonly schemes?: readonly ('Negotiate' | 'Kerberos')[];
  /** Files; in TLS messages come unsealed. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** Hex: the certificate's hash that it expects sign-ins to be tied to. */
  readonly bindingHash?: string;
  /** Whether it refuses a sign-in that is tied to nothing, as CbtHardeningLevel Strict does. MIT by itself takes it. */
  readonly strict?: boolean;
  /** The HTTPS port on localhost to which it hands on what it opened, in the place of an echo, and how it signs in there. */
  readonly forward?: { readonly port: number; readonly authority: string; readonly authorization: string };
  /** KRB5_CONFIG, KRB5_KTNAME, NTLM_USER_FILE. */
  readonly env: Readonly<Record<string, string>>;
}

export interface GssAcceptor {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts gss_acceptor.py. */
export async function startGssAcceptor(settings: AcceptorSettings): Promise<GssAcceptor> {
  const { env, schemes = ['Negotiate'], ...rest } = settings;
  const child = spawn(python, [program, JSON.stringify({ schemes, ...rest })], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  const port = Number(String(line).trim());
  if (!Number.isInteger(port) || child.exitCode !== null) throw new Error('starting the GSS acceptor');
  return {
    port,
    close: async () => {
      if (child.exitCode !== null) return;
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}
