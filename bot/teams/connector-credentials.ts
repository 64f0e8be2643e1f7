import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { AccessTokens } from '../registration/access-tokens.ts';
import { signInError } from '../registration/sign-in-error.ts';
import { ForeignAddress, maySendTo } from './service-address.ts';
import type { Trust } from './trust.ts';

/** Who the bot is to the Bot Connector service. */
export interface Credentials {
  readonly appId: string;
  /** Tokens for that service. */
  readonly tokens: AccessTokens;
}

type CredentialsFactory = NonNullable<
  ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]
>;

/** How long a sign-in may take, milliseconds: Teams waits 10 s for the answer to a press. */
const patience = 5_000;

/**
 * What the Bot Framework signs its requests with. Each request's own address is looked at before the token is added, whoever
 * asked for it. Without credentials (the demo) nobody is asked for any, and no token is sent.
 */
export const connectorCredentials = (
  credentials: Credentials | undefined,
  trust: Trust,
): CredentialsFactory => ({
  isValidAppId: async (appId) => appId === credentials?.appId,
  isAuthenticationDisabled: async () => credentials === undefined,
  createCredentials: async () => ({
    signRequest: async (request) => {
      if (!maySendTo(request.url, trust)) throw new ForeignAddress();
      if (credentials === undefined) return request;
      const token = await credentials.tokens.get(AbortSignal.timeout(patience)).catch((error: unknown) => {
        throw signInError(error);
      });
      request.headers.set('Authorization', `Bearer ${token}`);
      return request;
    },
  }),
});
