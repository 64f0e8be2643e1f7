import assert from 'node:assert/strict';
import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { Authentication, Channel } from '../../remote/winrm/authentication.ts';
import { kerberosAuthentication } from '../../remote/winrm/kerberos/kerberos-authentication.ts';
import type { TicketSupply } from '../../remote/winrm/kerberos/ticket-supply.ts';
import { ntlmAuthentication } from '../../remote/winrm/ntlm/ntlm-authentication.ts';
import { selfSignedCertificate } from '../kit/self-signed-certificate.ts';
import { failure } from '../remote/failure.ts';
import { type AcceptorSettings, startGssAcceptor } from './gss-acceptor.ts';
import { type LoopbackRealm, services, startLoopbackRealm } from './loopback-realm.ts';
import { whyNoWitness } from './why-no-witness.ts';
import { connectTo, say } from './witness-client.ts';

const skip = whyNoWitness() ?? false;
const account = { domain: 'WITNESS', user: 'bot', password: 'kept-to-itself-4711' };

describe('a sign-in over TLS is tied to its channel', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-bound-'));
  const certificate = selfSignedCertificate(['localhost']);
  const der = new X509Certificate(certificate.cert).raw;
  const hash = createHash('sha256').update(der).digest('hex');
  const another = createHash('sha256').update('the certificate of somebody between').digest('hex');
  let realm: LoopbackRealm;
  let tickets: TicketSupply;

  before(async () => {
    writeFileSync(join(folder, 'certificate'), certificate.cert);
    writeFileSync(join(folder, 'key'), certificate.key);
    writeFileSync(join(folder, 'users'), `${account.domain}:${account.user}:${account.password}\n`);
    realm = await startLoopbackRealm();
    tickets = realm.tickets();
  });
  after(async () => {
    await realm?.remove();
    rmSync(folder, { recursive: true });
  });

  const kinds = {
    kerberos: (channel: Channel) =>
      kerberosAuthentication(
        { tickets, name: { service: 'HTTP', host: services.aes256 }, randomBytes, now: Date.now },
        channel,
      ),
    ntlm: (channel: Channel) => ntlmAuthentication({ account, randomBytes, now: Date.now }, channel),
  };

  async function connect(
    t: TestContext,
    mechanism: AcceptorSettings['mechanism'],
    bindingHash: string | undefined,
    authenticate: (channel: Channel) => Authentication = kinds[mechanism],
  ) {
    const acceptor = await startGssAcceptor({
      mechanism,
      tls: { certificate: join(folder, 'certificate'), key: join(folder, 'key') },
      ...(bindingHash !== undefined && { bindingHash }),
      env: {
        ...realm.env,
        KRB5_KTNAME: realm.serviceKeytab,
        NTLM_USER_FILE: join(folder, 'users'),
        LC_ALL: 'C.UTF-8',
      },
    });
    t.after(() => acceptor.close());
    const sha256 = createHash('sha256').update(der).digest('hex');
    return connectTo(t, acceptor.port, authenticate, { trust: { kind: 'pin', sha256 } });
  }

  test('Kerberos: MIT finds the binding of its own certificate and says so', async (t) => {
    const connection = await connect(t, 'kerberos', hash);
    assert.equal(await say(connection, 'one'), 'bot@WITNESS.TEST bound: one');
    assert.equal(await say(connection, 'two'), 'bot@WITNESS.TEST bound: two');
  });

  test('Kerberos: a sign-in that was made for another certificate is refused', async (t) => {
    const { code, detail, outcome } = await failure(say(await connect(t, 'kerberos', another), 'hello'));
    assert.deepEqual([code, detail, outcome], ['remote.channel-binding', 'Kerberos error 60', 'not-sent']);
  });

  test('Kerberos: a server that asks for no binding takes the sign-in', async (t) => {
    assert.equal(await say(await connect(t, 'kerberos', undefined), 'one'), 'bot@WITNESS.TEST: one');
  });

  test('NTLM: gss-ntlmssp takes the binding of its own certificate', async (t) => {
    assert.equal(await say(await connect(t, 'ntlm', hash), 'one'), 'WITNESS\\bot bound: one');
  });

  test('NTLM: a sign-in that was made for another certificate is refused', async (t) => {
    const { outcome } = await failure(say(await connect(t, 'ntlm', another), 'hello'));
    assert.equal(outcome, 'not-sent');
  });

  test('NTLM: a sign-in without a binding is not called bound', async (t) => {
    const unbound = (channel: Channel) => kinds.ntlm({ ...channel, bindings: undefined });
    assert.equal(await say(await connect(t, 'ntlm', hash, unbound), 'one'), 'WITNESS\\bot: one');
  });
});
