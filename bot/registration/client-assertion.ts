import { constants, type KeyObject, randomUUID, sign } from 'node:crypto';

/** What a registration proves with a key instead of a secret. */
export interface SigningKey {
  /** Of the certificate, as the registration shows it: hexadecimal, SHA-1 or SHA-256. */
  readonly thumbprint: string;
  /** RSA. */
  readonly key: KeyObject;
}

/** Seconds. */
const validFor = 10 * 60;

/**
 * A signed statement of who the application is (RFC 7523 §2.2, as Microsoft Entra takes it: "Certificate credentials").
 * @param audience The token endpoint that it is for.
 */
export const clientAssertion = (
  { thumbprint, key }: SigningKey,
  appId: string,
  audience: string,
  now: Date,
): string => {
  const seconds = Math.floor(now.getTime() / 1000);
  const digest = Buffer.from(thumbprint, 'hex').toString('base64url');
  const isSha256 = thumbprint.length === 64;
  const header = isSha256 ? { alg: 'PS256', 'x5t#S256': digest } : { alg: 'RS256', x5t: digest };
  const claims = {
    aud: audience,
    iss: appId,
    sub: appId,
    jti: randomUUID(),
    nbf: seconds,
    exp: seconds + validFor,
  };
  const signed = [{ ...header, typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('sha256', Buffer.from(signed), {
    key,
    ...(isSha256
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : { padding: constants.RSA_PKCS1_PADDING }),
  });
  return `${signed}.${signature.toString('base64url')}`;
};
