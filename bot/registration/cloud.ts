/** The clouds of Microsoft that have Teams. GCC is in the public one. */
export const cloudNames = ['Public', 'GCCHigh', 'DoD', '21Vianet'] as const;

export type CloudName = (typeof cloudNames)[number];

/** Where a bot signs in, whom it believes and where it may send, in one of these clouds. */
export interface Cloud {
  /** Base address of the sign-in of Microsoft Entra, without a slash at the end. */
  readonly login: string;
  /** Tenant at which a MultiTenant registration signs in for the Bot Connector service. */
  readonly botTenant: string;
  /** The Bot Connector service: issuer of the tokens that come in, and audience of those that go out. */
  readonly channel: string;
  /** Names the keys that sign the tokens that come in. */
  readonly openIdMetadata: string;
  /** Base address of Microsoft Graph, without a slash at the end. */
  readonly graph: string;
  /** Hosts of the Bot Connector service that answers for Teams. Whole names: under trafficmanager.net anybody may take one. */
  readonly connectorHosts: readonly string[];
  /** Teams hands over files that people send to a bot: `supportsFiles` in the app manifest. */
  readonly handsOverFiles: boolean;
}

const usGovernment = {
  login: 'https://login.microsoftonline.us',
  botTenant: 'MicrosoftServices.onmicrosoft.us',
  channel: 'https://api.botframework.us',
  openIdMetadata: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  handsOverFiles: false,
};

/**
 * Sources: Azure AI Bot Service, "Configure bots for US government customers" and "Deploy a bot to Azure operated by 21Vianet";
 * the presets of Microsoft's Teams SDK 2; Teams, "Send and receive files through your bot".
 */
export const clouds: Readonly<Record<CloudName, Cloud>> = {
  Public: {
    login: 'https://login.microsoftonline.com',
    botTenant: 'botframework.com',
    channel: 'https://api.botframework.com',
    openIdMetadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    graph: 'https://graph.microsoft.com',
    connectorHosts: [
      'smba.trafficmanager.net',
      'smba.onyx.prod.teams.trafficmanager.net',
      'smba.infra.gcc.teams.microsoft.com',
    ],
    handsOverFiles: true,
  },
  GCCHigh: {
    ...usGovernment,
    graph: 'https://graph.microsoft.us',
    connectorHosts: ['smba.infra.gov.teams.microsoft.us'],
  },
  DoD: {
    ...usGovernment,
    graph: 'https://dod-graph.microsoft.us',
    connectorHosts: ['smba.infra.dod.teams.microsoft.us'],
  },
  '21Vianet': {
    login: 'https://login.partner.microsoftonline.cn',
    botTenant: 'microsoftservices.partner.onmschina.cn',
    channel: 'https://api.botframework.azure.cn',
    openIdMetadata: 'https://login.botframework.azure.cn/v1/.well-known/openidconfiguration',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    connectorHosts: ['frontend.botapi.msg.infra.teams.microsoftonline.cn'],
    handsOverFiles: false,
  },
};
