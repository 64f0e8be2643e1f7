import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import { type ConnectionOptions, WinrmConnection } from '../../../remote/winrm/connection.ts';
import { encodeChallengeMessage } from '../../../remote/winrm/ntlm/challenge-message.ts';
import { negotiateFlags, offeredFlags } from '../../../remote/winrm/ntlm/negotiate-flags.ts';
import { ntlmAuthentication } from '../../../remote/winrm/ntlm/ntlm-authentication.ts';
import { sealBody } from '../../../remote/winrm/sealed-body.ts';
import { failure } from '../failure.ts';
import { type Answer, account, insteadOfHandshake, sealedAnswer, startScripted } from './scripted-server.ts';

const echo = sealedAnswer((text) => `you said ${text}`);

async function connectTo(
  t: TestContext,
  answer: Answer,
  options: Partial<ConnectionOptions> = {},
  flags = offeredFlags,
) {
  const server = await startScripted(answer, flags);
  t.after(() => server.close());
  const connection = connectionTo(t, server.port, options);
  return { server, connection };
}

function connectionTo(t: TestContext, port: number, options: Partial<ConnectionOptions> = {}) {
  const connection = new WinrmConnection({
    host: '127.0.0.1',
    port,
    authenticate: (channel) => ntlmAuthentication({ account, randomBytes, now: Date.now }, channel),
    now: Date.now,
    connectTimeout: 2000,
    requestTimeout: 5000,
    ...options,
  });
  t.after(() => connection.destroy());
  return connection;
}

async function say(connection: WinrmConnection, text: string, time = 5000): Promise<string> {
  const plain = await connection.exchange({
    plain: Buffer.from(text),
    doing: 'testing',
    deadline: Date.now() + time,
  });
  return plain.toString();
}

test('three messages need the two requests of the handshake and one each, on one socket', async (t) => {
  let counted = 0;
  const { server, connection } = await connectTo(t, echo, { onRequest: () => counted++ });
  for (const text of ['a', 'b', 'c']) assert.equal(await say(connection, text), `you said ${text}`);
  assert.deepEqual([server.seen.requests, server.seen.sockets.size, counted], [5, 1, 5]);
});

test('a socket that closed while idle is replaced by a new one with a context of its own', async (t) => {
  const { server, connection } = await connectTo(t, ({ body, authorization }, response, context) => {
    response.setHeader('Connection', 'close');
    echo({ body, authorization }, response, context);
  });
  assert.equal(await say(connection, 'a'), 'you said a');
  assert.equal(await say(connection, 'b'), 'you said b');
  assert.deepEqual([server.seen.requests, server.seen.sockets.size], [6, 2]);
});

test('a connection that is destroyed while it signs in ends, and leaves no socket behind', async (t) => {
  const asked = Promise.withResolvers<Socket>();
  const { connection } = await connectTo(
    t,
    insteadOfHandshake((_request, response) => {
      if (response.socket !== null) asked.resolve(response.socket);
    }),
  );
  const said = failure(say(connection, 'a'));
  const socket = await asked.promise;
  connection.destroy();
  if (!socket.destroyed) await once(socket, 'close');
  const { code, outcome } = await said;
  assert.deepEqual([code, outcome], ['remote.connection-lost', 'not-sent']);
});

test('a connection that is destroyed before it is connected makes no request', async (t) => {
  const { server, connection } = await connectTo(t, echo);
  const said = failure(say(connection, 'a'));
  connection.destroy();
  const { code, outcome } = await said;
  assert.deepEqual([code, outcome, server.seen.requests], ['remote.connection-lost', 'not-sent', 0]);
});

test('a deadline that ends between TCP and TLS leaves no socket behind', { timeout: 5_000 }, async (t) => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const came = once(server, 'connection') as Promise<[Socket]>;
  let looks = 0;
  const connection = connectionTo(t, (server.address() as AddressInfo).port, {
    tls: { trust: { kind: 'pin', sha256: '' } },
    now: () => (looks++ === 0 ? 0 : 10_000),
  });
  const exchange = connection.exchange({ plain: Buffer.from('a'), doing: 'testing', deadline: 5_000 });
  const { code, outcome } = await failure(exchange);
  assert.deepEqual([code, outcome], ['remote.timed-out', 'not-sent']);
  const [socket] = await came;
  if (!socket.destroyed) await once(socket.resume(), 'close');
});

test('two messages at a time are a mistake of the caller, and the first is answered', async (t) => {
  const { connection } = await connectTo(t, echo);
  const first = say(connection, 'a');
  await assert.rejects(say(connection, 'b'), TypeError);
  assert.equal(await first, 'you said a');
});

test('a sealed answer with status 500 is opened as any other: it is a SOAP fault', async (t) => {
  const { connection } = await connectTo(
    t,
    sealedAnswer(() => '<fault/>', 500),
  );
  assert.equal(await say(connection, 'a'), '<fault/>');
});

const afterwards: readonly (readonly [string, Answer, string, string])[] = [
  [
    'the socket closes instead of an answer',
    (_request, response) => response.socket?.destroy(),
    'remote.connection-lost',
    'unknown',
  ],
  [
    'the session is refused with 401',
    (_request, response) => response.writeHead(401).end(),
    'remote.connection-lost',
    'unknown',
  ],
  [
    'the sealed message is refused with 400',
    (_request, response) => response.writeHead(400).end(),
    'remote.connection-lost',
    'unknown',
  ],
  [
    '500 comes with an empty body',
    (_request, response) => response.writeHead(500).end(),
    'remote.sealing-refused',
    'unknown',
  ],
  ['503 comes', (_request, response) => response.writeHead(503).end('busy'), 'remote.busy', 'unknown'],
  [
    'a web page comes',
    (_request, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>'),
    'remote.not-winrm',
    'unknown',
  ],
  [
    'an answer comes in clear',
    (_request, response) =>
      response.writeHead(200, { 'Content-Type': 'application/soap+xml;charset=UTF-8' }).end('<s:Envelope/>'),
    'remote.sealing-refused',
    'unknown',
  ],
  [
    'the answer stops half-way',
    (_request, response) => {
      response.writeHead(200, { 'Content-Length': 100 }).write('half');
      setImmediate(() => response.socket?.destroy());
    },
    'remote.connection-lost',
    'unknown',
  ],
  [
    'the sealed answer is changed',
    (_request, response, context) => {
      const sealed = sealBody(context ?? assert.fail(), Buffer.from('answer'));
      sealed.body.writeUInt8(sealed.body.readUInt8(sealed.body.length - 30) ^ 1, sealed.body.length - 30);
      response.writeHead(200, { 'Content-Type': sealed.contentType }).end(sealed.body);
    },
    'remote.sealing-refused',
    'unknown',
  ],
  [
    'the sealed answer is cut',
    (_request, response, context) => {
      const sealed = sealBody(context ?? assert.fail(), Buffer.from('answer'));
      response.writeHead(200, { 'Content-Type': sealed.contentType }).end(sealed.body.subarray(0, -30));
    },
    'remote.sealing-refused',
    'unknown',
  ],
  [
    'the answer is larger than anything asked for',
    (_request, response) => response.writeHead(200).end(Buffer.alloc(5 * 1024 * 1024)),
    'remote.broken-answer',
    'unknown',
  ],
];

for (const [what, answer, code, outcome] of afterwards) {
  test(`when ${what}, the error is ${code} with outcome ${outcome}, and the next message signs in anew`, async (t) => {
    let asked = 0;
    const { server, connection } = await connectTo(t, (request, response, context) => {
      asked += 1;
      (asked === 1 ? answer : echo)(request, response, context);
    });
    const error = await failure(say(connection, 'a'));
    assert.deepEqual([error.code, error.outcome], [code, outcome]);
    assert.equal(await say(connection, 'b'), 'you said b');
    assert.equal(server.seen.sockets.size, 2);
  });
}

test('when no answer comes in time, the outcome is unknown', async (t) => {
  const { connection } = await connectTo(t, () => {}, { requestTimeout: 1_000 });
  const error = await failure(say(connection, 'a'));
  assert.deepEqual([error.code, error.outcome], ['remote.timed-out', 'unknown']);
});

test('the deadline of a call ends it before the time of a request does', async (t) => {
  const { connection } = await connectTo(t, () => {});
  const error = await failure(say(connection, 'a', 1_500));
  assert.deepEqual([error.code, error.outcome], ['remote.timed-out', 'unknown']);
});

test('nothing is sent after the deadline', async (t) => {
  const { server, connection } = await connectTo(t, echo);
  const error = await failure(say(connection, 'a', 0));
  assert.deepEqual([error.code, error.outcome, server.seen.requests], ['remote.timed-out', 'not-sent', 0]);
});

const beforehand: readonly (readonly [string, Answer, string])[] = [
  [
    'Basic is all that is offered',
    (_request, response) => response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="WSMAN"' }).end(),
    'remote.sign-in-not-offered',
  ],
  [
    'Negotiate comes without a challenge',
    (_request, response) =>
      response.writeHead(401, { 'WWW-Authenticate': 'Negotiate, Basic realm="a, b"' }).end(),
    'remote.ntlm-refused',
  ],
  [
    'the challenge is nonsense',
    (_request, response) => response.writeHead(401, { 'WWW-Authenticate': 'Negotiate AAAA' }).end(),
    'remote.sealing-refused',
  ],
  [
    'a web page answers',
    (_request, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>'),
    'remote.not-winrm',
  ],
  ['there is no such path', (_request, response) => response.writeHead(404).end(), 'remote.not-winrm'],
  ['a proxy has no server behind it', (_request, response) => response.writeHead(502).end(), 'remote.proxy'],
  [
    'a proxy names itself',
    (_request, response) => response.writeHead(400, { Via: '1.1 gate' }).end(),
    'remote.proxy',
  ],
  [
    'Windows itself has no such address',
    (_request, response) => response.writeHead(404, { Server: 'Microsoft-HTTPAPI/2.0' }).end(),
    'remote.listener-missing',
  ],
  ['this machine is not wanted', (_request, response) => response.writeHead(403).end(), 'remote.forbidden'],
  ['the service is unavailable', (_request, response) => response.writeHead(503).end(), 'remote.busy'],
  ['the socket closes', (_request, response) => response.socket?.destroy(), 'remote.connection-lost'],
];

for (const [what, answer, code] of beforehand) {
  test(`when at sign-in ${what}, the error is ${code} and nothing was sent`, async (t) => {
    const { connection } = await connectTo(t, insteadOfHandshake(answer));
    const error = await failure(say(connection, 'a'));
    assert.deepEqual([error.code, error.outcome], [code, 'not-sent']);
  });
}

test('a server that closes the socket between the two steps of the sign-in gets no second socket', async (t) => {
  const challenge = encodeChallengeMessage({
    flags: offeredFlags,
    serverChallenge: Buffer.alloc(8),
    targetName: 'LAB',
    targetInfo: [],
  }).toString('base64');
  const closing = insteadOfHandshake((_request, response) =>
    response.writeHead(401, { 'WWW-Authenticate': `Negotiate ${challenge}`, Connection: 'close' }).end(),
  );
  const { server, connection } = await connectTo(t, closing);
  const error = await failure(say(connection, 'a'));
  assert.deepEqual([error.code, error.outcome], ['remote.sealing-refused', 'not-sent']);
  assert.deepEqual([server.seen.requests, server.seen.sockets.size], [1, 1]);
});

test('a server that seals with weak keys only is refused', async (t) => {
  const weak = (offeredFlags & ~negotiateFlags.key128) >>> 0;
  const { server, connection } = await connectTo(t, echo, {}, weak);
  const error = await failure(say(connection, 'a'));
  assert.deepEqual(
    [error.code, error.outcome, server.seen.requests],
    ['remote.sealing-refused', 'not-sent', 1],
  );
});

test('a wrong password is refused, and the error holds neither it nor the right one', async (t) => {
  const password = 'not-the-right-one-0815';
  const { connection } = await connectTo(t, echo, {
    authenticate: (channel) =>
      ntlmAuthentication({ account: { ...account, password }, randomBytes, now: Date.now }, channel),
  });
  const error = await failure(say(connection, 'a'));
  assert.deepEqual([error.code, error.outcome], ['remote.sign-in-refused', 'not-sent']);
  const all = inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error);
  assert.equal(all.includes(password) || all.includes(account.password), false);
});

test('a lost connection shows no password in its causes', async (t) => {
  const { connection } = await connectTo(t, (_request, response) => response.socket?.destroy());
  const error = await failure(say(connection, 'a'));
  assert.equal(inspect(error, { depth: 20, showHidden: true }).includes(account.password), false);
});

test('a port where nobody listens is unreachable', async (t) => {
  const closed = await startScripted(echo);
  await closed.close();
  const error = await failure(say(connectionTo(t, closed.port), 'a'));
  assert.deepEqual(
    [error.code, error.outcome, error.detail],
    ['remote.port-closed', 'not-sent', 'ECONNREFUSED'],
  );
});

test('something that speaks no HTTP is not WinRM', async (t) => {
  const server = createServer((socket) => socket.on('error', () => {}).end('SSH-2.0-OpenSSH_9.2\r\n'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const error = await failure(say(connectionTo(t, (server.address() as AddressInfo).port), 'a'));
  assert.deepEqual([error.code, error.outcome], ['remote.not-winrm', 'not-sent']);
});
