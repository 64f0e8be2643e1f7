import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, type TestContext, test } from 'node:test';
import { authenticationOf } from '../../remote/authentication-of.ts';
import type { RemoteError } from '../../remote/remote-error.ts';
import type { KerberosSettings } from '../../remote/winrm/kerberos/kerberos-settings.ts';
import type { WinrmTarget } from '../../remote/wsus-server.ts';
import { failure } from '../remote/failure.ts';
import { startGssAcceptor } from './gss-acceptor.ts';
import { type LoopbackRealm, realmName, services, startLoopbackRealm } from './loopback-realm.ts';
import { whyNoWitness } from './why-no-witness.ts';
import { connectTo, say } from './witness-client.ts';

const skip = whyNoWitness() ?? false;

describe('a server that is configured with a keytab', { skip }, () => {
  const machine = process.env.KRB5_CONFIG;
  let realm: LoopbackRealm;
  before(async () => {
    realm = await startLoopbackRealm();
    // In the place of /etc/krb5.conf of this machine.
    process.env.KRB5_CONFIG = realm.env.KRB5_CONFIG;
  });
  after(async () => {
    if (machine === undefined) delete process.env.KRB5_CONFIG;
    else process.env.KRB5_CONFIG = machine;
    await realm?.remove();
  });

  async function connect(t: TestContext, host: string, kerberos: Partial<KerberosSettings> = {}) {
    const acceptor = await startGssAcceptor({
      mechanism: 'kerberos',
      env: { ...realm.env, KRB5_KTNAME: realm.serviceKeytab },
    });
    t.after(() => acceptor.close());
    const target: WinrmTarget = {
      name: 'wsus01',
      host,
      port: acceptor.port,
      endpoint: 'WsusBot',
      auth: 'kerberos',
      kerberos: {
        keytab: realm.botKeytab,
        principal: `bot@${realmName}`,
        service: 'HTTP',
        mayFallBackToNtlm: false,
        ...kerberos,
      },
      account: { domain: '', user: `bot@${realmName}`, password: 'of no use' },
    };
    const reasons: RemoteError[] = [];
    const onFallback = (reason: RemoteError) => reasons.push(reason);
    const connection = connectTo(t, acceptor.port, (channel) =>
      authenticationOf(target, { randomBytes, now: Date.now, onFallback }, channel),
    );
    return { connection, reasons };
  }

  test('is signed in to with the tickets of this process', async (t) => {
    const { connection } = await connect(t, services.aes256);
    assert.equal(await say(connection, 'hello'), 'bot@WITNESS.TEST: hello');
  });

  test('and unknown to the domain is refused, without a try with NTLM', async (t) => {
    const { connection, reasons } = await connect(t, 'nobody.witness.test');
    assert.equal((await failure(say(connection, 'hello'))).code, 'remote.kerberos-spn');
    assert.deepEqual(reasons, []);
  });

  test('and unknown to the domain is tried with NTLM where that is allowed, with a word about it', async (t) => {
    const { connection, reasons } = await connect(t, 'nobody.witness.test', { mayFallBackToNtlm: true });
    // This server has no NTLM, so the try itself comes to nothing.
    await failure(say(connection, 'hello'));
    assert.deepEqual(
      reasons.map(({ code }) => code),
      ['remote.kerberos-spn'],
    );
  });

  test('and refused by the server is not tried with NTLM, even where that is allowed', async (t) => {
    const { connection, reasons } = await connect(t, services.stolen, { mayFallBackToNtlm: true });
    assert.equal((await failure(say(connection, 'hello'))).code, 'remote.kerberos-spn');
    assert.deepEqual(reasons, []);
  });
});
