import type { ChatCommand } from '../cards/chat-commands.ts';

/** What people read of the app in Teams before and beside the chat, in one language. Lengths are limits of the manifest. */
export interface AppTexts {
  /** At most 30 characters. Mentions in a channel use it. */
  readonly shortName: string;
  /** At most 100 characters. */
  readonly fullName: string;
  /** At most 80 characters. */
  readonly shortDescription: string;
  /** At most 4,000 characters. */
  readonly fullDescription: string;
  /** What a command does, in the menu. Its name is the same in every language. */
  readonly commandDoes: (command: ChatCommand) => string;
  /** The action on a message: at most 32 and 128 characters. */
  readonly diagnose: { readonly title: string; readonly description: string };
}

export const english: AppTexts = {
  shortName: 'WSUS Bot',
  fullName: 'WSUS Bot: error 80244007 found, fixed and proven',
  shortDescription: 'Finds out why WSUS refuses clients with 80244007, and fixes it after approval.',
  fullDescription:
    'Paste lines of a Windows Update or WSUS log, send the log as a file in a personal chat, choose Diagnose on a message, or write the name of a WSUS server. WSUS Bot finds out whether clients are refused because their list of installed updates is longer than the server allows (error 80244007, KB 4096317). It shows the cause, the lines that prove it and the exact change to web.config. After an approver agrees, it makes that change over WinRM, proves that it worked, and can take it back. Reading changes no setting. It sees only messages that mention it or that Diagnose is chosen on, and asks for no permission in Teams.',
  commandDoes: ({ does, example }) => (example === undefined ? does : `${does}: ${example}`),
  diagnose: { title: 'Diagnose', description: 'Name the cause of the WSUS error in this text' },
};

/** Languages beside English, by tag ("de"): the package has a file for each. */
export const otherLanguages: Readonly<Record<string, AppTexts>> = {};
