import { states } from './blocks/strip.ts';
import { own } from './own-text.ts';
import { fromBotHost, nothing, type RemoteErrorWords } from './remote-error-kind.ts';

/** The words of each error of the PowerShell of the machine that the bot runs on. */
export const localPowershellWords = {
  'local-powershell': {
    state: states.notReadable,
    heading: () => own`The PowerShell of my own machine cannot be used`,
    sentence: own`I am set to reach this server through it. ${nothing}`,
    answer: own`No PowerShell`,
    cureTitle: fromBotHost,
    cure: [
      own`Run it as the account of my service. It must print FullLanguage. When I do not run on Windows, set transport to winrm in wsus-bot.yaml.`,
    ],
    command: () => 'powershell.exe -NoProfile -Command "$ExecutionContext.SessionState.LanguageMode"',
  },
  'identity-refused': {
    state: states.accessDenied,
    heading: () => own`The account that I run as was not accepted`,
    sentence: own`I have no password of my own and sign in as the account of my service. ${nothing}`,
    answer: own`Sign-in refused`,
    cureTitle: fromBotHost,
    cure: [
      own`It must find a domain controller. My service must run as an account of the domain, such as a group managed account, and host in wsus-bot.yaml must be the full name of the server.`,
    ],
    command: () => 'nltest /dsgetdc:',
  },
} as const satisfies Record<string, RemoteErrorWords>;
