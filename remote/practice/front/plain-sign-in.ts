import type { FrontChannel } from './front-channel.ts';
import { type FrontTls, mappedUser } from './front-tls.ts';
import type { PracticeAccount } from './ntlm-acceptor.ts';

const mutual = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual';

/**
 * Who signs in with one message that carries the sign-in itself: Basic, or the certificate of the channel. Undefined: nobody that is let in.
 * `isOne`: whether the header is of that kind at all.
 */
export async function plainSignIn(
  authorization: string,
  tls: FrontTls | undefined,
  accounts: readonly PracticeAccount[],
  channel: FrontChannel,
): Promise<{ readonly isOne: boolean; readonly account?: PracticeAccount | undefined }> {
  const header = authorization.trim();
  const basic = /^Basic ([A-Za-z0-9+/]+={0,2})$/i.exec(header)?.[1];
  if (basic !== undefined) {
    return { isOne: true, account: tls?.basic === true ? withPassword(basic, accounts) : undefined };
  }
  if (header !== mutual) return { isOne: false };
  const sha256 = tls?.clientCertificates === undefined ? undefined : await channel.clientCertificate();
  const user = tls === undefined || sha256 === undefined ? undefined : mappedUser(tls, sha256);
  return { isOne: true, account: accounts.find((account) => account.user === user) };
}

/** The table's accounts stand for local ones here: Basic names no domain. */
function withPassword(base64: string, accounts: readonly PracticeAccount[]): PracticeAccount | undefined {
  const text = Buffer.from(base64, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const user = text.slice(0, colon).toLowerCase();
  const password = text.slice(colon + 1);
  return accounts.find((account) => account.user.toLowerCase() === user && account.password === password);
}
