import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ownSettings } from '../../remote/winrm/kerberos/process-tickets.ts';
import { runProgram } from '../../remote/winrm/kerberos/run-program.ts';
import { KeytabTicketSupply, type TicketSupplyOptions } from '../../remote/winrm/kerberos/ticket-supply.ts';

const run = promisify(execFile);

export const realmName = 'WITNESS.TEST';
/** Another one, which the first may trust. */
const branchName = 'BRANCH.TEST';

/** A Kerberos realm of MIT's on loopback: its own database, configuration and port, in a folder of its own. */
export interface LoopbackRealm {
  readonly folder: string;
  /** For MIT's programs and libraries: this realm and no other. */
  readonly env: Readonly<Record<string, string>>;
  /** Keytab of the services, for an acceptor. */
  readonly serviceKeytab: string;
  readonly botKeytab: string;
  /** Lines for kadmin.local. */
  administer(...lines: readonly string[]): Promise<string>;
  /** A supply of tickets of the account bot, each with caches of its own. */
  tickets(options?: Partial<TicketSupplyOptions>): KeytabTicketSupply;
  /** Stops the KDC, which then no longer answers. */
  stop(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** Names of services with a key in the acceptor's keytab. */
export const services = {
  /** Session keys of enctype 18 and 17. */
  aes256: 'wsus01.witness.test',
  aes128: 'wsus17.witness.test',
  /** With a name that leads to this machine. */
  here: 'localhost',
  /** In the realm that the first one trusts. */
  branch: 'wsus01.branch.test',
  /** The domain has another key for it than the server: its name belongs to another account. */
  stolen: 'stolen.witness.test',
} as const;

interface RealmSettings {
  /** A second realm at the same KDC, with a server in it; the first one trusts it and refers to it. */
  readonly withBranch?: boolean;
}

/** Starts one. The caller removes it. */
export async function startLoopbackRealm({ withBranch = false }: RealmSettings = {}): Promise<LoopbackRealm> {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-realm-'));
  const at = (name: string) => join(folder, name);
  const port = await freePort();
  writeFileSync(at('krb5.conf'), clientConfiguration(port));
  writeFileSync(at('bot.conf'), ownSettings);
  writeFileSync(at('kdc.conf'), kdcConfiguration(port, folder));
  const env = {
    PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    KRB5_CONFIG: at('krb5.conf'),
    KRB5_KDC_PROFILE: at('kdc.conf'),
    KRB5RCACHENAME: `file2:${at('replay-cache')}`,
  };
  const administerIn = async (realm: string, lines: readonly string[]) => {
    const child = spawn('kadmin.local', ['-r', realm], { env, stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
    child.stdin.end(`${lines.join('\n')}\n`);
    await once(child, 'close');
    return said;
  };
  const administer = (...lines: readonly string[]) => administerIn(realmName, lines);
  const realms = withBranch ? [realmName, branchName] : [realmName];
  for (const realm of realms) {
    await run('kdb5_util', ['create', '-s', '-r', realm, '-P', 'of the tests'], { env });
  }
  const [serviceKeytab, botKeytab] = [at('services.keytab'), at('bot.keytab')];
  await administer(
    ...['HTTP', 'WSMAN'].flatMap((service) =>
      [services.aes256, services.here].map((host) => `addprinc -randkey ${service}/${host}`),
    ),
    `addprinc -randkey HTTP/${services.aes128}`,
    `setstr HTTP/${services.aes128} session_enctypes aes128-cts-hmac-sha1-96`,
    `addprinc -randkey HTTP/${services.stolen}`,
    'addprinc -randkey +requires_preauth bot',
    `ktadd -k ${serviceKeytab} HTTP/${services.aes256} WSMAN/${services.aes256} HTTP/${services.aes128} HTTP/${services.here} WSMAN/${services.here} HTTP/${services.stolen}`,
    `ktadd -k ${botKeytab} bot`,
    // Another key with the same number, so that only the key itself is wrong.
    `delprinc -force HTTP/${services.stolen}`,
    `addprinc -randkey HTTP/${services.stolen}`,
    `cpw -randkey HTTP/${services.stolen}`,
  );
  if (withBranch) {
    const trust = `addprinc -pw trust krbtgt/${branchName}@${realmName}`;
    const service = `HTTP/${services.branch}`;
    await administer(trust);
    await administerIn(branchName, [
      trust,
      `addprinc -randkey ${service}`,
      `ktadd -k ${serviceKeytab} ${service}`,
    ]);
  }
  // Only the KDC knows what is in which realm, as with a domain controller.
  writeFileSync(at('domains.conf'), `[domain_realm]\n  .${branchName.toLowerCase()} = ${branchName}\n`);
  const kdcEnv = { ...env, KRB5_CONFIG: `${at('domains.conf')}:${env.KRB5_CONFIG}` };
  let kdc: ChildProcess | undefined;
  const start = async () => {
    const started = spawn('krb5kdc', ['-n', ...realms.flatMap((realm) => ['-r', realm])], {
      env: kdcEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    kdc = started;
    // Its first words come when it listens.
    await Promise.race([once(started.stdout, 'data'), once(started.stderr, 'data'), once(started, 'exit')]);
    if (started.exitCode !== null) throw new Error('starting krb5kdc: it ended at once');
  };
  const stop = async () => {
    const running = kdc;
    kdc = undefined;
    if (running === undefined || running.exitCode !== null) return;
    running.kill('SIGTERM');
    await once(running, 'exit');
  };
  // A test that is broken off must not leave a KDC behind.
  const abandon = () => kdc?.kill('SIGKILL');
  const breakOff = () => process.exit(1);
  process.once('exit', abandon);
  process.once('SIGTERM', breakOff);
  await start();
  let supplies = 0;
  return {
    folder,
    env,
    serviceKeytab,
    botKeytab,
    administer,
    tickets(options) {
      const own = mkdtempSync(at(`supply-${++supplies}-`));
      chmodSync(own, 0o700);
      return new KeytabTicketSupply({
        keytab: botKeytab,
        principal: `bot@${realmName}`,
        folder: own,
        run: runProgram,
        env: { PATH: env.PATH, KRB5_CONFIG: `${at('bot.conf')}:${env.KRB5_CONFIG}` },
        now: Date.now,
        ...options,
      });
    },
    start,
    stop,
    remove: async () => {
      process.off('exit', abandon);
      process.off('SIGTERM', breakOff);
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** From the range that systems give out: a port below it may be one that another test needs to be closed. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

const clientConfiguration = (port: number) => `[libdefaults]
  default_realm = ${realmName}
  dns_lookup_kdc = false
  dns_lookup_realm = false
  dns_canonicalize_hostname = false
  rdns = false
  udp_preference_limit = 1
[realms]
  ${realmName} = {
    kdc = 127.0.0.1:${port}
  }
  ${branchName} = {
    kdc = 127.0.0.1:${port}
  }
  CLOSED.TEST = {
    kdc = 127.0.0.1:1
  }
`;

const kdcConfiguration = (port: number, folder: string) => `[kdcdefaults]
  kdc_listen = 127.0.0.1:${port}
  kdc_tcp_listen = 127.0.0.1:${port}
[realms]
${[realmName, branchName].map((realm) => realmStorage(realm, folder)).join('')}`;

const realmStorage = (realm: string, folder: string) => `  ${realm} = {
    database_name = ${folder}/${realm}
    key_stash_file = ${folder}/stash-${realm}
    acl_file = ${folder}/acl
    max_life = 10h
    supported_enctypes = aes256-cts-hmac-sha1-96:normal aes128-cts-hmac-sha1-96:normal
  }
`;
