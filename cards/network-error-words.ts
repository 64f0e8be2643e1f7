import { states } from './blocks/strip.ts';
import { own } from './own-text.ts';
import { powerShellArgument } from './powershell-argument.ts';
import {
  fromBotHost,
  inConfiguration,
  nothing,
  onThatServer,
  type RemoteErrorWords,
} from './remote-error-kind.ts';

/** The words of each error before anybody signs in. */
export const networkErrorWords = {
  'port-closed': {
    state: states.unreachable,
    heading: ({ port }) => own`Port ${port} is closed`,
    sentence: own`The host is up, and nothing listens there: WinRM is off, has no listener on this port, or the server is restarting. ${nothing}`,
    answer: own`Connection refused`,
    cureTitle: onThatServer,
    cure: [
      own`It shows where WinRM listens. When it shows nothing, Enable-PSRemoting -Force starts WinRM and makes the listener.`,
    ],
    command: () => 'winrm enumerate winrm/config/listener',
  },
  proxy: {
    state: states.unreachable,
    heading: () => own`A proxy answers for this server`,
    sentence: own`A sign-in of WinRM belongs to one connection and does not pass through a proxy. ${nothing}`,
    answer: own`A proxy`,
    cureTitle: fromBotHost,
    cure: [own`Then let that machine reach the server directly.`],
    command: ({ host, port }) => `Test-NetConnection ${powerShellArgument(host)} -Port ${port}`,
  },
  'listener-missing': {
    state: states.unreachable,
    heading: ({ port }) => own`Windows answers on port ${port}, WinRM does not`,
    sentence: own`WinRM has no listener there, or it is stopped. ${nothing}`,
    answer: own`No WinRM there`,
    cureTitle: onThatServer,
    cure: [
      own`It shows where WinRM listens. When it shows nothing, Enable-PSRemoting -Force starts WinRM and makes the listener.`,
    ],
    command: () => 'winrm enumerate winrm/config/listener',
  },
  'wrong-scheme': {
    state: states.unreachable,
    heading: ({ port }) => own`Port ${port} does not speak what I was told`,
    sentence: own`One of us speaks HTTPS and the other HTTP. ${nothing}`,
    answer: own`Wrong protocol`,
    cureTitle: inConfiguration,
    cure: [
      own`Port and tls must fit: WinRM speaks HTTP on 5985 and HTTPS on 5986. The command shows on that server what listens where.`,
    ],
    command: () => 'winrm enumerate winrm/config/listener',
  },
  'certificate-untrusted': {
    state: states.unreachable,
    heading: () => own`I do not trust the certificate of this server`,
    sentence: own`No authority that I know has issued it, or it is not the one that I was told. ${nothing}`,
    answer: own`Not trusted`,
    cureTitle: inConfiguration,
    cure: [
      own`Name the authority that issued it (ca), or this one certificate (pin). Compare it on the server first: the command shows its thumbprint.`,
    ],
    command: () => 'winrm enumerate winrm/config/listener',
  },
  'certificate-expired': {
    state: states.unreachable,
    heading: () => own`The certificate of this server is not valid now`,
    sentence: own`It has run out, it is not valid yet, or one of our clocks is wrong. ${nothing}`,
    answer: own`Not valid now`,
    cureTitle: onThatServer,
    cure: [
      own`It lists the certificates of that server with their last day. Give the HTTPS listener one that is valid.`,
    ],
    command: () => 'Get-ChildItem Cert:\\LocalMachine\\My | Format-List Subject, NotAfter, Thumbprint',
  },
  'certificate-name': {
    state: states.unreachable,
    heading: () => own`The certificate there is for another name`,
    sentence: own`It does not hold the name that I was told to reach. ${nothing}`,
    answer: own`Another name`,
    cureTitle: onThatServer,
    cure: [
      own`It shows the names of each certificate. Write one of them as host in wsus-bot.yaml, or give the listener a certificate with this name.`,
    ],
    command: () => 'Get-ChildItem Cert:\\LocalMachine\\My | Format-List DnsNameList, Thumbprint',
  },
  'tls-failed': {
    state: states.unreachable,
    heading: () => own`No TLS connection came about`,
    sentence: own`The server and I found no way to encrypt, or something in between cut it off. ${nothing}`,
    answer: own`No TLS`,
    cureTitle: onThatServer,
    cure: [
      own`It must show an HTTPS listener with the thumbprint of a certificate. I speak TLS 1.2 and 1.3.`,
    ],
    command: () => 'winrm enumerate winrm/config/listener',
  },
} as const satisfies Record<string, RemoteErrorWords>;
