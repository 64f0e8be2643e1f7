import type { states } from './blocks/strip.ts';
import { type OwnText, own } from './own-text.ts';

/** The same words as `remoteErrors` after "remote.". */
export type RemoteErrorKind =
  | 'name-not-found'
  | 'unreachable'
  | 'timed-out'
  | 'connection-lost'
  | 'sign-in-refused'
  | 'sealing-refused'
  | 'not-winrm'
  | 'access-denied'
  | 'endpoint-missing'
  | 'fault'
  | 'busy'
  | 'language-mode'
  | 'module-not-loaded'
  | 'broken-answer'
  | 'no-worker'
  | 'port-closed'
  | 'proxy'
  | 'listener-missing'
  | 'wrong-scheme'
  | 'certificate-untrusted'
  | 'certificate-expired'
  | 'certificate-name'
  | 'tls-failed'
  | 'sign-in-not-offered'
  | 'ntlm-refused'
  | 'local-account-refused'
  | 'channel-binding'
  | 'forbidden'
  | 'kerberos-no-ticket'
  | 'kerberos-programs'
  | 'kerberos-keytab'
  | 'kerberos-kdc'
  | 'kerberos-realm'
  | 'kerberos-principal'
  | 'kerberos-key'
  | 'kerberos-account'
  | 'kerberos-enctype'
  | 'kerberos-unproven'
  | 'kerberos-refused'
  | 'kerberos-clock'
  | 'kerberos-spn'
  | 'shell-quota'
  | 'envelope-too-large'
  | 'out-of-memory'
  | 'virtual-account'
  | 'shells-not-allowed'
  | 'restarting'
  | 'stopped'
  | 'local-powershell'
  | 'identity-refused'
  | 'function-failed';

/** What a command may be made of. */
export interface RemoteErrorPlace {
  readonly host: string;
  readonly port: number;
  readonly endpoint: string;
}

export interface RemoteErrorWords {
  readonly state: (typeof states)[keyof typeof states];
  readonly heading: (place: RemoteErrorPlace) => OwnText;
  readonly sentence: OwnText;
  /** Left out where it was nothing of the server or the account. */
  readonly answer?: OwnText;
  readonly cureTitle: OwnText;
  /** Sentences, one paragraph each. */
  readonly cure: readonly OwnText[];
  readonly command?: (place: RemoteErrorPlace) => string;
  /** What the command does besides. */
  readonly note?: OwnText;
}

/** The endpoint's set-up, with a place for the account. */
export const installCommand = () => ".\\Install-WsusBotEndpoint.ps1 -RepairGroup 'DOMAIN\\wsus-bot'";

export const nothing = own`Nothing was read, nothing was changed.`;
export const fromBotHost = own`Next: test it from the machine that I run on`;
export const onThatServer = own`Next: look on that server, as administrator`;
export const inConfiguration = own`Next: correct wsus-bot.yaml`;
export const usualReasons = own`Next: look at the three usual reasons`;
