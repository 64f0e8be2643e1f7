import { states } from './blocks/strip.ts';
import { own } from './own-text.ts';
import { installCommand, nothing, onThatServer, type RemoteErrorWords } from './remote-error-kind.ts';

/** The words of each error of a session. */
export const sessionErrorWords = {
  'shell-quota': {
    state: states.notReadable,
    heading: () => own`My account has too many sessions open there`,
    sentence: own`The server takes no further session of this account. ${nothing}`,
    answer: own`No room`,
    cureTitle: onThatServer,
    cure: [
      own`It lists the open sessions. Mine end by themselves after three minutes; what else signs in with my account should have one of its own.`,
    ],
    command: () => 'winrm enumerate shell',
  },
  'envelope-too-large': {
    state: states.notReadable,
    heading: () => own`My message was too large for the server`,
    sentence: own`Its limit is set below what I need. ${nothing}`,
    answer: own`Too large`,
    cureTitle: onThatServer,
    cure: [own`MaxEnvelopeSizekb must be 150 or more. Windows sets 500.`],
    command: () => 'winrm get winrm/config',
  },
  'out-of-memory': {
    state: states.notReadable,
    heading: () => own`My session had not enough memory`,
    sentence: own`The server gives a session less memory than my functions need, or has none left. Nothing was changed.`,
    answer: own`No memory`,
    cureTitle: onThatServer,
    cure: [own`MaxMemoryPerShellMB should be 1024 or more. Then look at the free memory of the server.`],
    command: () => 'winrm get winrm/config/winrs',
  },
  'virtual-account': {
    state: states.accessDenied,
    heading: () => own`My endpoint cannot work under its account there`,
    sentence: own`Windows could not make or sign in the account that the endpoint works as. ${nothing}`,
    answer: own`No account`,
    cureTitle: own`Cure: run once on that server, as administrator`,
    cure: [own`It registers the endpoint anew. It needs Windows PowerShell 5.1: docs/endpoint.md.`],
    command: installCommand,
    note: own`Restarts WinRM: other remote sessions on that server end.`,
  },
  'shells-not-allowed': {
    state: states.accessDenied,
    heading: () => own`A policy there forbids remote shells`,
    sentence: own`Without a remote shell I have no session. ${nothing}`,
    answer: own`Not allowed`,
    cureTitle: onThatServer,
    cure: [
      own`AllowRemoteShellAccess must be true. The policy is Allow Remote Shell Access, under Windows Remote Shell.`,
    ],
    command: () => 'winrm get winrm/config/winrs',
  },
  restarting: {
    state: states.unreachable,
    heading: () => own`The server is shutting down or restarting`,
    sentence: own`It takes no new work until it is up again. A check changes nothing, so it can be repeated.`,
    answer: own`Shutting down`,
    cureTitle: own`Next: wait until it is up, then check again`,
    cure: [own`What it says then is true.`],
  },
  stopped: {
    state: states.stopped,
    heading: () => own`Reading was stopped`,
    sentence: own`Somebody stopped it, or I was told to end. Nothing was changed.`,
    cureTitle: own`Next: check again when you want it read`,
    cure: [own`A check changes nothing, so it can be repeated.`],
  },
} as const satisfies Record<string, RemoteErrorWords>;
