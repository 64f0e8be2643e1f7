import { readApRep } from '../../remote/winrm/kerberos/ap-rep.ts';
import { decodeKerberosToken } from '../../remote/winrm/kerberos/gss-frame.ts';
import { readKrbError } from '../../remote/winrm/kerberos/krb-error.ts';
import { startExchange } from '../../remote/winrm/kerberos/mutual-exchange.ts';
import { decodeNegTokenResp, encodeNegTokenResp } from '../../remote/winrm/kerberos/spnego.ts';
import { openToken, sealToken, type TokenPlace } from '../../remote/winrm/kerberos/wrap-token.ts';
import type { Target } from './fuzz.ts';
import { errorToken, replyTo, ticket } from './winrm/kerberos/fake-service.ts';
import { confounder, keys } from './winrm/kerberos/vectors.ts';

const exchange = () =>
  startExchange({
    ticket,
    now: () => 0,
    randomBytes: (size) => Buffer.alloc(size),
    channelBindings: undefined,
  });
const reply = replyTo(exchange().token);
const asked = { sessionKey: keys[18], time: '19700101000000Z', microseconds: 0 };
const place: TokenPlace = { key: keys[18], flags: 7, sequence: 7n };
const sealed = sealToken(place, Buffer.from('<s:Envelope/>'), confounder);

/** What a server or a domain says while somebody signs in with Kerberos, and after. */
export const kerberosTargets: Readonly<Record<string, Target>> = {
  'a SPNEGO answer': {
    samples: [encodeNegTokenResp({ state: 0, token: reply, mechListMic: Buffer.alloc(28) })],
    read: decodeNegTokenResp,
  },
  'a Kerberos token': {
    samples: [reply, errorToken(37)],
    read: (bytes) => exchange().accept(bytes),
  },
  'an AP-REP': {
    samples: [decodeKerberosToken(reply).message],
    read: (bytes) => readApRep(bytes, asked),
  },
  'a KRB-ERROR': {
    samples: [decodeKerberosToken(errorToken(37)).message],
    read: readKrbError,
  },
  'a sealed Kerberos message': {
    samples: [Buffer.concat([sealed.signature, sealed.sealed])],
    read: (bytes) => openToken(place, { signature: bytes.subarray(0, 60), sealed: bytes.subarray(60) }),
  },
};
