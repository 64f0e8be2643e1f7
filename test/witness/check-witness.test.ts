import assert from 'node:assert/strict';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, describe, type TestContext, test } from 'node:test';
import { connectWsusServer } from '../../remote/connect-wsus-server.ts';
import { planEdit } from '../../remote/web-config.ts';
import { kerberosAuthentication } from '../../remote/winrm/kerberos/kerberos-authentication.ts';
import type { WsusServer } from '../../remote/wsus-server.ts';
import { failure } from '../remote/failure.ts';
import {
  type KerberosPractice,
  type KerberosPracticeSettings,
  startKerberosPractice,
} from './kerberos-practice.ts';
import { type LoopbackRealm, realmName, services, startLoopbackRealm } from './loopback-realm.ts';
import { whyNoWitness } from './why-no-witness.ts';
import { connectTo, say } from './witness-client.ts';

const skip = whyNoWitness() ?? false;

describe('a server that takes Kerberos alone, judged by MIT krb5', { skip }, () => {
  let realm: LoopbackRealm;
  before(async () => {
    realm = await startLoopbackRealm();
  });
  after(() => realm?.remove());

  async function start(t: TestContext, settings: KerberosPracticeSettings = {}) {
    const practice = await startKerberosPractice(realm, settings);
    t.after(() => practice.close());
    return practice;
  }

  function connect(t: TestContext, { port, certificate }: KerberosPractice, isTls = false): WsusServer {
    const tickets = realm.tickets();
    const principal = `bot@${realmName}`;
    const server = connectWsusServer(
      {
        name: 'wsus01',
        host: services.here,
        port,
        endpoint: 'WsusBot',
        auth: 'kerberos',
        kerberos: { keytab: realm.botKeytab, principal, service: 'HTTP', mayFallBackToNtlm: false },
        ...(isTls && { tls: { trust: { kind: 'authorities', pem: certificate } } }),
        account: { domain: '', user: principal, password: '' },
      },
      { ticketsOf: () => tickets },
    );
    t.after(() => server.close());
    return server;
  }

  /** Reads, raises the limit, reads again: what a person asks the bot for. */
  async function checkAndChange(wsus: WsusServer, { server }: KerberosPractice): Promise<void> {
    const before = await wsus.report();
    assert.ok(before.computer.ok && before.file.ok);
    assert.equal(before.computer.name.toLowerCase(), 'wsus01');
    assert.deepEqual(Buffer.from(before.file.bytes, 'base64'), await readFile(server.webConfig));
    const edits = { maxInstalledPrerequisites: 800 };
    const plan = planEdit(Buffer.from(before.file.bytes, 'base64'), edits);
    assert.ok(plan.ok);
    const sha256After = createHash('sha256').update(plan.after).digest('hex');
    const applied = await wsus.apply({
      changeId: randomUUID(),
      notAfter: new Date(Date.now() + 600_000).toISOString(),
      sha256Before: before.file.sha256,
      sha256After,
      edits,
    });
    assert.equal(applied.outcome, 'written');
    assert.deepEqual(await readFile(server.webConfig), Buffer.from(plan.after));
    const after = await wsus.report();
    assert.equal(after.file.ok && after.file.sha256, sha256After);
    assert.deepEqual(server.stats(), { restarts: 0, writes: 1 });
  }

  for (const scheme of ['Negotiate', 'Kerberos'] as const) {
    test(`sealed over HTTP, in the scheme ${scheme}: it is checked and changed`, async (t) => {
      const practice = await start(t, { schemes: [scheme] });
      await checkAndChange(connect(t, practice), practice);
    });
    test(`over TLS that asks for channel bindings, in the scheme ${scheme}: it is checked and changed`, async (t) => {
      const practice = await start(t, { tls: 'strict', schemes: [scheme] });
      await checkAndChange(connect(t, practice, true), practice);
    });
  }

  test('a fault of the server comes through the seal as what it is', async (t) => {
    const practice = await start(t);
    practice.server.misbehave([{ on: 'Create', misdeed: { kind: 'fault', code: 5 } }]);
    const { code, outcome } = await failure(connect(t, practice).report());
    assert.deepEqual([code, outcome], ['remote.access-denied', 'refused']);
  });

  test('over TLS a sign-in that is tied to another certificate is refused, and nothing is run', async (t) => {
    const practice = await start(t, { tls: 'another-certificate' });
    const { code, outcome } = await failure(connect(t, practice, true).report());
    assert.deepEqual([code, outcome], ['remote.channel-binding', 'not-sent']);
  });

  test('over TLS a sign-in that is tied to nothing is refused', async (t) => {
    const { port, sha256 } = await start(t, { tls: 'strict' });
    const name = { service: 'HTTP', host: services.here } as const;
    const options = { tickets: realm.tickets(), name, randomBytes, now: Date.now };
    const unbound = connectTo(
      t,
      port,
      (channel) => kerberosAuthentication(options, { ...channel, bindings: undefined }),
      { trust: { kind: 'pin', sha256 } },
    );
    const { code, outcome } = await failure(say(unbound, 'hello'));
    assert.deepEqual([code, outcome], ['remote.kerberos-refused', 'not-sent']);
  });
});
