import { z } from 'zod';
import type { Secret } from '../secret.ts';
import type { FetchToken } from './access-tokens.ts';
import { DirectoryTrouble } from './directory-trouble.ts';
import { readJson } from './read-json.ts';

export interface ClientCredentials {
  /** Base address of the sign-in, without a slash at the end: "https://login.microsoftonline.com". */
  readonly login: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly secret: Secret;
  /** What the token is for: "https://graph.microsoft.com". */
  readonly resource: string;
  readonly now: () => Date;
}

const answer = z.object({ access_token: z.string().min(1), expires_in: z.number() });
const refusal = z.object({ error: z.string(), error_codes: z.array(z.number()).default([]) });

/**
 * A token for the app itself, by its secret: OAuth 2.0 client credentials at the v2.0 endpoint of Microsoft Entra
 * (RFC 6749 §4.4).
 */
export const clientCredentials =
  ({ login, tenantId, appId, secret, resource, now }: ClientCredentials): FetchToken =>
  async (signal) => {
    const askedAt = now().getTime();
    const response = await fetch(`${login}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: appId,
        client_secret: secret.reveal(),
        scope: `${resource}/.default`,
      }),
      redirect: 'manual',
      signal,
    });
    if (!response.ok) throw new DirectoryTrouble(await refusalText(response));
    const { access_token: value, expires_in: seconds } = await readJson(
      response,
      answer,
      'the sign-in of Entra',
    );
    return { value, expiresAt: askedAt + seconds * 1000 };
  };

/** "AADSTS7000215" tells an administrator what is wrong; the description beside it holds more than belongs in a chat. */
const refusalText = async (response: Response): Promise<string> => {
  const parsed = refusal.safeParse(await response.json().catch(() => undefined));
  const [code] = parsed.success ? parsed.data.error_codes : [];
  const shown = code === undefined ? '' : `, AADSTS${code}`;
  return `Entra did not sign the bot in (${response.status}${shown})`;
};
