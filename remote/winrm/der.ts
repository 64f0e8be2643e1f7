import { ProtocolError } from '../protocol-error.ts';

/** Tags of the universal types that Kerberos, SPNEGO and certificates use (X.690). */
export const derTags = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  enumerated: 0x0a,
  generalizedTime: 0x18,
  generalString: 0x1b,
  sequence: 0x30,
} as const;

/** Tag of `[APPLICATION n]`, constructed. */
export const applicationTag = (number: number): number => 0x60 + number;

const contextTag = (number: number): number => 0xa0 + number;

/** One element: tag, length, contents. */
export function encodeDer(tag: number, ...contents: readonly Buffer[]): Buffer {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([tag]), encodeLength(length), ...contents]);
}

export const encodeSequence = (...contents: readonly Buffer[]): Buffer =>
  encodeDer(derTags.sequence, ...contents);

/** `[n]`, explicit. */
export const encodeField = (number: number, content: Buffer): Buffer =>
  encodeDer(contextTag(number), content);

/** @param value a whole number, not negative */
export function encodeInteger(value: number): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const isNegative = ((bytes[0] ?? 0) & 0x80) !== 0;
  return encodeDer(derTags.integer, ...(isNegative ? [Buffer.of(0), bytes] : [bytes]));
}

export const encodeOctets = (bytes: Buffer): Buffer => encodeDer(derTags.octetString, bytes);

/** KerberosString: a GeneralString (RFC 4120, 5.2.1), which implementations fill with UTF-8. */
export const encodeKerberosString = (text: string): Buffer =>
  encodeDer(derTags.generalString, Buffer.from(text, 'utf8'));

function encodeLength(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  const significant = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.of(0x80 + significant.length), significant]);
}

export interface DerElement {
  readonly tag: number;
  readonly contents: Buffer;
}

/**
 * Reads DER. A length in more bytes than it needs is taken, as MIT takes it; an indefinite one, a tag of several
 * bytes and anything left over are not. Every method throws a ProtocolError.
 */
export class DerReader {
  readonly #doing: string;

  /** @param doing for errors: "reading a KRB-ERROR" */
  constructor(doing: string) {
    this.#doing = doing;
  }

  /** The contents of the one element with this tag that the bytes are. */
  only(bytes: Buffer, tag: number): Buffer {
    const [element, ...rest] = this.elements(bytes);
    if (element?.tag !== tag || rest.length > 0) throw this.#malformed(`no ${tag.toString(16)}`);
    return element.contents;
  }

  /** All elements one after the other. */
  elements(bytes: Buffer): DerElement[] {
    const elements: DerElement[] = [];
    for (let at = 0; at < bytes.length; ) {
      const { tag, start, end } = this.#head(bytes, at);
      elements.push({ tag, contents: bytes.subarray(start, end) });
      at = end;
    }
    return elements;
  }

  /** The fields of a SEQUENCE by their number, each without its `[n]`. */
  fields(bytes: Buffer): ReadonlyMap<number, Buffer> {
    const fields = new Map<number, Buffer>();
    for (const { tag, contents } of this.elements(this.only(bytes, derTags.sequence))) {
      const number = tag - contextTag(0);
      if (number < 0 || number > 30 || fields.has(number)) throw this.#malformed('a field out of place');
      fields.set(number, contents);
    }
    return fields;
  }

  /** A field that must be there. */
  field(fields: ReadonlyMap<number, Buffer>, number: number): Buffer {
    const field = fields.get(number);
    if (field === undefined) throw this.#malformed(`field ${number} is missing`);
    return field;
  }

  /** An INTEGER of at most 6 bytes, signed. */
  integer(bytes: Buffer, tag: number = derTags.integer): number {
    const contents = this.only(bytes, tag);
    if (contents.length === 0 || contents.length > 6) throw this.#malformed('size of an integer');
    return contents.readIntBE(0, contents.length);
  }

  octets(bytes: Buffer): Buffer {
    return this.only(bytes, derTags.octetString);
  }

  /** @returns "YYYYMMDDHHMMSSZ" */
  time(bytes: Buffer): string {
    const text = this.only(bytes, derTags.generalizedTime).toString('latin1');
    if (!/^\d{14}Z$/.test(text)) throw this.#malformed('a time');
    return text;
  }

  #head(bytes: Buffer, at: number): { tag: number; start: number; end: number } {
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1];
    if (first === undefined || (tag & 0x1f) === 0x1f) throw this.#malformed('a tag');
    const size = first < 0x80 ? 0 : first - 0x80;
    const start = at + 2 + size;
    if (first === 0x80 || size > 4 || start > bytes.length) throw this.#malformed('a length');
    const length = size === 0 ? first : bytes.readUIntBE(at + 2, size);
    if (start + length > bytes.length) throw this.#malformed('cut off');
    return { tag, start, end: start + length };
  }

  #malformed(detail: string): ProtocolError {
    return new ProtocolError('protocol.malformed', this.#doing, detail);
  }
}
