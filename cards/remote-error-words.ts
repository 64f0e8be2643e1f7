import { states } from './blocks/strip.ts';
import { kerberosErrorWords } from './kerberos-error-words.ts';
import { localPowershellWords } from './local-powershell-words.ts';
import { networkErrorWords } from './network-error-words.ts';
import { own } from './own-text.ts';
import { powerShellArgument } from './powershell-argument.ts';
import {
  fromBotHost,
  installCommand,
  nothing,
  onThatServer,
  type RemoteErrorKind,
  type RemoteErrorWords,
  usualReasons,
} from './remote-error-kind.ts';
import { sessionErrorWords } from './session-error-words.ts';
import { signInErrorWords } from './sign-in-error-words.ts';

/** The words of each kind. */
export const remoteErrorWords: Readonly<Record<RemoteErrorKind, RemoteErrorWords>> = {
  ...networkErrorWords,
  ...signInErrorWords,
  ...kerberosErrorWords,
  ...sessionErrorWords,
  ...localPowershellWords,
  'name-not-found': {
    state: states.unreachable,
    heading: () => own`The name does not resolve`,
    sentence: own`DNS knows no address for this host. ${nothing}`,
    answer: own`No address`,
    cureTitle: fromBotHost,
    cure: [own`Then correct the host in wsus-bot.yaml, or the DNS server of that machine.`],
    command: ({ host }) => `Resolve-DnsName ${powerShellArgument(host)}`,
  },
  unreachable: {
    state: states.unreachable,
    heading: ({ port }) => own`No answer on port ${port}`,
    sentence: own`The host does not take a connection on its WinRM port. ${nothing}`,
    answer: own`No connection`,
    cureTitle: fromBotHost,
    cure: [own`Then start the server, or open the port for that machine.`],
    command: ({ host, port }) => `Test-NetConnection ${powerShellArgument(host)} -Port ${port}`,
  },
  'timed-out': {
    state: states.unreachable,
    heading: () => own`The server did not answer in time`,
    sentence: own`It took the connection and then stayed silent. Nothing was changed.`,
    answer: own`Silence`,
    cureTitle: own`Next: look at its load, then check again`,
    cure: [own`CPU, memory and the queue of the WSUS pool are the usual reasons.`],
  },
  'connection-lost': {
    state: states.unreachable,
    heading: () => own`The connection broke off`,
    sentence: own`The answer had not come yet. A check changes nothing, so it can be repeated.`,
    answer: own`Connection lost`,
    cureTitle: own`Next: check again`,
    cure: [own`If it breaks again, look for a restart of the server or a device in between.`],
  },
  'sign-in-refused': {
    state: states.accessDenied,
    heading: () => own`The server did not accept my sign-in`,
    sentence: own`The server does not tell why. ${nothing}`,
    answer: own`Sign-in refused`,
    cureTitle: usualReasons,
    cure: [
      own`1. The password is not the account’s password now.`,
      own`2. The account is locked, disabled or expired.`,
      own`3. The domain is not the account’s domain, or the server does not trust it.`,
    ],
  },
  'sealing-refused': {
    state: states.accessDenied,
    heading: () => own`The server refused my encryption`,
    sentence: own`I send nothing that is not encrypted. ${nothing}`,
    answer: own`Encryption refused`,
    cureTitle: onThatServer,
    cure: [own`Negotiate must be true. A proxy in between can also be the reason.`],
    command: () => 'winrm get winrm/config/service/auth',
  },
  'not-winrm': {
    state: states.unreachable,
    heading: ({ port }) => own`Port ${port} answers, but it is not WinRM`,
    sentence: own`Another web server or a proxy listens there. ${nothing}`,
    answer: own`Not WinRM`,
    cureTitle: fromBotHost,
    cure: [own`Then correct the port in wsus-bot.yaml.`],
    command: ({ host, port }) => `Test-WSMan ${powerShellArgument(host)} -Port ${port}`,
  },
  'access-denied': {
    state: states.accessDenied,
    heading: () => own`The server does not let my account in`,
    sentence: own`The sign-in worked and the endpoint is there, but it refuses this account. ${nothing}`,
    answer: own`Access denied`,
    cureTitle: own`Cure: run once on that server, as administrator`,
    cure: [
      own`It names the accounts that the endpoint WsusBot lets in: put this one, or a group that it is in, into the command. Windows’ own endpoints let administrators in only. The steps are in docs/endpoint.md.`,
    ],
    command: installCommand,
    note: own`Restarts WinRM: other remote sessions on that server end.`,
  },
  'endpoint-missing': {
    state: states.accessDenied,
    heading: () => own`The server is there, my endpoint is not`,
    sentence: own`The sign-in worked, and no endpoint of this name is registered. ${nothing}`,
    answer: own`Endpoint not found`,
    cureTitle: own`Next: run once on that server, as administrator`,
    cure: [
      own`It sets the endpoint up in five minutes: docs/endpoint.md. If it has another name there, correct the name in wsus-bot.yaml.`,
    ],
    command: installCommand,
    note: own`Restarts WinRM: other remote sessions on that server end.`,
  },
  fault: {
    state: states.notReadable,
    heading: () => own`The server answered with a fault`,
    sentence: own`WinRM itself refused the request. Nothing was changed.`,
    answer: own`Fault`,
    cureTitle: own`Next: look the fault up, then check again`,
    cure: [own`The event log Microsoft-Windows-WinRM/Operational of that server has the details.`],
  },
  busy: {
    state: states.notReadable,
    heading: () => own`The server has no room for my session`,
    sentence: own`Too many remote sessions are open there now. ${nothing}`,
    answer: own`No room`,
    cureTitle: own`Next: wait a minute, then check again`,
    cure: [own`If it stays so, end the abandoned sessions of this account.`],
  },
  'language-mode': {
    state: states.accessDenied,
    heading: () => own`A policy there keeps my functions from running`,
    sentence: own`AppLocker or App Control lets scripts run only in a restricted language. ${nothing}`,
    answer: own`Restricted language`,
    cureTitle: own`Next: allow the module in that policy`,
    cure: [
      own`The endpoint WsusBot brings the module as files that a policy can allow by their hash: docs/endpoint.md.`,
    ],
    command: installCommand,
  },
  'module-not-loaded': {
    state: states.notReadable,
    heading: () => own`My functions could not be loaded there`,
    sentence: own`The session was open, and the script with my functions stopped. ${nothing}`,
    answer: own`Not loaded`,
    cureTitle: own`Next: read the server’s words above`,
    cure: [
      own`A virus scanner that stops the script, or a Windows PowerShell older than 3.0, are the usual reasons.`,
      own`The endpoint WsusBot needs no script to be sent: docs/endpoint.md.`,
    ],
  },
  'broken-answer': {
    state: states.notReadable,
    heading: () => own`I cannot read what the server answered`,
    sentence: own`The answer has not the form that my endpoint gives. Nothing was changed.`,
    answer: own`Not readable`,
    cureTitle: own`Next: compare the versions, then check again`,
    cure: [own`The endpoint on that server and I must be of the same version.`],
  },
  'no-worker': {
    state: states.notReadable,
    heading: () => own`No worker answers`,
    sentence: own`I reach servers through a replica inside the network, and none took my question. ${nothing}`,
    answer: own`No worker`,
    cureTitle: own`Next: look at the replicas with the role worker`,
    cure: [
      own`One must run and reach the store. Its log and its /readyz say what it lacks: docs/operations.md.`,
    ],
  },
  'function-failed': {
    state: states.notReadable,
    heading: () => own`The function on the server stopped with an error`,
    sentence: own`My endpoint ran and stopped. Reading changes no setting.`,
    answer: own`Stopped`,
    cureTitle: own`Next: remove its cause, then check again`,
    cure: [own`The words of the server above name it.`],
  },
};
