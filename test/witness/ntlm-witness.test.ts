import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { ntlmAuthentication } from '../../remote/winrm/ntlm/ntlm-authentication.ts';
import { failure } from '../remote/failure.ts';
import { type GssAcceptor, startGssAcceptor } from './gss-acceptor.ts';
import { whyNoWitness } from './why-no-witness.ts';
import { connectTo, flipped, once, say, type Tampering, tampered } from './witness-client.ts';

const skip = whyNoWitness() ?? false;
const account = { domain: 'WITNESS', user: 'bot', password: 'kept-to-itself-4711-ä' };
/** Where the MIC of an authenticate message begins (MS-NLMP 2.2.1.3). */
const micAt = 72;

describe('NTLM as gss-ntlmssp sees it', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-ntlm-'));
  let acceptor: GssAcceptor;

  before(async () => {
    const users = join(folder, 'users');
    writeFileSync(users, `${account.domain}:${account.user}:${account.password}\n`, { mode: 0o600 });
    acceptor = await startGssAcceptor({
      mechanism: 'ntlm',
      env: { NTLM_USER_FILE: users, LC_ALL: 'C.UTF-8' },
    });
  });
  after(async () => {
    await acceptor?.close();
    rmSync(folder, { recursive: true });
  });

  const connect = (t: TestContext, between: Tampering = {}, password = account.password) =>
    connectTo(t, acceptor.port, (channel) =>
      tampered(
        ntlmAuthentication({ account: { ...account, password }, randomBytes, now: Date.now }, channel),
        between,
      ),
    );

  test('it takes the password and opens every message, and the client its answers', async (t) => {
    const connection = connect(t);
    for (const size of [0, 1, 15, 16, 17, 4000, 153_600]) {
      const text = 'ä'.repeat(size);
      assert.equal(await say(connection, text), `WITNESS\\bot: ${text}`);
    }
  });

  test('a wrong password is refused', async (t) => {
    const { code, outcome } = await failure(say(connect(t, {}, 'another'), 'hello'));
    assert.deepEqual([code, outcome], ['remote.sign-in-refused', 'not-sent']);
  });

  test('an authenticate message without its MIC is refused', async (t) => {
    const stripped = (token: Buffer, request: number) =>
      request === 1
        ? token
        : Buffer.concat([token.subarray(0, micAt), Buffer.alloc(16), token.subarray(micAt + 16)]);
    const { code } = await failure(say(connect(t, { token: stripped }), 'hello'));
    assert.equal(code, 'remote.sign-in-refused');
  });

  test('a changed negotiate message is refused, since the MIC is over it', async (t) => {
    const changed = (token: Buffer, request: number) => (request === 1 ? flipped(token, -1) : token);
    const { code } = await failure(say(connect(t, { token: changed }), 'hello'));
    assert.equal(code, 'remote.sign-in-refused');
  });

  test('a changed byte of a sealed message is refused, wherever it is', async (t) => {
    for (const at of [-30, -40, -60, -80, -90, -100, -110]) {
      const connection = connect(t, { message: (body) => flipped(body, at) });
      const { code, outcome } = await failure(say(connection, 'a message long enough to be cut'.repeat(2)));
      assert.deepEqual([at, code, outcome], [at, 'remote.connection-lost', 'unknown']);
    }
  });

  test('a changed byte of a sealed answer is refused, wherever it is, and the outcome is unknown', async (t) => {
    for (const at of [-24, -40, -60, -80, -90, -100, -110]) {
      const connection = connect(t, { answer: (body) => flipped(body, at) });
      const { code, outcome } = await failure(say(connection, 'a message long enough to be cut'.repeat(2)));
      assert.deepEqual([at, code, outcome], [at, 'remote.sealing-refused', 'unknown']);
    }
  });

  test('the same sealed message is not taken twice', async (t) => {
    const connection = connect(t, { message: once() });
    await say(connection, 'once');
    assert.equal((await failure(say(connection, 'once'))).code, 'remote.connection-lost');
  });

  test('an authenticate message is not taken on a second socket, whose challenge is another', async (t) => {
    const second = once();
    const token = (bytes: Buffer, request: number) => (request === 1 ? bytes : second(bytes));
    await say(connect(t, { token }), 'once');
    assert.equal((await failure(say(connect(t, { token }), 'again'))).code, 'remote.sign-in-refused');
  });
});
