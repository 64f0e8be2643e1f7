import { inTime } from '../../in-time.ts';
import { ProtocolError } from '../../protocol-error.ts';
import { RemoteError } from '../../remote-error.ts';
import type { Authentication, Channel, MessageProtection, PostToken } from '../authentication.ts';
import { failureError, handshakeStatusError } from '../http-errors.ts';
import { type HttpAnswer, HttpFailure } from '../http-post.ts';
import { plainMessages } from '../plain-messages.ts';
import { sealedMessages } from '../sealed-messages.ts';
import {
  bareDialogue,
  type DialogueStep,
  type KerberosDialogue,
  spnegoDialogue,
} from './kerberos-dialogue.ts';
import { mayBeStale, type Refusal, serverRefusal } from './kerberos-refusal.ts';
import type { KrbError } from './krb-error.ts';
import { startExchange } from './mutual-exchange.ts';
import { offeredToken } from './offered-schemes.ts';
import type { ServiceTicket } from './service-ticket.ts';
import type { ServiceName, TicketSupply } from './ticket-supply.ts';

export interface KerberosOptions {
  readonly tickets: TicketSupply;
  readonly name: ServiceName;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Cryptographically random bytes. */
  readonly randomBytes: (size: number) => Buffer;
}

/** How one attempt with one ticket ended, where it did not throw. */
type Attempt =
  | { readonly kind: 'signed-in'; readonly protection: MessageProtection }
  | { readonly kind: 'other-scheme' }
  | ({ readonly kind: 'refused' } & Refusal);

/**
 * Kerberos with mutual authentication: SPNEGO in the scheme Negotiate, or bare tokens in the scheme Kerberos where the server offers
 * that one alone. In clear every message is sealed; in TLS the sign-in is tied to the channel, and TLS protects messages, as with NTLM.
 * A status 200 without the server's proof is no sign-in.
 */
export function kerberosAuthentication(options: KerberosOptions, channel: Channel): Authentication {
  return { signIn: (post, doing, deadline) => signIn(options, channel, post, { doing, deadline }) };
}

async function signIn(
  options: KerberosOptions,
  channel: Channel,
  post: PostToken,
  { doing, deadline }: { readonly doing: string; readonly deadline: number },
) {
  const { tickets, name, now } = options;
  // A ticket may be on its way for others, too: it is not called off, only waited for no longer.
  const waitedFor = (ticket: Promise<ServiceTicket>) =>
    inTime(ticket, deadline - now(), () => {
      const detail = 'no ticket within the time of this call';
      throw new RemoteError('remote.kerberos-kdc', { doing, detail, outcome: 'not-sent' });
    });
  const ticket = await waitedFor(tickets.ticketFor(name, doing));
  const first = await attempt(options, ticket, channel, post, doing);
  if (first.kind === 'signed-in') return first.protection;
  const refusal = serverRefusal(first, { doing, clock: now() + ticket.clockOffset, channel });
  if (!mayBeStale(first.error)) throw refusal;
  const fresh = await waitedFor(tickets.renew(ticket, name, doing));
  const second = await attempt(options, fresh, channel, post, doing).catch((error: unknown) => {
    // A server that closes the socket after a refusal has given its reason already; the next socket has the new ticket.
    throw error instanceof RemoteError && error.code === 'remote.connection-lost' ? refusal : error;
  });
  if (second.kind === 'signed-in') return second.protection;
  throw serverRefusal(second, { doing, clock: now() + fresh.clockOffset, channel });
}

/** With SPNEGO, then bare where the server wants that. */
async function attempt(
  options: KerberosOptions,
  ticket: ServiceTicket,
  channel: Channel,
  post: PostToken,
  doing: string,
): Promise<Exclude<Attempt, { kind: 'other-scheme' }>> {
  for (const dialogueOf of [spnegoDialogue, bareDialogue]) {
    const exchange = startExchange({ ...options, ticket, channelBindings: channel.bindings });
    const end = await converse(dialogueOf(exchange), channel, post, doing);
    if (end.kind !== 'other-scheme') return end;
  }
  throw new RemoteError('remote.sign-in-not-offered', {
    doing,
    detail: 'neither Negotiate nor Kerberos',
    outcome: 'not-sent',
  });
}

/** A sign-in takes two or three requests, one more where SPNEGO asks for a MIC. */
const mostRequests = 4;

async function converse(
  dialogue: KerberosDialogue,
  channel: Channel,
  post: PostToken,
  doing: string,
): Promise<Attempt> {
  const { scheme, label } = dialogue;
  const refusedBy = (answer: HttpAnswer, error?: KrbError): Attempt => ({
    kind: 'refused',
    scheme,
    answer,
    error,
  });
  let token = dialogue.firstToken;
  for (let request = 0; request < mostRequests; request += 1) {
    const answer = await postToken(post, `${scheme} ${token.toString('base64')}`, doing);
    if (answer.status !== 200 && answer.status !== 401) throw handshakeStatusError(answer, doing);
    const offered = offeredToken(answer.authenticate, scheme);
    const hasToken = offered !== undefined && offered.length > 0;
    if (answer.status === 401 && !hasToken) {
      return offered === undefined ? { kind: 'other-scheme' } : refusedBy(answer);
    }
    const step = hasToken ? take(dialogue, offered, doing) : undefined;
    if (step?.kind === 'refused') return refusedBy(answer, step.error);
    if (answer.status === 200) {
      const context = step?.kind === 'established' ? step.context : dialogue.proven;
      if (context === undefined) throw unproven(doing);
      return {
        kind: 'signed-in',
        protection: channel.isEncrypted ? plainMessages() : sealedMessages(context, label),
      };
    }
    // An AP-REP and a 401: it knows who we are and does not let us in.
    if (step?.kind !== 'continue') return refusedBy(answer);
    token = step.token;
  }
  throw unproven(doing);
}

async function postToken(post: PostToken, authorization: string, doing: string): Promise<HttpAnswer> {
  try {
    return await post(authorization);
  } catch (error) {
    if (error instanceof HttpFailure && error.kind === 'gone') {
      throw new RemoteError('remote.connection-lost', {
        doing,
        detail: 'it was not kept open during the sign-in',
        outcome: 'not-sent',
        cause: error,
      });
    }
    throw failureError(error, doing, 'not-sent');
  }
}

function take(dialogue: KerberosDialogue, token: Buffer, doing: string): DialogueStep {
  try {
    return dialogue.step(token);
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause;
    throw unproven(doing, cause);
  }
}

const unproven = (doing: string, cause?: unknown) =>
  new RemoteError('remote.kerberos-unproven', { doing, outcome: 'not-sent', cause });
