import { states } from './blocks/strip.ts';
import { own } from './own-text.ts';
import { powerShellArgument } from './powershell-argument.ts';
import {
  fromBotHost,
  inConfiguration,
  nothing,
  onThatServer,
  type RemoteErrorWords,
  usualReasons,
} from './remote-error-kind.ts';

const inDomain = own`Next: look at the account in the domain`;

/** The domain said no before the server was asked. */
const withoutTicket = {
  state: states.accessDenied,
  sentence: own`I did not get as far as the server. ${nothing}`,
  answer: own`No ticket`,
};

/** The words of each error of a sign-in with Kerberos. */
export const kerberosErrorWords = {
  'kerberos-programs': {
    ...withoutTicket,
    heading: () => own`kinit and kvno are missing`,
    cureTitle: fromBotHost,
    cure: [own`They are in the package krb5-user (Debian, Ubuntu) or krb5-workstation (Red Hat).`],
    command: () => 'command -v kinit kvno',
  },
  'kerberos-keytab': {
    ...withoutTicket,
    heading: () => own`I cannot use my keytab`,
    cureTitle: fromBotHost,
    cure: [own`It must show my principal with an AES key, to the user that I run as.`],
    command: () => 'klist -e -k /path/to/keytab',
  },
  'kerberos-kdc': {
    ...withoutTicket,
    heading: () => own`No domain controller answered me`,
    cureTitle: fromBotHost,
    cure: [own`It shows the domain controllers. I must reach them on port 88, TCP.`],
    command: () => 'nslookup -type=SRV _kerberos._tcp.DOMAIN',
  },
  'kerberos-realm': {
    ...withoutTicket,
    heading: () => own`I do not know the realm`,
    cureTitle: inConfiguration,
    cure: [
      own`The realm is the DNS name of the domain in capitals, in the principal of the account. For a server of another domain there must be a trust.`,
    ],
  },
  'kerberos-principal': {
    ...withoutTicket,
    heading: () => own`The domain does not know my account`,
    cureTitle: inConfiguration,
    cure: [own`The account was renamed or deleted, or the realm of the principal is not its domain.`],
  },
  'kerberos-key': {
    ...withoutTicket,
    heading: () => own`My keytab is older than the password`,
    cureTitle: inDomain,
    cure: [
      own`Make a new keytab with ktpass. Until then I try this one every ten minutes only, so that the account is not locked.`,
    ],
  },
  'kerberos-account': {
    ...withoutTicket,
    heading: () => own`The domain does not let my account sign in`,
    cureTitle: inDomain,
    cure: [own`It shows whether the account is disabled, locked or expired, or its password is.`],
    command: () =>
      'Get-ADUser ACCOUNT -Properties Enabled, LockedOut, AccountExpirationDate, PasswordExpired',
  },
  'kerberos-enctype': {
    ...withoutTicket,
    heading: () => own`The domain gives me no AES key`,
    cureTitle: inDomain,
    cure: [
      own`Turn on AES for my account and for the computer account of the server, then reset my password and make the keytab anew. I do not use RC4.`,
    ],
  },
  'kerberos-no-ticket': {
    state: states.accessDenied,
    heading: () => own`Kerberos gave me no ticket`,
    sentence: own`I did not get as far as the server. ${nothing}`,
    answer: own`No ticket`,
    cureTitle: fromBotHost,
    cure: [
      own`1. The domain controllers answer on port 88, and krb5.conf knows the realm.`,
      own`2. The keytab is of the account’s password now, and the account is neither locked nor expired.`,
    ],
    command: () => 'kinit -V -k -t /path/to/keytab PRINCIPAL',
  },
  'kerberos-unproven': {
    state: states.accessDenied,
    heading: () => own`The server did not prove who it is`,
    sentence: own`With Kerberos both sides prove themselves, and its proof was missing or wrong. ${nothing}`,
    answer: own`No proof`,
    cureTitle: fromBotHost,
    cure: [
      own`Something else than the server may have answered: a proxy in between, or another machine that has its name now.`,
    ],
    command: ({ host }) => `Resolve-DnsName ${powerShellArgument(host)}`,
  },
  'kerberos-refused': {
    state: states.accessDenied,
    heading: () => own`The server did not take my ticket`,
    sentence: own`The domain gave me one, and the server does not tell why it is not enough. ${nothing}`,
    answer: own`Ticket refused`,
    cureTitle: usualReasons,
    cure: [
      own`1. Its service name belongs to another account, such as that of an IIS pool. The command shows which; then set spn in wsus-bot.yaml to WSMAN or HOST.`,
      own`2. My account lacks the right to access that computer from the network.`,
      own`3. Something between us opens the TLS, and the server asks that nothing does (channel binding).`,
    ],
    command: ({ host }) => `setspn -Q ${powerShellArgument(`HTTP/${host}`)}`,
  },
  'kerberos-clock': {
    state: states.accessDenied,
    heading: () => own`Our clocks differ too much`,
    sentence: own`Kerberos allows five minutes between them. ${nothing}`,
    answer: own`Clocks differ`,
    cureTitle: onThatServer,
    cure: [
      own`It shows how the clock of that server is set. The other one is that of the machine that I run on.`,
    ],
    command: () => 'w32tm /query /status',
  },
  'kerberos-spn': {
    state: states.accessDenied,
    heading: () => own`Kerberos does not know this server by its name`,
    sentence: own`The service name is not registered, or it belongs to another account, such as that of an IIS pool. ${nothing}`,
    answer: own`Service name`,
    cureTitle: own`Next: look in the domain which account has the name`,
    cure: [own`It must be the account of the computer. Otherwise set spn in wsus-bot.yaml to WSMAN or HOST.`],
    command: ({ host }) => `setspn -Q ${powerShellArgument(`HTTP/${host}`)}`,
  },
} as const satisfies Record<string, RemoteErrorWords>;
