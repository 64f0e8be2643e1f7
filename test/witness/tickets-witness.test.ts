import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { kerberosAuthentication } from '../../remote/winrm/kerberos/kerberos-authentication.ts';
import { type RunProgram, runProgram } from '../../remote/winrm/kerberos/run-program.ts';
import type { ServiceName, TicketSupplyOptions } from '../../remote/winrm/kerberos/ticket-supply.ts';
import { failure } from '../remote/failure.ts';
import { startGssAcceptor } from './gss-acceptor.ts';
import { type LoopbackRealm, realmName, services, startLoopbackRealm } from './loopback-realm.ts';
import { type ScriptedKdc, startScriptedKdc } from './scripted-kdc.ts';
import { whyNoWitness } from './why-no-witness.ts';
import { connectTo, say } from './witness-client.ts';

const skip = whyNoWitness() ?? false;
const wsus01: ServiceName = { service: 'HTTP', host: services.aes256 };
const hour = 3_600_000;

describe('tickets by way of kinit and kvno, from a KDC of MIT', { skip }, () => {
  let realm: LoopbackRealm;
  before(async () => {
    realm = await startLoopbackRealm({ withBranch: true });
  });
  after(() => realm?.remove());

  /** A supply that counts what it runs. */
  function counting(options: Partial<TicketSupplyOptions> = {}) {
    const ran: string[] = [];
    const run: RunProgram = (program, ...rest) => {
      ran.push(program);
      return runProgram(program, ...rest);
    };
    return { supply: realm.tickets({ run, ...options }), ran };
  }

  /** Keytab of an account that then was changed as these lines say. */
  async function keytabOf(name: string, ...then: readonly string[]): Promise<string> {
    const keytab = join(realm.folder, `${name}.keytab`);
    await realm.administer(
      `addprinc -randkey +requires_preauth ${name}`,
      `ktadd -k ${keytab} ${name}`,
      ...then,
    );
    return keytab;
  }

  test('many servers at once cost one sign-in to the domain and one ticket each', async () => {
    const { supply, ran } = counting();
    const names = [wsus01, { service: 'WSMAN', host: services.aes256 }] as const;
    const tickets = await Promise.all(
      Array.from({ length: 20 }, (_, i) => supply.ticketFor(names[i % 2] ?? wsus01, 'testing')),
    );
    assert.deepEqual(ran.toSorted(), ['kinit', 'kvno', 'kvno']);
    assert.equal(new Set(tickets).size, 2);
    await supply.ticketFor(wsus01, 'testing');
    assert.equal(ran.length, 3);
  });

  test('a ticket that lasts no quarter of an hour any more is fetched anew, and lasts ten hours', async () => {
    let time = Date.now();
    const { supply, ran } = counting({ now: () => time });
    const first = await supply.ticketFor(wsus01, 'testing');
    assert.ok(first.endTime - time > 9.9 * hour && first.endTime - time <= 10 * hour + 2000);
    time = first.endTime - 16 * 60_000;
    assert.equal(await supply.ticketFor(wsus01, 'testing'), first);
    time = first.endTime - 14 * 60_000;
    assert.notEqual(await supply.ticketFor(wsus01, 'testing'), first);
    assert.deepEqual(ran, ['kinit', 'kvno', 'kinit', 'kvno']);
  });

  test('no service ticket stays on the disk, and nobody else may read the other one', async () => {
    let folder = '';
    const supply = realm.tickets({
      run: (program, parameters, options) => {
        const cache = parameters.find((part) => part.startsWith('FILE:'))?.slice('FILE:'.length) ?? '';
        folder = dirname(cache);
        return runProgram(program, parameters, options);
      },
    });
    await supply.ticketFor(wsus01, 'testing');
    const [file, ...others] = readdirSync(folder);
    assert.deepEqual(others, []);
    assert.equal(statSync(join(folder, file ?? '')).mode & 0o777, 0o600);
  });

  test('a server whose key has changed since the ticket gets a new one in the same sign-in', async (t) => {
    const name: ServiceName = { service: 'HTTP', host: 'rotated.witness.test' };
    const keytab = join(realm.folder, 'rotated.keytab');
    const principal = `HTTP/${name.host}`;
    await realm.administer(`addprinc -randkey ${principal}`, `ktadd -k ${keytab} ${principal}`);
    const acceptor = await startGssAcceptor({
      mechanism: 'kerberos',
      env: { ...realm.env, KRB5_KTNAME: keytab },
    });
    t.after(() => acceptor.close());
    const { supply, ran } = counting();
    const connect = () =>
      connectTo(t, acceptor.port, (channel) =>
        kerberosAuthentication({ tickets: supply, name, randomBytes, now: Date.now }, channel),
      );
    assert.equal(await say(connect(), 'before'), 'bot@WITNESS.TEST: before');
    rmSync(keytab);
    await realm.administer(`ktadd -k ${keytab} ${principal}`);
    assert.equal(await say(connect(), 'after'), 'bot@WITNESS.TEST: after');
    assert.deepEqual(ran, ['kinit', 'kvno', 'kinit', 'kvno']);
  });

  test('a keytab that is older than the password is tried once, until there is another one', async () => {
    const keytab = await keytabOf('changed', 'cpw -randkey changed');
    let time = Date.now();
    const { supply, ran } = counting({ keytab, principal: 'changed@WITNESS.TEST', now: () => time });
    for (const doing of ['reading one', 'reading two']) {
      const error = await failure(supply.ticketFor(wsus01, doing));
      assert.deepEqual([error.code, error.doing], ['remote.kerberos-key', doing]);
    }
    assert.deepEqual(ran, ['kinit']);
    time += 10 * 60_000;
    await failure(supply.ticketFor(wsus01, 'testing'));
    assert.deepEqual(ran, ['kinit', 'kinit']);
    rmSync(keytab);
    await realm.administer(`ktadd -k ${keytab} changed`);
    await supply.ticketFor(wsus01, 'testing');
    assert.deepEqual(ran, ['kinit', 'kinit', 'kinit', 'kvno']);
  });

  const refused: readonly {
    readonly title: string;
    readonly code: string;
    readonly detail?: string;
    readonly of: () => Promise<Partial<TicketSupplyOptions>> | Partial<TicketSupplyOptions>;
    readonly name?: ServiceName;
  }[] = [
    {
      title: 'an account that is no longer there',
      code: 'remote.kerberos-principal',
      of: async () => ({
        keytab: await keytabOf('gone', 'delprinc -force gone'),
        principal: 'gone@WITNESS.TEST',
      }),
    },
    {
      title: 'a locked account',
      code: 'remote.kerberos-account',
      detail: 'disabled or locked',
      of: async () => ({
        keytab: await keytabOf('locked', 'modprinc -allow_tix locked'),
        principal: 'locked@WITNESS.TEST',
      }),
    },
    {
      title: 'an expired account',
      code: 'remote.kerberos-account',
      detail: 'expired',
      of: async () => ({
        keytab: await keytabOf('old', 'modprinc -expire yesterday old'),
        principal: 'old@WITNESS.TEST',
      }),
    },
    {
      title: 'an expired password',
      code: 'remote.kerberos-account',
      detail: 'its password has expired',
      of: async () => ({
        keytab: await keytabOf('stale', 'modprinc -pwexpire yesterday stale'),
        principal: 'stale@WITNESS.TEST',
      }),
    },
    {
      title: 'a server that the domain does not know',
      code: 'remote.kerberos-spn',
      detail: 'neither the domain nor one that it trusts knows it, or two accounts have it',
      of: () => ({}),
      name: { service: 'HTTP', host: 'nobody.witness.test' },
    },
    {
      title: 'a keytab that is not there',
      code: 'remote.kerberos-keytab',
      detail: 'it cannot be read',
      of: () => ({ keytab: join(realm.folder, 'no.keytab') }),
    },
    {
      title: 'a file that is no keytab',
      code: 'remote.kerberos-keytab',
      detail: 'it cannot be read',
      of: () => {
        const keytab = join(realm.folder, 'text.keytab');
        writeFileSync(keytab, 'this is no keytab');
        return { keytab };
      },
    },
    {
      title: 'a keytab of somebody else',
      code: 'remote.kerberos-keytab',
      detail: 'it has no AES key for the principal',
      of: () => ({ principal: 'another@WITNESS.TEST' }),
    },
    {
      title: 'a realm that krb5.conf does not know',
      code: 'remote.kerberos-realm',
      detail: 'kinit',
      of: async () => ({ keytab: await foreignKeytab('NOWHERE.TEST'), principal: 'bot@NOWHERE.TEST' }),
    },
    {
      title: 'a realm whose KDC is not there',
      code: 'remote.kerberos-kdc',
      detail: 'kinit',
      of: async () => ({ keytab: await foreignKeytab('CLOSED.TEST'), principal: 'bot@CLOSED.TEST' }),
    },
    {
      title: 'a server of a domain that there is no trust with',
      code: 'remote.kerberos-spn',
      detail: 'neither the domain nor one that it trusts knows it, or two accounts have it',
      of: () => ({}),
      name: { service: 'HTTP', host: 'wsus01.elsewhere.test' },
    },
    {
      title: 'a server without a name in the domain that it is in, which is trusted',
      code: 'remote.kerberos-spn',
      of: () => ({}),
      name: { service: 'HTTP', host: 'nobody.branch.test' },
    },
    {
      title: 'an account without an AES key',
      code: 'remote.kerberos-enctype',
      of: () => withoutAes('no-aes'),
    },
    {
      title: 'a keytab without the key that the domain asks for',
      code: 'remote.kerberos-keytab',
      detail: 'it has no AES key for the principal',
      of: async () => ({ ...(await withoutAes('other-key')), env: realm.env }),
    },
    {
      title: 'a server that the domain gives no AES key for',
      code: 'remote.kerberos-enctype',
      of: async () => {
        const service = 'HTTP/no-aes.witness.test';
        await realm.administer(
          `addprinc -randkey ${service}`,
          `setstr ${service} session_enctypes camellia256-cts-cmac`,
        );
        return {};
      },
      name: { service: 'HTTP', host: 'no-aes.witness.test' },
    },
    {
      title: 'a domain controller whose clock is another',
      code: 'remote.kerberos-clock',
      detail: 'with the domain controller',
      of: () => scripted('CLOCK.TEST', 37),
    },
    {
      title: 'a domain controller that refers the account to another domain',
      code: 'remote.kerberos-realm',
      of: () => scripted('REFERS.TEST', 68),
    },
    {
      title: 'a machine without the programs',
      code: 'remote.kerberos-programs',
      detail: 'kinit',
      of: () => ({ env: { PATH: realm.folder } }),
    },
  ];

  /** Written by hand, as ktutil does, for a realm whose database is not here. */
  async function foreignKeytab(name: string, account = 'bot'): Promise<string> {
    const keytab = join(realm.folder, `${name}.keytab`);
    const counted = (text: string) => Buffer.concat([u16(Buffer.byteLength(text)), Buffer.from(text)]);
    const u16 = (value: number) => Buffer.of(value >> 8, value & 0xff);
    const u32 = (value: number) => Buffer.concat([u16(0), u16(value)]);
    const entry = Buffer.concat([
      ...[u16(1), counted(name), counted(account), u32(1), u32(0), Buffer.of(1)],
      ...[u16(18), u16(32), Buffer.alloc(32, 7)],
    ]);
    writeFileSync(keytab, Buffer.concat([Buffer.of(5, 2), u32(entry.length), entry]));
    return keytab;
  }

  /** An account that has another key than the one of AES in this keytab. */
  async function withoutAes(account: string) {
    await realm.administer(`addprinc -randkey -e camellia256-cts-cmac:normal ${account}`);
    return { keytab: await foreignKeytab(realmName, account), principal: `${account}@${realmName}` };
  }

  const kdcs: ScriptedKdc[] = [];
  after(() => Promise.all(kdcs.map((kdc) => kdc.close())));

  /** An account of a realm whose KDC says this and nothing else. */
  async function scripted(name: string, error: number | 'silence') {
    const kdc = await startScriptedKdc(error, name);
    kdcs.push(kdc);
    const file = join(realm.folder, `${name}.conf`);
    writeFileSync(file, `[realms]\n  ${name} = {\n    kdc = 127.0.0.1:${kdc.port}\n  }\n`);
    return {
      keytab: await foreignKeytab(name),
      principal: `bot@${name}`,
      env: { ...realm.env, KRB5_CONFIG: `${file}:${realm.env.KRB5_CONFIG}` },
      abandoned: kdc.abandoned,
    };
  }

  // By itself kinit goes on for half a minute.
  test('a domain controller that says nothing costs its time and no more: kinit is ended', {
    timeout: 20_000,
  }, async () => {
    const { abandoned, ...options } = await scripted('SILENT.TEST', 'silence');
    const allowed: number[] = [];
    const run: RunProgram = (program, parameters, { env, timeout }) => {
      allowed.push(timeout);
      return runProgram(program, parameters, { env, timeout: 500 });
    };
    const { code, detail } = await failure(realm.tickets({ run, ...options }).ticketFor(wsus01, 'testing'));
    assert.deepEqual([code, detail], ['remote.kerberos-kdc', 'kinit not within its time']);
    await abandoned;
    assert.deepEqual(allowed, [20_000]);
  });

  test('a server of a trusted domain is found along the trust and signed in to', async (t) => {
    const acceptor = await startGssAcceptor({
      mechanism: 'kerberos',
      env: { ...realm.env, KRB5_KTNAME: realm.serviceKeytab },
    });
    t.after(() => acceptor.close());
    const { supply, ran } = counting();
    const name: ServiceName = { service: 'HTTP', host: services.branch };
    const connection = connectTo(t, acceptor.port, (channel) =>
      kerberosAuthentication({ tickets: supply, name, randomBytes, now: Date.now }, channel),
    );
    assert.equal(await say(connection, 'hello'), 'bot@WITNESS.TEST: hello');
    assert.deepEqual(ran, ['kinit', 'kvno', 'kvno']);
  });

  for (const { title, code, detail, of, name } of refused) {
    test(`told apart: ${title}`, async () => {
      const error = await failure(realm.tickets(await of()).ticketFor(name ?? wsus01, 'testing'));
      assert.equal(error.code, code, error.serverText ?? error.message);
      if (detail !== undefined) assert.equal(error.detail, detail);
      assert.equal(error.outcome, 'not-sent');
    });
  }

  test('a KDC that comes back is used again', async () => {
    const { supply } = counting();
    await realm.stop();
    assert.equal((await failure(supply.ticketFor(wsus01, 'testing'))).code, 'remote.kerberos-kdc');
    await realm.start();
    await supply.ticketFor(wsus01, 'testing');
  });
});
