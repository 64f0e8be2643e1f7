import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

/** A key of the service: its id, and the channels it vouches for. */
export interface ServiceKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly endorsements: readonly string[];
}

export const newServiceKey = (kid: string, endorsements: readonly string[] = ['msteams']): ServiceKey => ({
  kid,
  endorsements,
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }),
});

/** Stands for login.botframework.com: names its keys over real HTTP, on loopback. */
export interface OpenIdEndpoint {
  readonly metadata: string;
  /** How often its keys were read. */
  readonly reads: () => number;
}

export const startOpenIdEndpoint = async (
  t: TestContext,
  keys: readonly ServiceKey[],
  status = 200,
): Promise<OpenIdEndpoint> => {
  let reads = 0;
  const jwks = {
    keys: keys.map(({ kid, publicKey, endorsements }) => ({
      ...publicKey.export({ format: 'jwk' }),
      use: 'sig',
      kid,
      endorsements,
    })),
  };
  const server = createServer((request, response) => {
    const isKeys = request.url === '/v1/.well-known/keys';
    if (isKeys) reads += 1;
    const body = isKeys ? jwks : { jwks_uri: `${address}/v1/.well-known/keys` };
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { metadata: `${address}/v1/.well-known/openidconfiguration`, reads: () => reads };
};

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JSON Web Token, signed RS256 with the key unless `header` or `signature` say otherwise (RFC 7515). */
export const tokenOf = (
  key: Pick<ServiceKey, 'kid' | 'privateKey'>,
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>> = {},
  signature?: (signed: string) => string,
): string => {
  const signed = `${part({ typ: 'JWT', alg: 'RS256', kid: key.kid, ...header })}.${part(claims)}`;
  const byKey = () => sign('sha256', Buffer.from(signed), key.privateKey).toString('base64url');
  return `${signed}.${signature === undefined ? byKey() : signature(signed)}`;
};
