import { ProtocolError } from '../../protocol-error.ts';
import { RemoteError } from '../../remote-error.ts';
import type { Authentication, Channel, PostToken } from '../authentication.ts';
import { failureError, handshakeStatusError, offeredIn, signInError } from '../http-errors.ts';
import { type HttpAnswer, HttpFailure } from '../http-post.ts';
import { plainMessages } from '../plain-messages.ts';
import { sealedMessages } from '../sealed-messages.ts';
import type { AccountKind } from './account-kind.ts';
import { createNtlmClient, type NtlmClient, type NtlmClientOptions } from './ntlm-client.ts';
import type { SecurityContext } from './security-context.ts';

/**
 * NTLM. In clear every message is sealed. In TLS none is: TLS protects them, Windows takes them so (AllowUnencrypted is about HTTP), and that
 * is what pywinrm, pypsrp and Ansible send there. The sign-in is tied to the channel instead, so that nobody between can pass it on.
 */
export function ntlmAuthentication(
  options: Omit<NtlmClientOptions, 'channelBindings'>,
  { isEncrypted, bindings }: Channel,
): Authentication {
  return {
    signIn: async (post, doing) => {
      const client = createNtlmClient({ ...options, channelBindings: bindings });
      const refusal = { isEncrypted, now: options.now };
      const context = await signIn(client, post, doing, refusal);
      return isEncrypted ? plainMessages() : sealedMessages(context);
    },
  };
}

/** Of a sign-in, for the error where it is refused. */
interface Surroundings {
  readonly isEncrypted: boolean;
  readonly now: () => number;
}

/**
 * Signs in with two requests with empty bodies: type 1 at once, without waiting to be asked, then type 3.
 * Raw NTLM tokens in the scheme Negotiate, as Windows accepts them.
 * @throws RemoteError, always with outcome not-sent
 */
async function signIn(
  client: NtlmClient,
  post: PostToken,
  doing: string,
  { isEncrypted, now }: Surroundings,
): Promise<SecurityContext> {
  const refused = (answer: HttpAnswer, isAnswered: boolean, account: AccountKind, usesOurClock: boolean) =>
    signInError(
      {
        scheme: 'Negotiate',
        hasTicket: false,
        offered: offeredIn(answer),
        isAnswered,
        account,
        isEncrypted,
        clockAhead: usesOurClock && answer.date !== undefined ? (answer.date - now()) / 1000 : undefined,
      },
      doing,
    );
  const postToken = async (token: Buffer) => {
    try {
      return await post(`Negotiate ${token.toString('base64')}`);
    } catch (error) {
      if (error instanceof HttpFailure && error.kind === 'gone') {
        throw sealingRefused(doing, 'the connection was not kept open', error);
      }
      throw failureError(error, doing, 'not-sent');
    }
  };
  const challenged = await postToken(client.negotiateMessage);
  if (challenged.status !== 401) throw handshakeStatusError(challenged, doing);
  const token = /(?:^|[\s,])Negotiate\s+([A-Za-z0-9+/]+={0,2})/i.exec(challenged.authenticate)?.[1];
  if (token === undefined) throw refused(challenged, false, 'unknown', false);
  const { message, context, account, usesOurClock } = answerChallenge(
    client,
    Buffer.from(token, 'base64'),
    doing,
  );
  const accepted = await postToken(message);
  if (accepted.status === 401) throw refused(accepted, true, account, usesOurClock);
  if (accepted.status !== 200) throw handshakeStatusError(accepted, doing);
  return context;
}

function answerChallenge(client: NtlmClient, challenge: Buffer, doing: string) {
  try {
    return client.authenticate(challenge);
  } catch (error) {
    if (error instanceof ProtocolError) throw sealingRefused(doing, 'the challenge cannot be used', error);
    throw error;
  }
}

const sealingRefused = (doing: string, detail: string, cause?: unknown) =>
  new RemoteError('remote.sealing-refused', { doing, detail, outcome: 'not-sent', cause });
