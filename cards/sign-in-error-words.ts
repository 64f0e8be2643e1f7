import { states } from './blocks/strip.ts';
import { own } from './own-text.ts';
import {
  inConfiguration,
  nothing,
  onThatServer,
  type RemoteErrorWords,
  usualReasons,
} from './remote-error-kind.ts';

/** The words of each error of a sign-in. */
export const signInErrorWords = {
  'sign-in-not-offered': {
    state: states.accessDenied,
    heading: () => own`The server does not offer my kind of sign-in`,
    sentence: own`It names other kinds than the one that I am set to. ${nothing}`,
    answer: own`Not offered`,
    cureTitle: onThatServer,
    cure: [
      own`It shows which kinds are on. Turn mine on there, or set auth in wsus-bot.yaml to one that is.`,
    ],
    command: () => 'winrm get winrm/config/service/auth',
  },
  'ntlm-refused': {
    state: states.accessDenied,
    heading: () => own`NTLM is off on this server`,
    sentence: own`It offers Negotiate and does not answer NTLM. ${nothing}`,
    answer: own`NTLM refused`,
    cureTitle: inConfiguration,
    cure: [own`Set me to Kerberos (auth and keytab): the steps are in docs/connecting.md.`],
  },
  'local-account-refused': {
    state: states.accessDenied,
    heading: () => own`The server did not accept its local account`,
    sentence: own`The server does not tell why. ${nothing}`,
    answer: own`Sign-in refused`,
    cureTitle: usualReasons,
    cure: [
      own`1. The password is not the account’s password now.`,
      own`2. The account is locked, disabled or expired.`,
      own`3. Windows takes the rights of local administrators away over the network. The endpoint WsusBot needs no administrator: docs/endpoint.md.`,
    ],
    command: () => 'Get-LocalUser | Format-Table Name, Enabled, PasswordExpires, AccountExpires',
  },
  'channel-binding': {
    state: states.accessDenied,
    heading: () => own`The server did not accept my sign-in over TLS`,
    sentence: own`The server does not tell why. ${nothing}`,
    answer: own`Sign-in refused`,
    cureTitle: usualReasons,
    cure: [
      own`1. The password is not the account’s password now.`,
      own`2. The account is locked, disabled or expired.`,
      own`3. Something between us opens the TLS, and the server asks that nothing does (channel binding). The command shows the thumbprint of its certificate.`,
    ],
    command: () => 'winrm enumerate winrm/config/listener',
  },
  forbidden: {
    state: states.accessDenied,
    heading: () => own`The server forbids my requests`,
    sentence: own`It answered 403 before it asked who I am. ${nothing}`,
    answer: own`Forbidden`,
    cureTitle: onThatServer,
    cure: [
      own`Look at IPv4Filter. A proxy or a firewall in between, or a client certificate that is mapped to no account, can also be the reason.`,
    ],
    command: () => 'winrm get winrm/config/service',
  },
} as const satisfies Record<string, RemoteErrorWords>;
