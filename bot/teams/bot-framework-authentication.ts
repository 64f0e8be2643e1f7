import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { type Credentials, connectorCredentials } from './connector-credentials.ts';
import { connectorHttp } from './connector-http.ts';
import { cloudOf, type Trust } from './trust.ts';

/** The Bot Framework's own authentication, for one cloud. Every address is given, so that it falls back to none of its own. */
export const botFrameworkAuthentication = (
  credentials: Credentials | undefined,
  trust: Trust,
): ConfigurationBotFrameworkAuthentication => {
  const { login, channel, openIdMetadata } = cloudOf(trust);
  return new ConfigurationBotFrameworkAuthentication(
    {
      ...(credentials === undefined ? {} : { MicrosoftAppId: credentials.appId }),
      MicrosoftAppTenantId: trust.tenantId,
      ToChannelFromBotLoginUrl: `${login}/${trust.tenantId}`,
      ToChannelFromBotOAuthScope: channel,
      ToBotFromChannelTokenIssuer: channel,
      ToBotFromChannelOpenIdMetadataUrl: openIdMetadata,
      // No emulator and no other bot calls this one: their tokens would have to be signed by the service too.
      ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadata,
      OAuthUrl: channel,
    },
    connectorCredentials(credentials, trust),
    undefined,
    undefined,
    { httpClient: connectorHttp() },
  );
};
