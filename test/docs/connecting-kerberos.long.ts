import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { type KerberosPracticeSettings, startKerberosPractice } from '../witness/kerberos-practice.ts';
import { realmName, services, startLoopbackRealm } from '../witness/loopback-realm.ts';
import { whyNoWitness } from '../witness/why-no-witness.ts';
import { BotMachine } from './bot-machine.ts';
import { configOf, connectingSection, healthy, nowhere, stopsOf } from './connecting-page.ts';
import { blocksIn } from './page-section.ts';

const keytab = 'secrets/svc-wsusbot.keytab';

/** A domain, and the machine of a bot in it. */
async function domainFor(t: TestContext) {
  const realm = await startLoopbackRealm();
  t.after(() => realm.remove());
  const { PATH = '', KRB5_CONFIG = '' } = realm.env;
  const bot = new BotMachine(t, { PATH, KRB5_CONFIG, WSUS_BOT_PASSWORD: 'of no use' });
  /** The account, and its keytab as ktpass brings it. */
  const newKeytab = async () => {
    const file = join(realm.folder, 'svc-wsusbot.keytab');
    rmSync(file, { force: true });
    await realm.administer('addprinc -randkey +requires_preauth svc-wsusbot', `ktadd -k ${file} svc-wsusbot`);
    return readFileSync(file);
  };
  const startServer = async (settings: KerberosPracticeSettings) => {
    const practice = await startKerberosPractice(realm, { spec: healthy('wsus01'), ...settings });
    t.after(() => practice.close());
    return practice;
  };
  return { realm, bot, newKeytab, startServer, PATH };
}

const here = (port: number) => ({ host: services.here, port });

describe('an administrator who follows docs/connecting.md in a domain', {
  skip: whyNoWitness() ?? false,
  concurrency: 2,
}, () => {
  test('comes to a green doctor by Kerberos, with a keytab', async (t) => {
    const heading = 'Kerberos';
    const { realm, bot, newKeytab, startServer, PATH } = await domainFor(t);
    const { port } = await startServer({});
    const config = configOf(heading, here(port));
    bot.configure(config);
    bot.put(keytab, await newKeytab());
    await realm.administer('cpw -randkey svc-wsusbot');
    await bot.stopsAt('wsus01', 'sign-in', 'remote.kerberos-key');
    bot.set('PATH', realm.folder);
    await bot.stopsAt('wsus01', 'sign-in', 'remote.kerberos-programs');
    bot.set('PATH', PATH);
    rmSync(join(bot.folder, keytab));
    await bot.stopsAt('wsus01', 'sign-in', 'remote.kerberos-keytab');
    bot.put(keytab, await newKeytab());
    await realm.stop();
    await bot.stopsAt('wsus01', 'sign-in', 'remote.kerberos-kdc');
    await realm.start();
    const { principal } = config.account as { principal: string };
    bot.configure({ ...config, account: { keytab, principal: principal.toLowerCase() } });
    await bot.stopsAt('wsus01', 'sign-in', 'remote.kerberos-keytab');
    bot.configure(config);
    assert.match(
      await bot.isGreen('wsus01'),
      new RegExp(`signed in as svc-wsusbot@${realmName} with Kerberos`),
    );
    // The domain has another key for the name now than the server.
    await realm.administer(`cpw -randkey HTTP/${services.here}`);
    await bot.stopsAt('wsus01', 'sign-in', 'remote.kerberos-spn');
    bot.configure(configOf(heading, { ...here(port), spn: 'WSMAN' }));
    await bot.isGreen('wsus01');
    assert.deepEqual(bot.stops, stopsOf(heading));
  });

  test('finds the keytab right with the commands of the page', async (t) => {
    const { bot, newKeytab } = await domainFor(t);
    bot.put(keytab, await newKeytab());
    const [block = ''] = blocksIn(connectingSection('Kerberos'), 'sh');
    const script = block
      .replaceAll('CONTOSO.EXAMPLE', realmName)
      .replaceAll('wsus01.contoso.example', services.aes256);
    const cache = `FILE:${join(bot.folder, 'cache')}`;
    const said = bot.bash(script, '', { KRB5CCNAME: cache, LC_ALL: 'C' });
    assert.match(said, /svc-wsusbot@WITNESS\.TEST \(aes256-cts-hmac-sha1-96\)/);
    assert.match(said, /HTTP\/wsus01\.witness\.test@WITNESS\.TEST: kvno = \d/);
  });

  test('comes to a green doctor on a hardened server: HTTPS, channel bindings, no NTLM', async (t) => {
    const heading = 'A hardened server';
    const { bot, newKeytab, startServer } = await domainFor(t);
    const server = await startServer({ tls: 'strict' });
    const { tls: _, ca: __, ...written } = (configOf(heading, {}).servers as [Record<string, unknown>])[0];
    const config = configOf(heading, here(server.port));
    const withServer = (more: object) => ({
      ...config,
      servers: [{ ...written, ...here(server.port), ...more }],
    });
    bot.put('company-root.pem', server.certificate);
    bot.put(keytab, await newKeytab());
    bot.configure(withServer({ port: (await nowhere()).port }));
    await bot.stopsAt('wsus01', 'port', 'remote.port-closed');
    bot.configure(withServer({}));
    await bot.stopsAt('wsus01', 'http', 'remote.wrong-scheme');
    bot.configure(withServer({ tls: true }));
    await bot.stopsAt('wsus01', 'tls', 'remote.certificate-untrusted');
    bot.configure(withServer({ tls: true, pin: 'ab'.repeat(32) }));
    await bot.stopsAt('wsus01', 'tls', 'remote.certificate-untrusted');
    const password = { domain: 'CONTOSO', user: 'svc-wsusbot' };
    bot.configure({ ...withServer({ tls: true, pin: server.sha256, auth: 'auto' }), account: password });
    await bot.stopsAt('wsus01', 'sign-in', 'remote.ntlm-refused');
    bot.configure({ ...config, account: password });
    await bot.stopsAt('wsus01', 'configuration', 'config.wrong');
    const between = await startServer({ tls: 'another-certificate' });
    bot.put('company-root.pem', between.certificate);
    bot.configure(configOf(heading, here(between.port)));
    await bot.stopsAt('wsus01', 'sign-in', 'remote.channel-binding');
    bot.put('company-root.pem', server.certificate);
    bot.configure(config);
    const said = await bot.isGreen('wsus01');
    assert.match(said, / {2}✓ tls {7}TLSv1\.3, /);
    assert.match(said, new RegExp(`signed in as svc-wsusbot@${realmName} with Kerberos`));
    bot.configure(withServer({ tls: true, pin: server.sha256.toUpperCase() }));
    await bot.isGreen('wsus01');
    assert.deepEqual(bot.stops, stopsOf(heading));
  });
});
