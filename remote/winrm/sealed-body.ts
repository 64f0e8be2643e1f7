import { ProtocolError } from '../protocol-error.ts';

export interface SealedMessage {
  /** What goes before the sealed bytes: an NTLM signature (16 bytes), or the head of a Kerberos token (60). */
  readonly signature: Buffer;
  /** As long as the plain message. */
  readonly sealed: Buffer;
}

/** What seals and opens: the context of a socket, NTLM's or Kerberos'. */
export interface Sealer {
  wrap(plain: Buffer): SealedMessage;
  unwrap(message: SealedMessage): Buffer;
}

export interface SealedBody {
  /** Value of the HTTP header Content-Type. */
  readonly contentType: string;
  readonly body: Buffer;
}

const boundary = 'Encrypted Boundary';

/** What a sealed body says it is sealed by; it goes with the scheme that the socket was signed in with. */
export type SealingProtocol = 'SPNEGO' | 'Kerberos';

const labelOf = (protocol: SealingProtocol) => `application/HTTP-${protocol}-session-encrypted`;

/** Seals a SOAP message into a multipart/encrypted body (MS-WSMV 2.2.9.1). Sent without the TABs of the specification. */
export function sealBody(sealer: Sealer, plain: Buffer, protocol: SealingProtocol = 'SPNEGO'): SealedBody {
  const label = labelOf(protocol);
  const { signature, sealed } = sealer.wrap(plain);
  const signatureLength = Buffer.alloc(4);
  signatureLength.writeUInt32LE(signature.length);
  const head =
    `--${boundary}\r\nContent-Type: ${label}\r\n` +
    `OriginalContent: type=application/soap+xml;charset=UTF-8;Length=${plain.length}\r\n` +
    `--${boundary}\r\nContent-Type: application/octet-stream\r\n`;
  return {
    contentType: `multipart/encrypted;protocol="${label}";boundary="${boundary}"`,
    body: Buffer.concat([
      Buffer.from(head, 'latin1'),
      signatureLength,
      signature,
      sealed,
      Buffer.from(`--${boundary}--\r\n`, 'latin1'),
    ]),
  };
}

/** Whether an HTTP message says that its body is sealed in this way. */
export function isSealedContentType(
  contentType: string | undefined,
  protocol: SealingProtocol = 'SPNEGO',
): boolean {
  return (
    contentType !== undefined &&
    /^\s*multipart\/encrypted\s*;/i.test(contentType) &&
    contentType.toLowerCase().includes(`protocol="${labelOf(protocol).toLowerCase()}"`)
  );
}

// Exchange writes a space after the hyphens; the specification indents header lines with a TAB.
const headPattern =
  /^-- ?Encrypted Boundary\r\n[\t ]*Content-Type:[\t ]*application\/HTTP-(SPNEGO|Kerberos)-session-encrypted\r\n[\t ]*OriginalContent:[\t ]*type=application\/soap\+xml;charset=UTF-8;Length=(\d{1,9})\r\n-- ?Encrypted Boundary\r\n[\t ]*Content-Type:[\t ]*application\/octet-stream\r\n/i;
const longestHead = 1024;
const endPattern = /^-- ?Encrypted Boundary--(?:\r\n)?$/;

/** Takes a body apart by its lengths; the sealed bytes are never searched. `length` is that of the plain message. @throws ProtocolError */
export function decodeSealedBody(
  body: Buffer,
  protocol: SealingProtocol = 'SPNEGO',
): SealedMessage & { readonly length: number } {
  const malformed = (detail: string) =>
    new ProtocolError('protocol.malformed', 'reading a sealed body', detail);
  const head = headPattern.exec(body.toString('latin1', 0, longestHead));
  if (head === null || head[1]?.toLowerCase() !== protocol.toLowerCase()) throw malformed('multipart header');
  const length = Number(head[2]);
  const at = head[0].length;
  if (body.length < at + 4) throw malformed('cut off before the signature');
  const signatureEnd = at + 4 + body.readUInt32LE(at);
  if (body.length < signatureEnd + length) throw malformed('shorter than its Length');
  if (!endPattern.test(body.toString('latin1', signatureEnd + length, signatureEnd + length + 64))) {
    throw malformed('longer than its Length, or without its end');
  }
  return {
    length,
    signature: body.subarray(at + 4, signatureEnd),
    sealed: body.subarray(signatureEnd, signatureEnd + length),
  };
}

/** Opens a sealed body and answers the plain message. @throws ProtocolError */
export function openBody(sealer: Sealer, body: Buffer, protocol: SealingProtocol = 'SPNEGO'): Buffer {
  const message = decodeSealedBody(body, protocol);
  const plain = sealer.unwrap(message);
  if (plain.length !== message.length) {
    throw new ProtocolError('protocol.malformed', 'reading a sealed body', 'its Length is wrong');
  }
  return plain;
}
