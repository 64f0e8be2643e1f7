import type { DeveloperConfig } from '../bot/config.ts';
import { chatCommands } from '../cards/chat-commands.ts';
import type { AppTexts } from './app-texts.ts';

/** What of the program and its configuration the manifest says. */
export interface ManifestInput {
  /** Application id of the bot registration: the app's id, and that of its bot. */
  readonly appId: string;
  /** Version of the program, "1.2.3". Teams takes an update only with a higher one. */
  readonly version: string;
  readonly developer: DeveloperConfig;
  /** Whether people can send files to a bot: in the public cloud, in a personal chat. */
  readonly takesFiles: boolean;
}

export type Manifest = ReturnType<typeof buildManifest>;

const schemaVersion = '1.25';

/** What Teams asks of the app when it loads the form for Diagnose. */
const diagnoseCommandId = 'diagnose';

/**
 * The manifest of the Teams app with its words in one language. It asks for nothing but a bot and an action on messages: no
 * permission, no consent for a team or chat, no sign-in (webApplicationInfo), no web address (validDomains).
 * Source: "App manifest schema", Microsoft Teams platform.
 */
export function buildManifest(input: ManifestInput, texts: AppTexts) {
  const { appId, version, developer, takesFiles } = input;
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${schemaVersion}/MicrosoftTeams.schema.json`,
    manifestVersion: schemaVersion,
    version,
    id: appId,
    localizationInfo: { defaultLanguageTag: 'en' },
    developer,
    name: { short: texts.shortName, full: texts.fullName },
    description: { short: texts.shortDescription, full: texts.fullDescription },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#0B5CAD',
    bots: [
      {
        botId: appId,
        scopes: ['personal', 'team', 'groupChat'],
        supportsFiles: takesFiles,
        isNotificationOnly: false,
        commandLists: [
          { scopes: ['personal'], commands: commandMenu(texts, 'personal') },
          { scopes: ['team', 'groupChat'], commands: commandMenu(texts, 'many') },
        ],
      },
    ],
    composeExtensions: [
      {
        botId: appId,
        commands: [
          {
            id: diagnoseCommandId,
            type: 'action',
            context: ['message', 'compose', 'commandBox'],
            fetchTask: true,
            ...texts.diagnose,
          },
        ],
      },
    ],
    defaultInstallScope: 'personal',
    defaultGroupCapability: { team: 'bot', groupchat: 'bot' },
    // Private and shared channels: the bot needs to know no members, and decides by the tenant and the person alone.
    supportsChannelFeatures: 'tier1',
    validDomains: [],
  };
}

const commandMenu = ({ commandDoes }: AppTexts, chat: 'personal' | 'many') =>
  chatCommands
    .filter(({ forChatsOfMany }) => chat === 'many' || !forChatsOfMany)
    .map((command) => ({ title: command.name, description: commandDoes(command) }));
