import { ProtocolError } from '../../protocol-error.ts';
import { DerReader, derTags, encodeDer, encodeField, encodeOctets, encodeSequence } from '../der.ts';
import { encodeInitialToken, encodeMechanism, mechanisms } from './gss-frame.ts';

/** negState of RFC 4178, 4.2.2. */
export const negotiationStates = { completed: 0, incomplete: 1, reject: 2, requestMic: 3 } as const;

export interface NegotiationAnswer {
  readonly state: number | undefined;
  readonly token: Buffer | undefined;
  readonly mechListMic: Buffer | undefined;
}

const kerberosNames = [mechanisms.kerberos, mechanisms.microsoftKerberos];
const doing = 'reading a SPNEGO answer';
const reader = new DerReader(doing);

/** The list that a mechListMIC is over. @param offered OIDs without tag and length */
export const encodeMechanismList = (offered: readonly Buffer[]): Buffer =>
  encodeSequence(...offered.map(encodeMechanism));

/** NegTokenInit (RFC 4178, 4.2.1). @param token a first one for the first mechanism */
export function encodeNegTokenInit(offered: readonly Buffer[], token: Buffer | undefined): Buffer {
  return encodeInitialToken(
    mechanisms.spnego,
    encodeField(
      0,
      encodeSequence(
        encodeField(0, encodeMechanismList(offered)),
        ...(token === undefined ? [] : [encodeField(2, encodeOctets(token))]),
      ),
    ),
  );
}

/** NegTokenResp (RFC 4178, 4.2.2). A client leaves the state out. */
export function encodeNegTokenResp(answer: Partial<NegotiationAnswer>): Buffer {
  const { state, token, mechListMic } = answer;
  return encodeField(
    1,
    encodeSequence(
      ...(state === undefined ? [] : [encodeField(0, encodeDer(derTags.enumerated, Buffer.of(state)))]),
      ...(token === undefined ? [] : [encodeField(2, encodeOctets(token))]),
      ...(mechListMic === undefined ? [] : [encodeField(3, encodeOctets(mechListMic))]),
    ),
  );
}

/** @throws ProtocolError */
export function decodeNegTokenResp(bytes: Buffer): NegotiationAnswer {
  const fields = reader.fields(reader.only(bytes, 0xa1));
  const [state, mechanism, token, mechListMic] = [0, 1, 2, 3].map((number) => fields.get(number));
  if (mechanism !== undefined && !kerberosNames.some((name) => mechanism.equals(encodeMechanism(name)))) {
    throw new ProtocolError('protocol.unsupported', doing, 'another mechanism than Kerberos');
  }
  return {
    state: state && reader.integer(state, derTags.enumerated),
    token: token && reader.octets(token),
    mechListMic: mechListMic && reader.octets(mechListMic),
  };
}
