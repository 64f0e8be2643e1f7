import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { Channel } from '../../remote/winrm/authentication.ts';
import { clearChannel } from '../../remote/winrm/authentication.ts';
import { mechanisms } from '../../remote/winrm/kerberos/gss-frame.ts';
import { kerberosAuthentication } from '../../remote/winrm/kerberos/kerberos-authentication.ts';
import { spnegoDialogue } from '../../remote/winrm/kerberos/kerberos-dialogue.ts';
import { startExchange } from '../../remote/winrm/kerberos/mutual-exchange.ts';
import { offeredToken } from '../../remote/winrm/kerberos/offered-schemes.ts';
import type { ServiceName, TicketSupply } from '../../remote/winrm/kerberos/ticket-supply.ts';
import { sealedMessages } from '../../remote/winrm/sealed-messages.ts';
import { failure } from '../remote/failure.ts';
import { type AcceptorSettings, type GssAcceptor, startGssAcceptor } from './gss-acceptor.ts';
import { type LoopbackRealm, services, startLoopbackRealm } from './loopback-realm.ts';
import { whyNoWitness } from './why-no-witness.ts';
import { connectTo, flipped, once, say, type Tampering, tampered } from './witness-client.ts';

const skip = whyNoWitness() ?? false;

describe('Kerberos as MIT krb5 sees it', { skip }, () => {
  let realm: LoopbackRealm;
  let tickets: TicketSupply;
  let acceptor: GssAcceptor;
  const wsus01: ServiceName = { service: 'HTTP', host: services.aes256 };

  const start = (settings: Partial<AcceptorSettings> = {}) =>
    startGssAcceptor({
      mechanism: 'kerberos',
      env: { ...realm.env, KRB5_KTNAME: realm.serviceKeytab },
      ...settings,
    });

  before(async () => {
    realm = await startLoopbackRealm();
    tickets = realm.tickets();
    acceptor = await start();
  });
  after(async () => {
    await acceptor?.close();
    await realm?.remove();
  });

  const authentication = (name = wsus01, now: () => number = Date.now, channel: Channel = clearChannel) =>
    kerberosAuthentication({ tickets, name, randomBytes, now }, channel);
  const connect = (t: TestContext, between: Tampering = {}, port = acceptor.port, name = wsus01) =>
    connectTo(t, port, () => tampered(authentication(name), between));

  for (const [enctype, host] of [
    [18, services.aes256],
    [17, services.aes128],
  ] as const) {
    test(`it takes the ticket and opens every message, and the client its answers: enctype ${enctype}`, async (t) => {
      const name = { service: 'HTTP', host } as const;
      assert.equal((await tickets.ticketFor(name, 'testing')).sessionKey.enctype, enctype);
      const connection = connect(t, {}, acceptor.port, name);
      for (const size of [0, 1, 15, 16, 17, 31, 32, 33, 4000, 153_600]) {
        const text = 'ä'.repeat(size);
        assert.equal(await say(connection, text), `bot@WITNESS.TEST: ${text}`);
      }
    });
  }

  test('a server that offers the scheme Kerberos alone is signed in to with bare tokens and its own label', async (t) => {
    const bare = await start({ schemes: ['Kerberos'] });
    t.after(() => bare.close());
    const connection = connect(t, {}, bare.port);
    assert.equal(await say(connection, 'one'), 'bot@WITNESS.TEST: one');
    assert.equal(await say(connection, 'two'), 'bot@WITNESS.TEST: two');
  });

  test('a server that would have liked another mechanism gets a MIC over the list, and its own is checked', async (t) => {
    const negoEx = Buffer.from('2b06010401823702021e', 'hex');
    const connection = connectTo(t, acceptor.port, (channel) => ({
      async signIn(post, doing) {
        const ticket = await tickets.ticketFor(wsus01, doing);
        const exchange = startExchange({
          ticket,
          now: Date.now,
          randomBytes,
          channelBindings: channel.bindings,
        });
        const dialogue = spnegoDialogue(exchange, [negoEx, mechanisms.kerberos]);
        let token = dialogue.firstToken;
        for (let request = 0; request < 2; request += 1) {
          const answer = await post(`Negotiate ${token.toString('base64')}`);
          const step = dialogue.step(offeredToken(answer.authenticate, 'Negotiate') ?? Buffer.alloc(0));
          assert.ok(step.kind === 'continue', step.kind);
          token = step.token;
        }
        assert.equal((await post(`Negotiate ${token.toString('base64')}`)).status, 200);
        assert.ok(dialogue.proven);
        return sealedMessages(dialogue.proven);
      },
    }));
    assert.equal(await say(connection, 'one'), 'bot@WITNESS.TEST: one');
    assert.equal(await say(connection, 'two'), 'bot@WITNESS.TEST: two');
  });

  test('a changed byte of a sealed message is refused, wherever it is', async (t) => {
    for (const at of [-30, -31, -60, -80, -90, -100, -110, -120]) {
      const connection = connect(t, { message: (body) => flipped(body, at) });
      const { code, outcome } = await failure(say(connection, 'a message long enough to be cut'.repeat(3)));
      assert.deepEqual([at, code, outcome], [at, 'remote.connection-lost', 'unknown']);
    }
  });

  test('a changed byte of a sealed answer is refused, wherever it is, and the outcome is unknown', async (t) => {
    for (const at of [-24, -30, -40, -60, -80, -100, -110, -120]) {
      const connection = connect(t, { answer: (body) => flipped(body, at) });
      const { code, outcome } = await failure(say(connection, 'a message long enough to be cut'.repeat(3)));
      assert.deepEqual([at, code, outcome], [at, 'remote.sealing-refused', 'unknown']);
    }
  });

  test('the same sealed message is not taken twice', async (t) => {
    const connection = connect(t, { message: once() });
    assert.equal(await say(connection, 'once'), 'bot@WITNESS.TEST: once');
    assert.equal((await failure(say(connection, 'once'))).code, 'remote.connection-lost');
  });

  test('an answer that was there before is not taken again', async (t) => {
    const connection = connect(t, { answer: once() });
    assert.equal(await say(connection, 'once'), 'bot@WITNESS.TEST: once');
    assert.equal((await failure(say(connection, 'twice'))).code, 'remote.sealing-refused');
  });

  test('the same AP-REQ is not taken on a second socket', async (t) => {
    const between = { token: once() };
    assert.equal(await say(connect(t, between), 'once'), 'bot@WITNESS.TEST: once');
    const { code, detail } = await failure(say(connect(t, between), 'again'));
    assert.deepEqual([code, detail], ['remote.kerberos-refused', 'Kerberos error 34']);
  });

  test('a changed byte of the Authenticator or the ticket is refused', async (t) => {
    for (const at of [-1, -20, -100, -190, -250, -300, -400]) {
      const connection = connect(t, { token: (token) => flipped(token, at) });
      const { outcome } = await failure(say(connection, 'hello'));
      assert.equal(outcome, 'not-sent', `byte ${at}`);
    }
  });

  test('a name that belongs to another account is told from a wrong password', async (t) => {
    const connection = connect(t, {}, acceptor.port, { service: 'HTTP', host: services.stolen });
    const { code, detail } = await failure(say(connection, 'hello'));
    assert.deepEqual(
      [code, detail],
      ['remote.kerberos-spn', 'the server cannot read the ticket, Kerberos error 31'],
    );
  });

  test('the class of the service is as configured', async (t) => {
    const connection = connect(t, {}, acceptor.port, {
      service: 'WSMAN',
      host: services.aes256.toUpperCase(),
    });
    assert.equal(await say(connection, 'hello'), 'bot@WITNESS.TEST: hello');
  });

  test('clocks that differ by more than five minutes are named with the difference', async (t) => {
    const late = () => Date.now() + 400_000;
    const connection = connectTo(t, acceptor.port, () => authentication(wsus01, late));
    const { code, detail } = await failure(say(connection, 'hello'));
    assert.equal(code, 'remote.kerberos-clock');
    assert.match(detail ?? '', /^by (399|40[0-2]) s, Kerberos error 37$/);
  });
});
