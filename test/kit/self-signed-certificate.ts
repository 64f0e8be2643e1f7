import { generateKeyPairSync, sign } from 'node:crypto';

export interface Certificate {
  /** PEM, for the one who serves. */
  readonly key: string;
  /** PEM, for the one who serves and for the one who trusts it. */
  readonly cert: string;
}

interface Validity {
  /** UTCTime: yymmddhhmmssZ. */
  readonly from?: string;
  readonly until?: string;
}

/** A TLS certificate for host names, signed with its own key (ECDSA P-256, RFC 5280), valid from 2020 to 2049 unless given. */
export const selfSignedCertificate = (
  hosts: readonly string[],
  { from = '200101000000Z', until = '491231235959Z' }: Validity = {},
): Certificate => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const algorithm = sequence(oid('2a8648ce3d040302'));
  const name = sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from('file host of the tests')))));
  const validity = sequence(der(0x17, Buffer.from(from)), der(0x17, Buffer.from(until)));
  const alternativeNames = sequence(...hosts.map((host) => der(0x82, Buffer.from(host))));
  const extensions = sequence(
    sequence(oid('551d11'), der(0x04, alternativeNames)),
    sequence(
      oid('551d13'),
      der(0x01, Buffer.from([0xff])),
      der(0x04, sequence(der(0x01, Buffer.from([0xff])))),
    ),
  );
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const signature = sign('sha256', body, privateKey);
  const whole = sequence(body, algorithm, der(0x03, Buffer.from([0]), signature));
  const base64 = whole.toString('base64').replace(/.{1,64}/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64}-----END CERTIFICATE-----\n`,
  };
};

/** Tag, length, contents. */
const der = (tag: number, ...contents: readonly Buffer[]): Buffer => {
  const inner = Buffer.concat(contents);
  const length =
    inner.length < 0x80
      ? [inner.length]
      : inner.length < 0x100
        ? [0x81, inner.length]
        : [0x82, inner.length >> 8, inner.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), inner]);
};

const sequence = (...contents: readonly Buffer[]): Buffer => der(0x30, ...contents);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
