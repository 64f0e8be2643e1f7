import { avIds } from '../../winrm/ntlm/av-pairs.ts';
import { encodeChallengeMessage } from '../../winrm/ntlm/challenge-message.ts';
import { sameBytes } from '../../winrm/ntlm/digests.ts';
import { hasFlags, negotiateFlags, requiredFlags } from '../../winrm/ntlm/negotiate-flags.ts';
import { decodeNegotiateMessage } from '../../winrm/ntlm/negotiate-message.ts';
import { fileTime, ntowfV2 } from '../../winrm/ntlm/ntlm-v2.ts';
import type { SecurityContext } from '../../winrm/ntlm/security-context.ts';
import { verifyAuthenticate } from '../../winrm/ntlm/verify-authenticate.ts';

import type { FrontChannel } from './front-channel.ts';
import type { FrontTls } from './front-tls.ts';

/** An account of a practice server's table. */
export interface PracticeAccount {
  readonly domain: string;
  readonly user: string;
  readonly password: string;
  /** May open a session at the endpoint `WsusBot`, beside signing in. */
  readonly mayUseEndpoint: boolean;
  /** May open one at Windows' own endpoint, `Microsoft.PowerShell`. */
  readonly isAdministrator: boolean;
}

export interface AcceptorSettings {
  readonly computer: string;
  readonly accounts: readonly PracticeAccount[];
  readonly randomBytes: (size: number) => Buffer;
  readonly now: () => Date;
  readonly tls?: FrontTls | undefined;
  readonly channel: FrontChannel;
}

export type HandshakeStep =
  | { readonly kind: 'challenge'; readonly token: Buffer }
  | { readonly kind: 'accepted'; readonly account: PracticeAccount; readonly context: SecurityContext }
  | { readonly kind: 'refused' };

/**
 * The server's side of one socket's NTLM handshake. A challenge is good for one answer. The timestamp in it obliges the client to send a
 * MIC (MS-NLMP 3.1.5.1.2).
 */
export class NtlmAcceptor {
  readonly #settings: AcceptorSettings;
  #pending: { readonly negotiate: Buffer; readonly challenge: Buffer } | undefined;

  constructor(settings: AcceptorSettings) {
    this.#settings = settings;
  }

  /** Takes a token of an Authorization header. @throws ProtocolError on a malformed one */
  step(token: Buffer): HandshakeStep {
    const pending = this.#pending;
    this.#pending = undefined;
    const type = token.length >= 12 ? token.readUInt32LE(8) : 0;
    if (type === 1) return this.#challenge(token);
    return pending === undefined ? { kind: 'refused' } : this.#verify({ ...pending, authenticate: token });
  }

  #challenge(negotiate: Buffer): HandshakeStep {
    const { computer, accounts, randomBytes, now } = this.#settings;
    const { flags } = decodeNegotiateMessage(negotiate);
    if (!hasFlags(flags, sealingFlags)) return { kind: 'refused' };
    const name = (text: string): Buffer => Buffer.from(text, 'utf16le');
    // In the domain of its accounts: a challenge tells who asks whether an account is local.
    const domain = accounts[0]?.domain || computer;
    const dns = `${computer.toLowerCase()}.practice.invalid`;
    const challenge = encodeChallengeMessage({
      flags: (requiredFlags | (flags & optional) | negotiateFlags.targetTypeServer) >>> 0,
      serverChallenge: randomBytes(8),
      targetName: computer.toUpperCase(),
      targetInfo: [
        { id: avIds.nbDomainName, value: name(domain.toUpperCase()) },
        { id: avIds.nbComputerName, value: name(computer.toUpperCase()) },
        { id: avIds.dnsDomainName, value: name(dns) },
        { id: avIds.dnsComputerName, value: name(dns) },
        { id: avIds.timestamp, value: fileTime(now().getTime()) },
      ],
    });
    this.#pending = { negotiate, challenge };
    return { kind: 'challenge', token: challenge };
  }

  #verify(handshake: { negotiate: Buffer; challenge: Buffer; authenticate: Buffer }): HandshakeStep {
    let account: PracticeAccount | undefined;
    const verification = verifyAuthenticate(handshake, (sent) => {
      account = this.#settings.accounts.find(
        ({ user, domain }) => sameName(user, sent.user) && sameName(domain, sent.domain),
      );
      return account === undefined ? undefined : ntowfV2({ ...sent, password: account.password });
    });
    if (!verification.ok || account === undefined) return { kind: 'refused' };
    if (!this.#isBound(verification.channelBindings)) return { kind: 'refused' };
    return { kind: 'accepted', account, context: verification.context };
  }

  /** Whether a sign-in is tied to this channel as CbtHardeningLevel asks; it asks nothing in clear. All zero means none (MS-NLMP 2.2.2.1). */
  #isBound(sent: Buffer | undefined): boolean {
    const { tls, channel } = this.#settings;
    const hardening = tls?.cbtHardening ?? 'Relaxed';
    if (tls === undefined || hardening === 'None') return true;
    const isNone = sent === undefined || sent.every((byte) => byte === 0);
    if (isNone) return hardening === 'Relaxed';
    return channel.bindings !== undefined && sameBytes(sent, channel.bindings);
  }
}

/** What a client must offer at once; the rest is asked of it by the challenge and checked in its answer. */
const sealingFlags =
  negotiateFlags.sign |
  negotiateFlags.seal |
  negotiateFlags.extendedSessionSecurity |
  negotiateFlags.key128 |
  negotiateFlags.keyExchange;

const optional =
  negotiateFlags.requestTarget | negotiateFlags.alwaysSign | negotiateFlags.version | negotiateFlags.key56;

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
