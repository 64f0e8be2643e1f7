import {
  applicationTag,
  derTags,
  encodeDer,
  encodeField,
  encodeInteger,
  encodeKerberosString,
  encodeOctets,
  encodeSequence,
} from '../der.ts';
import type { Principal } from './credential-cache.ts';
import { encrypt, type KerberosKey, keyUsages } from './kerberos-key.ts';

/** What an Authenticator says (RFC 4120, 5.5.1, with the checksum of RFC 4121, 4.1.1). */
export interface AuthenticatorFields {
  readonly client: Principal;
  /** "YYYYMMDDHHMMSSZ" and microseconds: with the same pair the server proves itself. */
  readonly time: string;
  readonly microseconds: number;
  readonly subkey: KerberosKey;
  /** 32 bits */
  readonly sequence: number;
  /** What ties it to the TLS channel, 16 bytes (tls/channel-bindings.ts). */
  readonly channelBindings: Buffer | undefined;
}

/** MUTUAL, REPLAY, SEQUENCE, CONF, INTEG; never DELEG: the server gets no ticket to go on with. */
const contextFlags = 0x3e;
const gssChecksum = 0x8003;
const adIfRelevant = 1;
/** KERB_AP_OPTIONS_CBT (MS-KILE 3.2.5.8): a server that knows bindings then does not take zeros for them. */
const apOptions = { type: 143, channelBinding: 0x4000 };

/** An AP-REQ that asks for mutual authentication. @param ticket DER @param confounder 16 random bytes */
export function encodeApReq(request: {
  readonly ticket: Buffer;
  readonly sessionKey: KerberosKey;
  readonly authenticator: AuthenticatorFields;
  readonly confounder: Buffer;
}): Buffer {
  const { ticket, sessionKey, authenticator, confounder } = request;
  const plain = encodeAuthenticator(authenticator);
  const cipher = encrypt(sessionKey, keyUsages.apReqAuthenticator, plain, confounder);
  const mutualRequired = Buffer.from('0020000000', 'hex');
  return encodeDer(
    applicationTag(14),
    encodeSequence(
      encodeField(0, encodeInteger(5)),
      encodeField(1, encodeInteger(14)),
      encodeField(2, encodeDer(derTags.bitString, mutualRequired)),
      encodeField(3, ticket),
      encodeField(
        4,
        encodeSequence(
          encodeField(0, encodeInteger(sessionKey.enctype)),
          encodeField(2, encodeOctets(cipher)),
        ),
      ),
    ),
  );
}

export function encodeAuthenticator(fields: AuthenticatorFields): Buffer {
  const { client, time, microseconds, subkey, sequence, channelBindings } = fields;
  return encodeDer(
    applicationTag(2),
    encodeSequence(
      encodeField(0, encodeInteger(5)),
      encodeField(1, encodeKerberosString(client.realm)),
      encodeField(
        2,
        encodeSequence(
          encodeField(0, encodeInteger(client.type)),
          encodeField(1, encodeSequence(...client.components.map(encodeKerberosString))),
        ),
      ),
      encodeField(
        3,
        encodeSequence(
          encodeField(0, encodeInteger(gssChecksum)),
          encodeField(1, encodeOctets(checksumOf(channelBindings))),
        ),
      ),
      encodeField(4, encodeInteger(microseconds)),
      encodeField(5, encodeDer(derTags.generalizedTime, Buffer.from(time, 'latin1'))),
      encodeField(
        6,
        encodeSequence(
          encodeField(0, encodeInteger(subkey.enctype)),
          encodeField(1, encodeOctets(subkey.bytes)),
        ),
      ),
      encodeField(7, encodeInteger(sequence)),
      ...(channelBindings === undefined ? [] : [encodeField(8, bindingIsMeant())]),
    ),
  );
}

function checksumOf(channelBindings: Buffer | undefined): Buffer {
  const checksum = Buffer.alloc(24);
  checksum.writeUInt32LE(16, 0);
  channelBindings?.copy(checksum, 4);
  checksum.writeUInt32LE(contextFlags, 20);
  return checksum;
}

function bindingIsMeant(): Buffer {
  const options = Buffer.alloc(4);
  options.writeUInt32LE(apOptions.channelBinding);
  return authorizationData(adIfRelevant, authorizationData(apOptions.type, options));
}

function authorizationData(type: number, data: Buffer): Buffer {
  return encodeSequence(
    encodeSequence(encodeField(0, encodeInteger(type)), encodeField(1, encodeOctets(data))),
  );
}
