import { ProtocolError } from '../protocol-error.ts';

/** Bytes of base64 text; white space between is allowed, anything else is not. @throws ProtocolError */
export function decodeBase64(text: string, doing: string): Buffer {
  const compact = text.replace(/\s+/g, '');
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) {
    throw new ProtocolError('protocol.malformed', doing, 'base64');
  }
  return Buffer.from(compact, 'base64');
}
