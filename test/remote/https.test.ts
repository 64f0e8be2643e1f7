import assert from 'node:assert/strict';
import { randomBytes, X509Certificate } from 'node:crypto';
import { describe, type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import { connectWsusServer } from '../../remote/connect-wsus-server.ts';
import { cbtHardenings, type FrontTls } from '../../remote/practice/front/front-tls.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { Channel } from '../../remote/winrm/authentication.ts';
import { WinrmConnection } from '../../remote/winrm/connection.ts';
import { ntlmAuthentication } from '../../remote/winrm/ntlm/ntlm-authentication.ts';
import type { ClientCertificate, ServerTrust } from '../../remote/winrm/tls/tls-settings.ts';
import type { WinrmTarget } from '../../remote/wsus-server.ts';
import { rsaCertificate } from '../kit/rsa-certificate.ts';
import { selfSignedCertificate } from '../kit/self-signed-certificate.ts';
import { practiceServer } from './practice/front/practice.ts';
import { startTlsRelay } from './winrm/tls/tls-relay.ts';

const { key, cert: certificate } = selfSignedCertificate(['localhost']);
const trust: ServerTrust = { kind: 'authorities', pem: certificate };

const httpsServer = (t: TestContext, tls: Partial<FrontTls> = {}) =>
  practiceServer(t, 'limit-too-low', { tls: { key, certificate, ...tls } });

/** The report that comes over this target, or the error that came instead. */
async function seen(t: TestContext, target: WinrmTarget, onRequest: () => void = () => {}) {
  const wsus = connectWsusServer(target, { onRequest });
  t.after(() => wsus.close());
  try {
    return await wsus.report();
  } catch (error) {
    assert.ok(error instanceof RemoteError, inspect(error));
    return error;
  }
}

async function isReported(t: TestContext, target: WinrmTarget, onRequest?: () => void) {
  const answer = await seen(t, target, onRequest);
  assert.ok(!(answer instanceof RemoteError), inspect(answer));
}

async function isRefused(
  t: TestContext,
  target: WinrmTarget,
  outcome: 'not-sent' | 'refused',
  code = 'remote.sign-in-refused',
) {
  const answer = await seen(t, target);
  assert.ok(answer instanceof RemoteError, 'it was let in');
  assert.deepEqual([answer.code, answer.outcome], [code, outcome]);
}

describe('NTLM over HTTPS', () => {
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
    test(`reads a report over ${maxVersion}, with as many requests as sealed over HTTP`, async (t) => {
      const count = { http: 0, https: 0 };
      await isReported(t, (await practiceServer(t)).target, () => (count.http += 1));
      await isReported(t, (await httpsServer(t, { maxVersion })).target, () => (count.https += 1));
      assert.equal(count.https, count.http);
    });
  }

  for (const cbtHardening of cbtHardenings) {
    test(`is let in where channel binding is ${cbtHardening}`, async (t) => {
      await isReported(t, (await httpsServer(t, { cbtHardening })).target);
    });

    test(`of a client without channel binding is ${cbtHardening === 'Strict' ? 'refused' : 'let in'} where it is ${cbtHardening}`, async (t) => {
      const { target } = await httpsServer(t, { cbtHardening });
      const answer = await signInWith(t, target, (channel) => ({ ...channel, bindings: undefined }));
      assert.equal(answer, cbtHardening === 'Strict' ? 'remote.channel-binding' : 'signed in');
    });

    test(`through somebody whose certificate is trusted is ${cbtHardening === 'None' ? 'let in' : 'refused'} where it is ${cbtHardening}`, async (t) => {
      const { target } = await httpsServer(t, { cbtHardening });
      const between = selfSignedCertificate(['localhost']);
      const port = await startTlsRelay(t, target.port, between);
      const through = { ...target, port, tls: { trust: { ...trust, pem: between.cert } } } as const;
      if (cbtHardening === 'None') await isReported(t, through);
      else await isRefused(t, through, 'not-sent', 'remote.channel-binding');
    });
  }

  test('refuses a wrong password', async (t) => {
    const { target } = await httpsServer(t);
    await isRefused(
      t,
      { ...target, account: { ...target.account, password: 'wrong' } },
      'not-sent',
      'remote.channel-binding',
    );
  });
});

/** Only the sign-in, with a channel that is not as it is. */
async function signInWith(t: TestContext, target: WinrmTarget, change: (channel: Channel) => Channel) {
  const connection = new WinrmConnection({
    ...target,
    now: Date.now,
    authenticate: (channel) =>
      ntlmAuthentication({ account: target.account, randomBytes, now: Date.now }, change(channel)),
    connectTimeout: 5_000,
    requestTimeout: 5_000,
  });
  t.after(() => connection.destroy());
  const exchange = { plain: Buffer.from('<no-envelope/>'), doing: 'testing', deadline: Date.now() + 5_000 };
  return connection.exchange(exchange).then(
    () => 'signed in',
    (error: unknown) => (error instanceof RemoteError ? error.code : String(error)),
  );
}

describe('Basic over HTTPS', () => {
  const asLocal = (target: WinrmTarget, password = target.account.password): WinrmTarget => ({
    ...target,
    auth: 'basic',
    account: { domain: '', user: target.account.user, password },
  });

  test('signs in with the messages themselves: no request goes before them', async (t) => {
    const count = { ntlm: 0, basic: 0 };
    const { target } = await httpsServer(t, { basic: true });
    await isReported(t, target, () => (count.ntlm += 1));
    await isReported(t, asLocal(target), () => (count.basic += 1));
    assert.equal(count.basic, count.ntlm - 2);
  });

  test('is refused where the service has it off, as Windows does', async (t) => {
    await isRefused(t, asLocal((await httpsServer(t)).target), 'refused', 'remote.sign-in-not-offered');
  });

  test('with a wrong password is refused, and the error does not hold it', async (t) => {
    const { target } = await httpsServer(t, { basic: true });
    const answer = await seen(t, asLocal(target, 'Grüße-4711'));
    assert.ok(answer instanceof RemoteError);
    assert.deepEqual([answer.code, answer.outcome], ['remote.local-account-refused', 'refused']);
    const all = inspect(answer, { depth: 20, showHidden: true });
    assert.ok(!all.includes('Grüße-4711') && !all.includes(Buffer.from('Grüße-4711').toString('base64')));
  });

  test('in clear is a mistake of the caller: nothing is sent', async (t) => {
    const { target } = await practiceServer(t);
    const wsus = connectWsusServer(asLocal(target));
    t.after(() => wsus.close());
    await assert.rejects(wsus.report(), TypeError);
  });
});

describe('a client certificate', () => {
  const own = rsaCertificate(2);
  const clientCertificate: ClientCertificate = { certificate: own.cert, key: own.key };
  const withCertificate = (target: WinrmTarget, offered = clientCertificate): WinrmTarget => ({
    ...target,
    auth: 'certificate',
    account: { domain: '', user: new X509Certificate(offered.certificate).subject, password: '' },
    tls: { trust, clientCertificate: offered },
  });
  const mapped = { clientCertificates: [{ certificate: own.cert, user: 'svc-wsusbot' }] };

  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
    test(`that is mapped to an account signs in, asked for after the handshake, at a server with ${maxVersion}`, async (t) => {
      await isReported(t, withCertificate((await httpsServer(t, { ...mapped, maxVersion })).target));
    });
  }

  test('that is mapped to nobody is refused', async (t) => {
    const other = rsaCertificate(2);
    const offered = { certificate: other.cert, key: other.key };
    await isRefused(t, withCertificate((await httpsServer(t, mapped)).target, offered), 'refused');
  });

  test('is refused where the service has it off, as Windows does', async (t) => {
    await isRefused(t, withCertificate((await httpsServer(t)).target), 'refused');
  });

  test('is of no use at a server that has TLS 1.3 alone, and the error says so', async (t) => {
    const { target } = await httpsServer(t, { ...mapped, minVersion: 'TLSv1.3' });
    const answer = await seen(t, withCertificate(target));
    assert.ok(answer instanceof RemoteError);
    assert.deepEqual([answer.code, answer.detail], ['remote.tls-failed', 'no TLS version in common']);
  });
});
