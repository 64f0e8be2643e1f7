import { ProtocolError } from '../../protocol-error.ts';
import { guidFromRandom } from '../../psrp/guid.ts';
import type { SecurityContext } from '../../winrm/ntlm/security-context.ts';
import { isSealedContentType } from '../../winrm/sealed-body.ts';
import { buildFault, buildResponse, parseRequest, type ShellRequest } from '../../winrm/server-envelope.ts';
import type { MessageKind, Misdeed } from '../misbehaviour.ts';
import { faults, faultWithCode } from './fault-details.ts';
import type { FrontChannel } from './front-channel.ts';
import type { FrontTls } from './front-tls.ts';
import { emptyAnswer, type HttpAnswer, unauthorizedOffering } from './http-answer.ts';
import { formOf, type MessageForm } from './message-form.ts';
import type { MisbehaviourTable } from './misbehaviour-table.ts';
import { type AcceptorSettings, NtlmAcceptor, type PracticeAccount } from './ntlm-acceptor.ts';
import { plainSignIn } from './plain-sign-in.ts';
import type { Reply } from './shell-reply.ts';
import type { ShellTable } from './shell-table.ts';
import { withFragmentsReordered } from './spoil-reply.ts';
import { corrupted, truncated, withHugeBody, withWrongLength } from './spoil-sealed-body.ts';

export interface SessionSettings extends AcceptorSettings {
  readonly shells: ShellTable;
  readonly misbehaviours: MisbehaviourTable;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly tls?: FrontTls | undefined;
  readonly channel: FrontChannel;
}

export interface HttpMessage {
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: Buffer;
  /** Aborted when the socket closed. */
  readonly gone: AbortSignal;
}

/** An answer, or what a misdeed does instead. */
export type Outcome = HttpAnswer | 'drop-socket' | 'say-nothing';

const largestEnvelope = 512_000;

const kinds: Readonly<Record<ShellRequest['operation'], MessageKind>> = {
  create: 'Create',
  command: 'Command',
  send: 'Send',
  receive: 'Receive',
  signal: 'Signal',
  delete: 'Delete',
};

interface SignedIn {
  readonly account: PracticeAccount;
  /** Undefined where the message carried the sign-in. */
  readonly context?: SecurityContext;
}

/** One socket: who signed in on it and the keys that belong to it. Nothing of it outlives the socket. */
export class SocketSession {
  readonly #settings: SessionSettings;
  readonly #acceptor: NtlmAcceptor;
  readonly #unauthorized: ReturnType<typeof unauthorizedOffering>;
  #signedIn: SignedIn | undefined;

  constructor(settings: SessionSettings) {
    this.#settings = settings;
    this.#acceptor = new NtlmAcceptor(settings);
    this.#unauthorized = unauthorizedOffering(settings.tls?.basic === true);
  }

  async answer(message: HttpMessage): Promise<Outcome> {
    if (message.authorization !== undefined) return this.#signIn(message.authorization, message);
    if (this.#signedIn !== undefined) return this.#message(message, this.#signedIn);
    // Windows answers 400 to sealed bytes whose keys belong to another socket, 401 to everything else.
    return isSealedContentType(message.contentType) ? emptyAnswer(400) : this.#unauthorized();
  }

  /** A header that signs in, and the message behind it. */
  async #signIn(authorization: string, message: HttpMessage): Promise<Outcome> {
    const { tls, accounts, channel } = this.#settings;
    const { isOne, account } = await plainSignIn(authorization, tls, accounts, channel);
    if (isOne) return account === undefined ? this.#unauthorized() : this.#message(message, { account });
    const outcome = await this.#handshakeOrMisdeed(authorization);
    const isDone = typeof outcome === 'object' && outcome.status === 200;
    if (!isDone || message.body.length === 0 || this.#signedIn === undefined) return outcome;
    return this.#message(message, this.#signedIn);
  }

  async #handshakeOrMisdeed(authorization: string): Promise<Outcome> {
    const misdeed = this.#settings.misbehaviours.next('handshake', undefined);
    switch (misdeed?.kind) {
      case undefined:
        return this.#handshake(authorization);
      case 'delay':
        await this.#settings.wait(misdeed.milliseconds);
        return this.#handshake(authorization);
      case 'drop-before-executing':
      case 'drop-after-executing':
        return 'drop-socket';
      case 'no-answer':
        return 'say-nothing';
      case 'unauthorized':
        return this.#forget(this.#unauthorized());
      case 'http-status':
        return this.#forget(plainAnswer(misdeed));
      default:
        // Nothing is sealed in a handshake: what is left of these is a server that broke down.
        return this.#forget(emptyAnswer(500));
    }
  }

  #handshake(authorization: string): HttpAnswer {
    this.#signedIn = undefined;
    const token = /^Negotiate ([A-Za-z0-9+/]+={0,2})$/i.exec(authorization.trim())?.[1];
    if (token === undefined) return this.#unauthorized();
    try {
      const step = this.#acceptor.step(Buffer.from(token, 'base64'));
      if (step.kind === 'challenge') return this.#unauthorized(step.token);
      if (step.kind === 'refused') return this.#unauthorized();
      this.#signedIn = step;
      return emptyAnswer(200);
    } catch (error) {
      if (error instanceof ProtocolError) return this.#unauthorized();
      throw error;
    }
  }

  async #message({ contentType, body, gone }: HttpMessage, { account, context }: SignedIn): Promise<Outcome> {
    const form = formOf(contentType, context, this.#settings.channel.isEncrypted);
    // AllowUnencrypted=false: a message in clear is refused without a word.
    if (form === undefined) return emptyAnswer(500);
    let plain: Buffer;
    try {
      plain = form.open(body);
    } catch (error) {
      if (error instanceof ProtocolError) return this.#forget(emptyAnswer(400));
      throw error;
    }
    if (plain.length > largestEnvelope)
      return this.#reply(form, 'uuid:0', { kind: 'fault', fault: faults.tooLarge });
    let request: ShellRequest;
    try {
      request = parseRequest(plain.toString('utf8'));
    } catch (error) {
      if (error instanceof ProtocolError)
        return this.#reply(form, 'uuid:0', { kind: 'fault', fault: faults.schema });
      throw error;
    }
    return this.#operation(request, form, account, gone);
  }

  async #operation(
    request: ShellRequest,
    form: MessageForm,
    account: PracticeAccount,
    gone: AbortSignal,
  ): Promise<Outcome> {
    const { shells, misbehaviours } = this.#settings;
    const misdeed = misbehaviours.next(kinds[request.operation], shells.functionOf(request));
    if (misdeed?.kind === 'delay') await this.#settings.wait(misdeed.milliseconds);
    const answer = (reply: Reply, relatesTo = request.messageId): HttpAnswer =>
      this.#reply(form, relatesTo, reply);
    const execute = (): Promise<Reply> => shells.answer(request, { account, gone });
    if (misdeed === undefined || misdeed.kind === 'delay') return answer(await execute());
    const executeToEnd = async (): Promise<Reply> => {
      const reply = await execute();
      if (request.operation === 'command') await shells.untilEnded(request.shellId, request.commandId, gone);
      return reply;
    };
    return this.#misbehave(misdeed, executeToEnd, answer);
  }

  async #misbehave(
    misdeed: Exclude<Misdeed, { kind: 'delay' }>,
    execute: () => Promise<Reply>,
    answer: (reply: Reply, relatesTo?: string) => HttpAnswer,
  ): Promise<Outcome> {
    switch (misdeed.kind) {
      case 'drop-before-executing':
        return 'drop-socket';
      case 'drop-after-executing':
        await execute();
        return 'drop-socket';
      case 'no-answer':
        if (misdeed.executed !== false) await execute();
        return 'say-nothing';
      case 'unauthorized':
        if (misdeed.executed === true) await execute();
        return this.#forget(this.#unauthorized());
      case 'http-status':
        if (misdeed.executed === true) await execute();
        return plainAnswer(misdeed);
      case 'fault':
        if (misdeed.executed === true) await execute();
        return answer({ kind: 'fault', fault: faultWithCode(misdeed.code, misdeed.text) });
      case 'truncated-sealed-body':
        return truncated(answer(await execute()));
      case 'corrupted-sealed-body':
        return corrupted(answer(await execute()));
      case 'wrong-length':
        return withWrongLength(answer(await execute()));
      case 'reordered-fragments':
        return answer(withFragmentsReordered(await execute()));
      case 'wrong-relates-to':
        return answer(await execute(), 'uuid:00000000-0000-4000-8000-000000000000');
      case 'huge-body':
        return withHugeBody(answer(await execute()));
      case 'slow-drip':
        return { ...answer(await execute()), restBetweenBytes: misdeed.milliseconds };
    }
  }

  #reply(form: MessageForm, relatesTo: string, reply: Reply): HttpAnswer {
    const messageId = guidFromRandom(this.#settings.randomBytes(16)).toUpperCase();
    const header = { relatesTo, messageId };
    const xml =
      reply.kind === 'fault'
        ? buildFault(header, { ...reply.fault, machine: this.#settings.computer })
        : buildResponse(header, reply.response);
    const { contentType, body } = form.close(Buffer.from(xml, 'utf8'));
    return { status: reply.kind === 'fault' ? 500 : 200, headers: { 'Content-Type': contentType }, body };
  }

  #forget(answer: HttpAnswer): HttpAnswer {
    this.#signedIn = undefined;
    return answer;
  }
}

function plainAnswer(misdeed: Extract<Misdeed, { kind: 'http-status' }>): HttpAnswer {
  const body = Buffer.from(misdeed.body ?? '', 'utf8');
  return {
    status: misdeed.status,
    headers: body.length === 0 ? {} : { 'Content-Type': misdeed.contentType ?? 'text/html' },
    body,
  };
}
