import { createHash } from 'node:crypto';
import { copyFile, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ProtocolError } from '../../protocol-error.ts';
import { RemoteError } from '../../remote-error.ts';
import { type CredentialCache, decodeCredentialCache, findCredential } from './credential-cache.ts';
import type { KeytabAccount, ServiceClass } from './kerberos-settings.ts';
import type { RunProgram } from './run-program.ts';
import { type ServiceTicket, serviceTicketOf } from './service-ticket.ts';
import { ticketRefusal } from './ticket-refusal.ts';

export interface ServiceName {
  readonly service: ServiceClass;
  /** The server's DNS name. */
  readonly host: string;
}

/** Tickets of one account. */
export interface TicketSupply {
  /** One that lasts for a while. @throws RemoteError, always with outcome not-sent */
  ticketFor(name: ServiceName, doing: string): Promise<ServiceTicket>;
  /** One in the place of this one, which a server refused: from a new sign-in to the domain. @throws RemoteError */
  renew(refused: ServiceTicket, name: ServiceName, doing: string): Promise<ServiceTicket>;
}

export interface TicketSupplyOptions extends KeytabAccount {
  /** Of the bot alone, mode 0700, with krb5.conf in it: session keys lie here. */
  readonly folder: string;
  readonly run: RunProgram;
  /** For the programs: PATH, KRB5_CONFIG. */
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const margin = 15 * 60_000;
/** A domain controller answers within a second or two; beside a silent one kinit goes on for half a minute. */
const programTimeout = 20_000;
/** A domain counts each attempt with a wrong key and locks the account: the same keytab is not tried again so soon. */
const pauseAfterWrongKey = 10 * 60_000;

/**
 * Tickets by way of `kinit` and `kvno`. One ticket-granting ticket for all servers; each service ticket is fetched into
 * a copy of its cache, read and kept in memory. However many ask at once, each is fetched once.
 */
export class KeytabTicketSupply implements TicketSupply {
  readonly #options: TicketSupplyOptions;
  readonly #grantingFile: string;
  readonly #tickets = new Map<string, ServiceTicket>();
  readonly #underWay = new Map<string, Promise<ServiceTicket>>();
  #granting: Pick<ServiceTicket, 'startTime' | 'endTime'> | undefined;
  #signingIn: Promise<void> | undefined;
  #wrongKey: { readonly error: RemoteError; readonly until: number; readonly keytab: string } | undefined;
  #files = 0;

  constructor(options: TicketSupplyOptions) {
    this.#options = options;
    const { keytab, principal } = options;
    const id = createHash('sha256').update(`${principal}\n${keytab}`).digest('hex').slice(0, 16);
    this.#grantingFile = join(options.folder, `granting-${id}`);
  }

  ticketFor(name: ServiceName, doing: string): Promise<ServiceTicket> {
    const key = serviceText(name);
    const kept = this.#tickets.get(key);
    if (kept !== undefined && this.#lasts(kept)) return Promise.resolve(kept);
    const begun = this.#underWay.get(key);
    if (begun !== undefined) return begun;
    const fetching = this.#fetch(name, doing).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, fetching);
    return fetching;
  }

  renew(refused: ServiceTicket, name: ServiceName, doing: string): Promise<ServiceTicket> {
    const key = serviceText(name);
    if (this.#tickets.get(key) === refused) {
      this.#tickets.delete(key);
      this.#granting = undefined;
    }
    return this.ticketFor(name, doing);
  }

  async #fetch(name: ServiceName, doing: string): Promise<ServiceTicket> {
    if (this.#granting === undefined || !this.#lasts(this.#granting)) {
      this.#signingIn ??= this.#signIn(doing).finally(() => {
        this.#signingIn = undefined;
      });
      await this.#signingIn.catch((error: unknown) => {
        throw error instanceof RemoteError ? sameError(error, doing) : error;
      });
    }
    this.#files += 1;
    const file = `${this.#grantingFile}-${this.#files}`;
    try {
      await copyFile(this.#grantingFile, file).catch((cause: unknown) => {
        this.#granting = undefined;
        throw noTicket(doing, 'its credential cache is gone', cause);
      });
      await this.#runKvno(`FILE:${file}`, name, doing);
      const ticket = await readTicket(file, name, doing);
      this.#tickets.set(serviceText(name), ticket);
      return ticket;
    } finally {
      await rm(file, { force: true });
    }
  }

  async #signIn(doing: string): Promise<void> {
    const { keytab, principal, now } = this.#options;
    const state = await keytabState(keytab);
    const held = this.#wrongKey;
    if (held !== undefined && now() < held.until && held.keytab === state) throw held.error;
    const file = `FILE:${this.#grantingFile}`;
    try {
      await this.#runProgram('kinit', ['-k', '-t', keytab, '-c', file, principal], doing);
    } catch (error) {
      if (error instanceof RemoteError && error.code === 'remote.kerberos-key') {
        this.#wrongKey = { error, until: now() + pauseAfterWrongKey, keytab: state };
      }
      throw error;
    }
    const cache = await readCache(this.#grantingFile, doing);
    const [credential] = cache.credentials;
    if (credential === undefined) throw noTicket(doing, 'kinit left no ticket');
    const { clockOffset } = cache;
    this.#granting = {
      startTime: credential.startTime * 1000 - clockOffset,
      endTime: credential.endTime * 1000 - clockOffset,
    };
  }

  async #runProgram(program: string, parameters: readonly string[], doing: string): Promise<void> {
    const { run, env } = this.#options;
    // The texts are read, so they must be those of no language.
    const end = await run(program, parameters, { env: { ...env, LC_ALL: 'C' }, timeout: programTimeout });
    if (end.status !== 0) throw ticketRefusal(program, end, doing);
  }

  /** In the domain of the account, and then, without a domain, wherever its referrals lead: along the trusts. */
  async #runKvno(cache: string, name: ServiceName, doing: string): Promise<void> {
    const options = ['-q', '-c', cache];
    try {
      await this.#runProgram('kvno', [...options, this.#nameInRealm(name)], doing);
    } catch (error) {
      if (!(error instanceof RemoteError && error.code === 'remote.kerberos-spn')) throw error;
      await this.#runProgram('kvno', [...options, '-S', name.service, name.host.toLowerCase()], doing);
    }
  }

  #nameInRealm(name: ServiceName): string {
    const { principal } = this.#options;
    return `${serviceText(name)}@${principal.slice(principal.lastIndexOf('@') + 1)}`;
  }

  /** Where a domain grants short lives only, the margin is a part of them. */
  #lasts({ startTime, endTime }: Pick<ServiceTicket, 'startTime' | 'endTime'>): boolean {
    return endTime - this.#options.now() > Math.min(margin, (endTime - startTime) / 4);
  }
}

const serviceText = ({ service, host }: ServiceName): string => `${service}/${host.toLowerCase()}`;

/** Changes when somebody puts another keytab there. */
async function keytabState(keytab: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(keytab);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    // kinit says what is wrong with it.
    return '';
  }
}

async function readCache(file: string, doing: string): Promise<CredentialCache> {
  try {
    return decodeCredentialCache(await readFile(file));
  } catch (cause) {
    if (cause instanceof ProtocolError || isSystemError(cause)) {
      throw noTicket(doing, 'its credential cache cannot be read', cause);
    }
    throw cause;
  }
}

async function readTicket(
  file: string,
  { service, host }: ServiceName,
  doing: string,
): Promise<ServiceTicket> {
  const cache = await readCache(file, doing);
  const credential = findCredential(cache, service, host);
  if (credential === undefined) throw noTicket(doing, 'kvno left no ticket');
  try {
    return serviceTicketOf(credential, cache);
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause;
    const { enctype } = credential;
    const detail = `encryption type ${enctype}`;
    throw new RemoteError('remote.kerberos-enctype', { doing, detail, outcome: 'not-sent', cause });
  }
}

/** Servers that waited for one sign-in to the domain have its error, each in its own words. */
const sameError = ({ code, detail, serverText, cause }: RemoteError, doing: string) =>
  new RemoteError(code, {
    doing,
    ...(detail !== undefined && { detail }),
    ...(serverText !== undefined && { serverText }),
    outcome: 'not-sent',
    cause,
  });

const noTicket = (doing: string, detail: string, cause?: unknown) =>
  new RemoteError('remote.kerberos-no-ticket', { doing, detail, outcome: 'not-sent', cause });

const isSystemError = (error: unknown): boolean => error instanceof Error && 'syscall' in error;
