import { z } from 'zod';
import type { FetchToken } from './access-tokens.ts';
import { readJson } from './read-json.ts';
import { SignInError } from './sign-in-error.ts';

/** Where a host in Azure hands out tokens for its managed identities. */
export interface IdentityEndpoint {
  readonly address: string;
  readonly apiVersion: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** App Service and Container Apps name theirs in the environment; a virtual machine has the one of its metadata service. */
export const identityEndpoint = (env: Readonly<Record<string, string | undefined>>): IdentityEndpoint => {
  const { IDENTITY_ENDPOINT: address, IDENTITY_HEADER: header } = env;
  return address && header
    ? { address, apiVersion: '2019-08-01', headers: { 'X-IDENTITY-HEADER': header } }
    : {
        address: 'http://169.254.169.254/metadata/identity/oauth2/token',
        apiVersion: '2018-02-01',
        headers: { Metadata: 'true' },
      };
};

const answer = z.object({ access_token: z.string().min(1), expires_on: z.coerce.number().positive() });

/** A token of a user-assigned managed identity, by its client id. Throws a SignInError, or what `fetch` throws. */
export const managedIdentity =
  (endpoint: IdentityEndpoint, clientId: string, resource: string): FetchToken =>
  async (signal) => {
    const address = new URL(endpoint.address);
    address.searchParams.set('api-version', endpoint.apiVersion);
    address.searchParams.set('resource', resource);
    address.searchParams.set('client_id', clientId);
    const response = await fetch(address, { headers: endpoint.headers, redirect: 'manual', signal });
    if (!response.ok) {
      await response.body?.cancel();
      const reason = `the managed identity of this host gave no token (${response.status})`;
      throw new SignInError('sign-in.no-identity', { reason });
    }
    const token = await readJson(response, answer);
    if (token === undefined) {
      const reason = `the managed identity answered ${response.status} with something else than expected`;
      throw new SignInError('sign-in.broken-answer', { reason });
    }
    return { value: token.access_token, expiresAt: token.expires_on * 1000 };
  };
