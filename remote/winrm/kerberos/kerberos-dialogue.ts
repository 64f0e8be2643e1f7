import { ProtocolError } from '../../protocol-error.ts';
import type { SealingProtocol } from '../sealed-body.ts';
import { mechanisms } from './gss-frame.ts';
import type { KerberosContext } from './kerberos-context.ts';
import type { KrbError } from './krb-error.ts';
import type { MutualExchange } from './mutual-exchange.ts';
import {
  decodeNegTokenResp,
  encodeMechanismList,
  encodeNegTokenInit,
  encodeNegTokenResp,
  negotiationStates,
} from './spnego.ts';

/** What the server's token led to. */
export type DialogueStep =
  | { readonly kind: 'established'; readonly context: KerberosContext }
  | { readonly kind: 'continue'; readonly token: Buffer }
  | { readonly kind: 'refused'; readonly error: KrbError | undefined };

/** The tokens of one sign-in, in one of the two forms that Windows takes together with its label of sealed bodies. */
export interface KerberosDialogue {
  /** Of the header Authorization. */
  readonly scheme: 'Negotiate' | 'Kerberos';
  readonly label: SealingProtocol;
  readonly firstToken: Buffer;
  /** @throws ProtocolError */
  step(token: Buffer): DialogueStep;
  /** The context where the server agrees without another token, having proved itself before. */
  readonly proven: KerberosContext | undefined;
}

/** Scheme Kerberos with bare tokens: one each way. */
export function bareDialogue(exchange: MutualExchange): KerberosDialogue {
  return {
    scheme: 'Kerberos',
    label: 'Kerberos',
    firstToken: exchange.token,
    proven: undefined,
    step(token) {
      const answer = exchange.accept(token);
      return answer.ok
        ? { kind: 'established', context: answer.context }
        : { kind: 'refused', error: answer.error };
    },
  };
}

/**
 * Scheme Negotiate with SPNEGO (RFC 4178). With Kerberos as the only one on the list a server answers once; one that asks
 * for a MIC over the list gets it.
 * @param offered OIDs, best first; for a server that would have liked another one first
 */
export function spnegoDialogue(
  exchange: MutualExchange,
  offered: readonly Buffer[] = [mechanisms.kerberos],
): KerberosDialogue {
  const list = encodeMechanismList(offered);
  const isFirst = offered[0]?.equals(mechanisms.kerberos) === true;
  let context: KerberosContext | undefined;
  let tokenIsSent = isFirst;
  let proven: KerberosContext | undefined;
  return {
    scheme: 'Negotiate',
    label: 'SPNEGO',
    firstToken: encodeNegTokenInit(offered, isFirst ? exchange.token : undefined),
    get proven() {
      return proven;
    },
    step(bytes) {
      const { state, token, mechListMic } = decodeNegTokenResp(bytes);
      if (token !== undefined && context === undefined) {
        const answer = exchange.accept(token);
        if (!answer.ok) return { kind: 'refused', error: answer.error };
        context = answer.context;
      }
      if (state === negotiationStates.reject) return { kind: 'refused', error: undefined };
      if (context === undefined) {
        if (tokenIsSent) throw unproven();
        tokenIsSent = true;
        return { kind: 'continue', token: encodeNegTokenResp({ token: exchange.token }) };
      }
      if (mechListMic !== undefined) context.verify(list, mechListMic);
      // Without the MIC somebody between could have shortened the list.
      else if (!isFirst) throw unproven();
      if (state === undefined || state === negotiationStates.completed)
        return { kind: 'established', context };
      if (mechListMic !== undefined) proven = context;
      return { kind: 'continue', token: encodeNegTokenResp({ mechListMic: context.sign(list) }) };
    },
  };
}

const unproven = () =>
  new ProtocolError('protocol.malformed', 'reading a SPNEGO answer', 'no proof of the server in it');
