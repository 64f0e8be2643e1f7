import { CodedError } from './coded-error.ts';

/** What is wrong with bytes or text that came over the wire. A client turns these into a RemoteError before anybody sees them. */
const reasons = {
  'protocol.malformed': 'it does not have the form that the protocol asks for',
  'protocol.too-large': 'it is larger than the limit',
  'protocol.signature-wrong': 'its signature is wrong',
  'protocol.sequence-wrong': 'its sequence number is wrong',
  'protocol.unsupported': 'it needs something that is not supported',
} as const;

export type ProtocolErrorCode = keyof typeof reasons;

/** Thrown by every codec of `remote/` on input it does not accept. `detail` is our own text, never a piece of the input. */
export class ProtocolError extends CodedError {
  declare readonly code: ProtocolErrorCode;

  constructor(code: ProtocolErrorCode, doing: string, detail: string) {
    super(code, {
      doing,
      reason: `${reasons[code]} (${detail})`,
      remedy:
        'Check the server again. If it repeats, something between the bot and the server changes the messages.',
      outcome: 'unknown',
    });
    this.name = 'ProtocolError';
  }
}
