import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { RemoteError, type RemoteErrorCode } from '../../../../remote/remote-error.ts';
import { type Authentication, clearChannel } from '../../../../remote/winrm/authentication.ts';
import { encodeInteger } from '../../../../remote/winrm/der.ts';
import type { HttpAnswer } from '../../../../remote/winrm/http-post.ts';
import { HttpFailure } from '../../../../remote/winrm/http-post.ts';
import { mechanisms } from '../../../../remote/winrm/kerberos/gss-frame.ts';
import { kerberosAuthentication } from '../../../../remote/winrm/kerberos/kerberos-authentication.ts';
import { startExchange } from '../../../../remote/winrm/kerberos/mutual-exchange.ts';
import { encodeMechanismList, encodeNegTokenResp } from '../../../../remote/winrm/kerberos/spnego.ts';
import { ticketsOrNtlm } from '../../../../remote/winrm/kerberos/tickets-or-ntlm.ts';
import { openToken, sealToken, signToken } from '../../../../remote/winrm/kerberos/wrap-token.ts';
import { failure } from '../../failure.ts';
import { errorToken, openRequest, replyTo, ticket } from './fake-service.ts';
import { confounder, subkey } from './vectors.ts';

const noon = Date.UTC(2026, 10, 25, 12);

type Post = (authorization: string, request: number) => { status: number; says?: string; date?: number };

/** Signs in to a server that answers as it is told to. */
async function signIn(post: Post, renewed = ticket) {
  const seen: string[] = [];
  let renewals = 0;
  const authentication = kerberosAuthentication(
    {
      tickets: {
        ticketFor: async () => ticket,
        renew: async () => {
          renewals += 1;
          return renewed;
        },
      },
      name: { service: 'HTTP', host: 'wsus01.witness.test' },
      now: () => noon,
      randomBytes,
    },
    clearChannel,
  );
  const protection = authentication.signIn(
    async (authorization) => {
      seen.push(authorization.split(' ')[0] ?? '');
      const { status, says, date } = post(authorization, seen.length);
      return { ...answer(status, says), date };
    },
    'testing',
    noon + 60_000,
  );
  return { protection, seen, renewals: () => renewals };
}

const answer = (status: number, says = ''): HttpAnswer => ({
  status,
  contentType: undefined,
  authenticate: says,
  body: Buffer.alloc(0),
  isFromProxy: false,
  isFromHttpSys: true,
  date: undefined,
});
const negotiate = (token: Buffer) => `Negotiate ${token.toString('base64')}`;

/** The AP-REQ that is in an Authorization header, SPNEGO or not: its frame names Kerberos' own OID. */
function requestIn(authorization: string): Buffer {
  const bytes = Buffer.from(authorization.split(' ')[1] ?? '', 'base64');
  const inner = Buffer.from('06092a864886f7120102020100', 'hex');
  const at = bytes.indexOf(inner);
  const { length } = bytes.subarray(at);
  // Tag and length in front of the OID, in two, three or four bytes.
  const head = length < 0x80 ? 2 : length < 0x100 ? 3 : 4;
  return bytes.subarray(at - head);
}

/** Of a sign-in, which never sends a message. */
async function refusal(signingIn: Promise<unknown>): Promise<RemoteError> {
  const error = await failure(signingIn);
  assert.equal(error.outcome, 'not-sent');
  return error;
}

test('one request signs in where the server answers with its proof', async () => {
  const { protection, seen } = await signIn((authorization) => ({
    status: 200,
    says: negotiate(encodeNegTokenResp({ state: 0, token: replyTo(requestIn(authorization)) })),
  }));
  const { headers } = (await protection).protect(Buffer.from('hello'));
  assert.match(headers['Content-Type'] ?? '', /HTTP-SPNEGO-session-encrypted/);
  assert.deepEqual(seen, ['Negotiate']);
});

test('a status 200 without the proof of the server is no sign-in', async () => {
  const { protection } = await signIn(() => ({ status: 200 }));
  assert.equal((await refusal(protection)).code, 'remote.kerberos-unproven');
});

test('a status 200 that says completed and proves nothing is no sign-in', async () => {
  const { protection } = await signIn(() => ({
    status: 200,
    says: negotiate(encodeNegTokenResp({ state: 0 })),
  }));
  assert.equal((await refusal(protection)).code, 'remote.kerberos-unproven');
});

test('the proof that was given to another request is no proof', async () => {
  const other = startExchange({ ticket, now: () => noon, randomBytes, channelBindings: undefined });
  const { protection } = await signIn(() => ({
    status: 200,
    says: negotiate(encodeNegTokenResp({ state: 0, token: replyTo(other.token) })),
  }));
  assert.equal((await refusal(protection)).code, 'remote.kerberos-unproven');
});

test('a proof in a refusal does not sign in', async () => {
  const { protection } = await signIn((authorization) => ({
    status: 401,
    says: negotiate(encodeNegTokenResp({ state: 0, token: replyTo(requestIn(authorization)) })),
  }));
  assert.equal((await refusal(protection)).code, 'remote.kerberos-refused');
});

test('a refusal without a word is not taken for a wrong password', async () => {
  const { protection, renewals } = await signIn(() => ({ status: 401, says: 'Negotiate' }));
  assert.equal((await refusal(protection)).code, 'remote.kerberos-refused');
  assert.equal(renewals(), 0);
});

test('a refusal without a word, by a server whose clock is another, is one of the clocks', async () => {
  const { protection } = await signIn(() => ({ status: 401, says: 'Negotiate', date: noon + 301_000 }));
  assert.equal((await refusal(protection)).code, 'remote.kerberos-clock');
});

test('bare tokens are sent where Kerberos is offered and Negotiate is not, with the label that goes with them', async () => {
  const { protection, seen } = await signIn((authorization) =>
    authorization.startsWith('Kerberos ')
      ? { status: 200, says: `Kerberos ${replyTo(requestIn(authorization)).toString('base64')}` }
      : { status: 401, says: 'Basic realm="WSMAN", Kerberos' },
  );
  const { headers } = (await protection).protect(Buffer.from('hello'));
  assert.match(headers['Content-Type'] ?? '', /HTTP-Kerberos-session-encrypted/);
  assert.deepEqual(seen, ['Negotiate', 'Kerberos']);
});

test('a server that offers neither is named', async () => {
  const { protection } = await signIn(() => ({ status: 401, says: 'Basic realm="WSMAN"' }));
  assert.equal((await refusal(protection)).code, 'remote.sign-in-not-offered');
});

test('a server that wants a MIC over the list gets one, and its last word needs no token', async () => {
  let own = 0n;
  const { protection, seen } = await signIn((authorization, request) => {
    if (request === 2) return { status: 200 };
    const apReq = requestIn(authorization);
    own = BigInt(openRequest(apReq).sequence);
    const list = encodeMechanismList([mechanisms.kerberos]);
    const mechListMic = signToken({ key: subkey, flags: 7, sequence: 7n }, list);
    return {
      status: 401,
      says: negotiate(encodeNegTokenResp({ state: 1, token: replyTo(apReq), mechListMic })),
    };
  });
  const sealed = (await protection).protect(Buffer.from('hello')).body;
  assert.deepEqual(seen, ['Negotiate', 'Negotiate']);
  // The MIC has taken the first number.
  const numbers = Buffer.alloc(8);
  numbers.writeBigUInt64BE(own + 1n);
  assert.ok(sealed.includes(Buffer.concat([Buffer.from('050406ff0000001c', 'hex'), numbers])));
});

test('a wrong MIC over the list is no proof', async () => {
  const { protection } = await signIn((authorization) => {
    const mechListMic = signToken({ key: subkey, flags: 7, sequence: 7n }, Buffer.from('another list'));
    const token = replyTo(requestIn(authorization));
    return { status: 200, says: negotiate(encodeNegTokenResp({ state: 0, token, mechListMic })) };
  });
  assert.equal((await refusal(protection)).code, 'remote.kerberos-unproven');
});

test('a server that never comes to an end is left', async () => {
  const { protection, seen } = await signIn((authorization, request) => ({
    status: 401,
    says: negotiate(
      encodeNegTokenResp(
        request === 1 ? { state: 1, token: replyTo(requestIn(authorization)) } : { state: 1 },
      ),
    ),
  }));
  assert.equal((await refusal(protection)).code, 'remote.kerberos-unproven');
  assert.ok(seen.length <= 4);
});

const refusals: readonly (readonly [number, RemoteErrorCode, string | undefined, number])[] = [
  [31, 'remote.kerberos-spn', 'the server cannot read the ticket, Kerberos error 31', 0],
  [32, 'remote.kerberos-clock', 'Kerberos error 32', 1],
  [33, 'remote.kerberos-clock', 'Kerberos error 33', 1],
  [34, 'remote.kerberos-refused', 'Kerberos error 34', 0],
  [35, 'remote.kerberos-spn', 'the server cannot read the ticket, Kerberos error 35', 0],
  [37, 'remote.kerberos-clock', 'by 0 s, Kerberos error 37', 1],
  [41, 'remote.kerberos-spn', 'the server cannot read the ticket, Kerberos error 41', 1],
  [44, 'remote.kerberos-spn', 'the server cannot read the ticket, Kerberos error 44', 1],
  [60, 'remote.kerberos-refused', 'Kerberos error 60', 0],
];

for (const [krb, code, detail, renewed] of refusals) {
  test(`Kerberos error ${krb} is ${code}, after ${renewed} new tickets`, async () => {
    const { protection, renewals } = await signIn(() => ({
      status: 401,
      says: negotiate(encodeNegTokenResp({ state: 2, token: errorToken(krb) })),
    }));
    const error = await refusal(protection);
    assert.deepEqual([error.code, error.detail, renewals()], [code, detail, renewed]);
  });
}

test('a new ticket is tried once, and signs in', async () => {
  const { protection, renewals } = await signIn((authorization, request) =>
    request === 1
      ? { status: 401, says: negotiate(encodeNegTokenResp({ state: 2, token: errorToken(44) })) }
      : { status: 200, says: negotiate(encodeNegTokenResp({ token: replyTo(requestIn(authorization)) })) },
  );
  await protection;
  assert.equal(renewals(), 1);
});

test('a server that closes the socket after its refusal is quoted with the refusal', async () => {
  const { protection } = await signIn((_, request) => {
    if (request === 2) throw new HttpFailure('gone');
    return { status: 401, says: negotiate(encodeNegTokenResp({ state: 2, token: errorToken(37) })) };
  });
  assert.equal((await refusal(protection)).code, 'remote.kerberos-clock');
});

test('a proof must name the time of the request, both its seconds and its microseconds', () => {
  const seconds = {
    ticket,
    now: () => noon,
    randomBytes: (size: number) => Buffer.alloc(size),
    channelBindings: undefined,
  };
  const exchange = startExchange(seconds);
  assert.ok(exchange.accept(replyTo(exchange.token)).ok);
  for (const later of [1000, 1]) {
    const other = startExchange({ ...seconds, now: () => noon + later });
    assert.throws(() => exchange.accept(replyTo(other.token)), { code: 'protocol.signature-wrong' });
  }
});

test('a server that keeps the key of the client is followed', () => {
  const exchange = startExchange({ ticket, now: () => noon, randomBytes, channelBindings: undefined });
  const own = openRequest(exchange.token);
  const accepted = exchange.accept(replyTo(exchange.token, {}));
  assert.ok(accepted.ok);
  const token = accepted.context.wrap(Buffer.from('hello'));
  assert.equal(token.signature[2], 2);
  assert.equal(token.signature.readBigUInt64BE(8), BigInt(own.sequence));
});

test('a server that writes the number of its first message as a negative one is followed', () => {
  const exchange = startExchange({ ticket, now: () => noon, randomBytes, channelBindings: undefined });
  const negative = Buffer.from('0204fffffff0', 'hex');
  const accepted = exchange.accept(replyTo(exchange.token, { subkey, sequence: negative }));
  assert.ok(accepted.ok);
  const sealed = sealToken({ key: subkey, flags: 7, sequence: 0xfffffff0n }, Buffer.from('x'), confounder);
  assert.equal(accepted.context.unwrap(sealed).toString(), 'x');
});

test('numbers go on beyond 32 bits in both directions', () => {
  const exchange = startExchange({ ticket, now: () => noon, randomBytes, channelBindings: undefined });
  const accepted = exchange.accept(replyTo(exchange.token, { subkey, sequence: encodeInteger(0xffffffff) }));
  assert.ok(accepted.ok);
  for (const sequence of [0xffffffffn, 0x100000000n]) {
    const sealed = sealToken({ key: subkey, flags: 7, sequence }, Buffer.from('x'), confounder);
    assert.equal(accepted.context.unwrap(sealed).toString(), 'x');
  }
  const first = accepted.context.wrap(Buffer.from('mine'));
  const sequence = first.signature.readBigUInt64BE(8);
  assert.equal(openToken({ key: subkey, flags: 6, sequence }, first).toString(), 'mine');
});

test('a ticket that does not come within the time of the call is waited for no longer, and nothing was posted', async () => {
  const never = () => new Promise<never>(() => {});
  const name = { service: 'HTTP', host: 'wsus01.witness.test' } as const;
  const authentication = kerberosAuthentication(
    { tickets: { ticketFor: never, renew: never }, name, now: () => noon, randomBytes },
    clearChannel,
  );
  const post = () => assert.fail('it posted');
  const { code, outcome } = await refusal(authentication.signIn(post, 'testing', noon + 20));
  assert.deepEqual([code, outcome], ['remote.kerberos-kdc', 'not-sent']);
});

const protection = { protect: () => assert.fail(), covers: () => false, open: () => assert.fail() };
const failing = (code: RemoteErrorCode, posts = false): Authentication => ({
  async signIn(post, doing) {
    if (posts) await post('Negotiate x');
    throw new RemoteError(code, { doing, outcome: 'not-sent' });
  },
});

for (const [code, posts, falls] of [
  ['remote.kerberos-kdc', false, true],
  ['remote.kerberos-realm', false, true],
  ['remote.kerberos-spn', false, true],
  ['remote.kerberos-programs', false, true],
  ['remote.kerberos-key', false, false],
  ['remote.kerberos-account', false, false],
  ['remote.kerberos-keytab', false, false],
  ['remote.kerberos-clock', false, false],
  ['remote.kerberos-spn', true, false],
  ['remote.sign-in-refused', true, false],
] as const) {
  test(`${code} ${posts ? 'of the server' : 'before the server'}: NTLM is ${falls ? '' : 'not '}tried where it is allowed`, async () => {
    let tried = false;
    const ntlm: Authentication = {
      signIn: async () => {
        tried = true;
        return protection;
      },
    };
    const told: string[] = [];
    const either = ticketsOrNtlm(failing(code, posts), ntlm, (reason) => told.push(reason.code));
    const end = either.signIn(async () => answer(401), 'testing', noon);
    if (falls) assert.equal(await end, protection);
    else assert.equal((await refusal(end)).code, code);
    assert.deepEqual([tried, told], [falls, falls ? [code] : []]);
  });
}
