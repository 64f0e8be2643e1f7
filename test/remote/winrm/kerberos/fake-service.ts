import {
  applicationTag,
  DerReader,
  derTags,
  encodeDer,
  encodeField,
  encodeInteger,
  encodeOctets,
  encodeSequence,
} from '../../../../remote/winrm/der.ts';
import {
  decodeKerberosToken,
  encodeKerberosToken,
  tokenIds,
} from '../../../../remote/winrm/kerberos/gss-frame.ts';
import {
  decrypt,
  encrypt,
  type KerberosKey,
  keyUsages,
} from '../../../../remote/winrm/kerberos/kerberos-key.ts';
import type { ServiceTicket } from '../../../../remote/winrm/kerberos/service-ticket.ts';
import { confounder, keys, subkey } from './vectors.ts';

const reader = new DerReader('testing');

export const ticket: ServiceTicket = {
  client: { type: 1, realm: 'WITNESS.TEST', components: ['bot'] },
  // Sent as it is; this service looks at nothing in it.
  ticket: encodeDer(applicationTag(1), encodeSequence()),
  sessionKey: keys[18],
  startTime: 0,
  endTime: Number.MAX_SAFE_INTEGER,
  clockOffset: 0,
};

interface OpenedRequest {
  readonly time: Buffer;
  readonly microseconds: Buffer;
  readonly sequence: number;
}

/** Opens the Authenticator as a service does that has the session key out of the ticket. */
export function openRequest(token: Buffer): OpenedRequest {
  const request = reader.fields(reader.only(decodeKerberosToken(token).message, applicationTag(14)));
  const sealed = reader.fields(reader.field(request, 4));
  const plain = decrypt(
    keys[18],
    keyUsages.apReqAuthenticator,
    reader.octets(reader.field(sealed, 2)),
    'testing',
  );
  const fields = reader.fields(reader.only(plain, applicationTag(2)));
  return {
    microseconds: reader.field(fields, 4),
    time: reader.field(fields, 5),
    sequence: reader.integer(reader.field(fields, 7)),
  };
}

/** The AP-REP to a request. @param sequence a DER integer of its own making, where it is not a plain number */
export function replyTo(
  token: Buffer,
  options: { readonly subkey?: KerberosKey | undefined; readonly sequence?: Buffer } = { subkey },
): Buffer {
  const { time, microseconds } = openRequest(token);
  const part = encodeDer(
    applicationTag(27),
    encodeSequence(
      encodeField(0, time),
      encodeField(1, microseconds),
      ...(options.subkey === undefined
        ? []
        : [
            encodeField(
              2,
              encodeSequence(
                encodeField(0, encodeInteger(options.subkey.enctype)),
                encodeField(1, encodeOctets(options.subkey.bytes)),
              ),
            ),
          ]),
      encodeField(3, options.sequence ?? encodeInteger(7)),
    ),
  );
  return encodeKerberosToken(
    tokenIds.apRep,
    encodeDer(
      applicationTag(15),
      encodeSequence(
        encodeField(0, encodeInteger(5)),
        encodeField(1, encodeInteger(15)),
        encodeField(
          2,
          encodeSequence(
            encodeField(0, encodeInteger(18)),
            encodeField(2, encodeOctets(encrypt(keys[18], keyUsages.apRepPart, part, confounder))),
          ),
        ),
      ),
    ),
  );
}

/** A KRB-ERROR with this code, by a clock that says noon. */
export function errorToken(code: number): Buffer {
  const time = encodeDer(derTags.generalizedTime, Buffer.from('20261125120000Z'));
  return encodeKerberosToken(
    tokenIds.krbError,
    encodeDer(
      applicationTag(30),
      encodeSequence(
        encodeField(0, encodeInteger(5)),
        encodeField(1, encodeInteger(30)),
        encodeField(4, time),
        encodeField(5, encodeInteger(0)),
        encodeField(6, encodeInteger(code)),
      ),
    ),
  );
}
