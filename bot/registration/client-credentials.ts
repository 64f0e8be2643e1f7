import { z } from 'zod';
import { Secret } from '../secret.ts';
import type { FetchToken } from './access-tokens.ts';
import { clientAssertion, type SigningKey } from './client-assertion.ts';
import { readJson } from './read-json.ts';
import { SignInError } from './sign-in-error.ts';

export interface ClientCredentials {
  /** Base address of the sign-in, without a slash at the end: "https://login.microsoftonline.com". */
  readonly login: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly proof: Secret | SigningKey;
  /** What the token is for: "https://graph.microsoft.com". */
  readonly resource: string;
  readonly now: () => Date;
}

const answer = z.object({ access_token: z.string().min(1), expires_in: z.number() });
const refusal = z.object({ error: z.string(), error_codes: z.array(z.number()).default([]) });

/**
 * A token for the app itself, by its secret or its certificate: OAuth 2.0 client credentials at the v2.0 endpoint of
 * Microsoft Entra (RFC 6749 §4.4). Throws a SignInError, or what `fetch` throws.
 */
export const clientCredentials =
  ({ login, tenantId, appId, proof, resource, now }: ClientCredentials): FetchToken =>
  async (signal) => {
    const askedAt = now();
    const endpoint = `${login}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`;
    const response = await fetch(endpoint, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: appId,
        ...(proof instanceof Secret
          ? { client_secret: proof.reveal() }
          : {
              client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
              client_assertion: clientAssertion(proof, appId, endpoint, askedAt),
            }),
        scope: `${resource}/.default`,
      }),
      redirect: 'manual',
      signal,
    });
    if (!response.ok) throw await refusalOf(response);
    const token = await readJson(response, answer);
    if (token === undefined) {
      const reason = `the sign-in of Entra answered ${response.status} with something else than expected`;
      throw new SignInError('sign-in.broken-answer', { reason });
    }
    return { value: token.access_token, expiresAt: askedAt.getTime() + token.expires_in * 1000 };
  };

/** "AADSTS7000215" tells an administrator what is wrong; the description beside it holds more than belongs in a chat. */
const refusalOf = async (response: Response): Promise<SignInError> => {
  const parsed = refusal.safeParse(await response.json().catch(() => undefined));
  const [aadsts] = parsed.success ? parsed.data.error_codes : [];
  const shown = aadsts === undefined ? '' : `, AADSTS${aadsts}`;
  return new SignInError('sign-in.refused', {
    reason: `Entra did not sign the bot in (${response.status}${shown})`,
    ...(aadsts === undefined ? {} : { aadsts }),
  });
};
