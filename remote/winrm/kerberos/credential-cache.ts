import { ProtocolError } from '../../protocol-error.ts';

export interface Principal {
  /** Name type of RFC 4120, 6.2: 1 for a person or a service written out. */
  readonly type: number;
  readonly realm: string;
  readonly components: readonly string[];
}

export interface Credential {
  readonly client: Principal;
  readonly server: Principal;
  readonly enctype: number;
  readonly sessionKey: Buffer;
  /** Seconds since 1970 by the clock of the KDC. */
  readonly startTime: number;
  readonly endTime: number;
  /** DER, to be sent as it is. */
  readonly ticket: Buffer;
}

export interface CredentialCache {
  readonly principal: Principal;
  /** Clock of the KDC minus clock of this machine when the cache was made, milliseconds. */
  readonly clockOffset: number;
  readonly credentials: readonly Credential[];
}

const doing = 'reading a Kerberos credential cache';
const malformed = (detail: string) => new ProtocolError('protocol.malformed', doing, detail);
const clockOffsetTag = 1;
/** Realm of entries that hold settings and no ticket. */
const settingsRealm = 'X-CACHECONF:';

/** Reads a cache of type FILE, format version 4, as MIT and Heimdal write it. @throws ProtocolError */
export function decodeCredentialCache(bytes: Buffer): CredentialCache {
  const reader = new CacheReader(bytes);
  if (reader.u16() !== 0x0504) {
    throw new ProtocolError('protocol.unsupported', doing, 'not a FILE cache of version 4');
  }
  const clockOffset = readClockOffset(reader.take(reader.u16()));
  const principal = readPrincipal(reader);
  const credentials: Credential[] = [];
  while (!reader.done) {
    const credential = readCredential(reader);
    if (credential.server.realm !== settingsRealm) credentials.push(credential);
  }
  return { principal, clockOffset, credentials };
}

/**
 * The credential for this service and host that lasts longest, or undefined. Neither case nor realm count: where the
 * realm of a host is not configured, MIT stores it empty.
 */
export function findCredential(
  cache: CredentialCache,
  service: string,
  host: string,
): Credential | undefined {
  const wanted = `${service}/${host}`.toLowerCase();
  return cache.credentials
    .filter(({ server }) => server.components.join('/').toLowerCase() === wanted)
    .reduce<Credential | undefined>(
      (best, one) => (best !== undefined && best.endTime >= one.endTime ? best : one),
      undefined,
    );
}

function readClockOffset(header: Buffer): number {
  const reader = new CacheReader(header);
  let offset = 0;
  while (!reader.done) {
    const tag = reader.u16();
    const value = reader.take(reader.u16());
    if (tag === clockOffsetTag && value.length === 8) {
      offset = value.readInt32BE(0) * 1000 + Math.trunc(value.readInt32BE(4) / 1000);
    }
  }
  return offset;
}

function readPrincipal(reader: CacheReader): Principal {
  const type = reader.u32();
  const count = reader.u32();
  const realm = reader.text();
  return { type, realm, components: reader.list(count, () => reader.text()) };
}

function readCredential(reader: CacheReader): Credential {
  const client = readPrincipal(reader);
  const server = readPrincipal(reader);
  const enctype = reader.u16();
  const sessionKey = reader.data();
  const [authTime, startTime, endTime] = [reader.u32(), reader.u32(), reader.u32()];
  // Renew-till, whether the ticket is sealed with a session key, flags.
  reader.take(4 + 1 + 4);
  // Addresses, then authorization data.
  for (let list = 0; list < 2; list += 1) {
    reader.list(reader.u32(), () => {
      reader.u16();
      return reader.data();
    });
  }
  const ticket = reader.data();
  // Second ticket.
  reader.data();
  return { client, server, enctype, sessionKey, startTime: startTime || authTime, endTime, ticket };
}

class CacheReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  take(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) throw malformed('cut off');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  u16(): number {
    return this.take(2).readUInt16BE();
  }

  u32(): number {
    return this.take(4).readUInt32BE();
  }

  data(): Buffer {
    return this.take(this.u32());
  }

  text(): string {
    return this.data().toString('utf8');
  }

  /** However large the count: each entry takes bytes, and the first that is missing ends it. */
  list<T>(count: number, read: () => T): T[] {
    const entries: T[] = [];
    for (let index = 0; index < count; index += 1) entries.push(read());
    return entries;
  }
}
