import assert from 'node:assert/strict';
import { test } from 'node:test';
import { avIds } from '../../../../remote/winrm/ntlm/av-pairs.ts';
import { decodeChallengeMessage } from '../../../../remote/winrm/ntlm/challenge-message.ts';
import { offeredFlags, requiredFlags } from '../../../../remote/winrm/ntlm/negotiate-flags.ts';
import { encodeNegotiateMessage } from '../../../../remote/winrm/ntlm/negotiate-message.ts';
import { practiceServer } from './practice.ts';
import { RawWinrmClient } from './raw-winrm-client.ts';

const negotiate = (flags: number): Record<string, string> => ({
  Authorization: `Negotiate ${encodeNegotiateMessage({ flags }).toString('base64')}`,
});

test('a request without credentials is told to negotiate', async (t) => {
  const client = new RawWinrmClient(t, (await practiceServer(t)).target);
  const { status, authenticate, body } = await client.post('<s:Envelope/>', {
    'Content-Type': 'application/soap+xml',
  });
  assert.deepEqual([status, authenticate, body.length], [401, 'Negotiate', 0]);
});

for (const scheme of [
  'Basic dXNlcjpwYXNz',
  'Kerberos YII=',
  'Negotiate',
  'Negotiate !!!',
  'Negotiate YII=',
]) {
  test(`"${scheme}" does not sign in`, async (t) => {
    const client = new RawWinrmClient(t, (await practiceServer(t)).target);
    const { status, authenticate } = await client.post('', { Authorization: scheme });
    assert.deepEqual([status, authenticate], [401, 'Negotiate']);
  });
}

test('only POST /wsman is there', async (t) => {
  const client = new RawWinrmClient(t, (await practiceServer(t)).target);
  assert.equal((await client.post('', {}, '/')).status, 404);
  assert.equal((await client.post('', {}, '/wsman', 'GET')).status, 405);
});

test('the challenge demands sealing and carries the timestamp that obliges to a MIC', async (t) => {
  const client = new RawWinrmClient(t, (await practiceServer(t)).target);
  const { authenticate } = await client.post('', negotiate(offeredFlags));
  const challenge = decodeChallengeMessage(Buffer.from(authenticate?.split(' ')[1] ?? '', 'base64'));
  assert.equal((challenge.flags & requiredFlags) >>> 0, requiredFlags);
  assert.ok(challenge.targetInfo.some(({ id }) => id === avIds.timestamp));
});

test('a client that cannot seal gets no challenge', async (t) => {
  const client = new RawWinrmClient(t, (await practiceServer(t)).target);
  assert.equal((await client.post('', negotiate((offeredFlags & ~0x20) >>> 0))).authenticate, 'Negotiate');
});

test('no two challenges are the same', async (t) => {
  const client = new RawWinrmClient(t, (await practiceServer(t)).target);
  const challenge = async () =>
    decodeChallengeMessage(
      Buffer.from(
        (await client.post('', negotiate(offeredFlags))).authenticate?.split(' ')[1] ?? '',
        'base64',
      ),
    );
  assert.notDeepEqual((await challenge()).serverChallenge, (await challenge()).serverChallenge);
});

test('the right password signs in', async (t) => {
  const client = new RawWinrmClient(t, (await practiceServer(t)).target);
  const { status, body } = await client.signIn();
  assert.deepEqual([status, body.length], [200, 0]);
});

test('user and domain are the same in any case', async (t) => {
  const { target } = await practiceServer(t);
  const client = new RawWinrmClient(t, target);
  const account = {
    ...target.account,
    user: target.account.user.toUpperCase(),
    domain: target.account.domain.toLowerCase(),
  };
  assert.equal((await client.signIn(account)).status, 200);
});

for (const wrong of [{ password: 'wrong' }, { user: 'nobody' }, { domain: 'ELSEWHERE' }, { domain: '' }]) {
  test(`a wrong ${Object.keys(wrong)[0]} (${Object.values(wrong)[0]}) is refused like any other`, async (t) => {
    const { target } = await practiceServer(t);
    const client = new RawWinrmClient(t, target);
    const { status, authenticate, body } = await client.signIn({ ...target.account, ...wrong });
    assert.deepEqual([status, authenticate, body.length], [401, 'Negotiate', 0]);
  });
}

test('the target of wsus06 carries a wrong password', async (t) => {
  const client = new RawWinrmClient(t, (await practiceServer(t, 'wrong-password')).target);
  assert.equal((await client.signIn()).status, 401);
});

for (const [what, offset] of [
  ['MIC', 72],
  ['flags', 60],
] as const) {
  test(`an authenticate message with changed ${what} is refused`, async (t) => {
    const client = new RawWinrmClient(t, (await practiceServer(t)).target);
    const { status } = await client.signIn(undefined, (message) => {
      message.writeUInt8(message.readUInt8(offset + 1) ^ 0x80, offset + 1);
      return message;
    });
    assert.equal(status, 401);
  });
}

test('a challenge is good for one answer', async (t) => {
  const client = new RawWinrmClient(t, (await practiceServer(t)).target);
  let message = Buffer.alloc(0);
  await client.signIn(undefined, (sent) => {
    message = Buffer.from(sent);
    return sent;
  });
  const again = await client.post('', { Authorization: `Negotiate ${message.toString('base64')}` });
  assert.equal(again.status, 401);
});

test('an answer to the challenge of another socket is refused', async (t) => {
  const { target } = await practiceServer(t);
  const [one, other] = [new RawWinrmClient(t, target), new RawWinrmClient(t, target)];
  await other.post('', negotiate(offeredFlags));
  let message = Buffer.alloc(0);
  await one.signIn(undefined, (sent) => {
    message = Buffer.from(sent);
    return sent;
  });
  assert.equal(
    (await other.post('', { Authorization: `Negotiate ${message.toString('base64')}` })).status,
    401,
  );
});
