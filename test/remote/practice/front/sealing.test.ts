import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createRequest, receiveRequest } from '../../../../remote/winrm/shell-requests.ts';
import { creationFragments } from '../pool-messages.ts';
import { openShell, practiceServer } from './practice.ts';
import { RawWinrmClient, received } from './raw-winrm-client.ts';

const sealedType =
  'multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted";boundary="Encrypted Boundary"';

async function signedIn(t: TestContext) {
  const server = await practiceServer(t);
  const client = new RawWinrmClient(t, server.target);
  await client.signIn();
  return { server, client };
}

test('a sealed message is answered with a sealed message', async (t) => {
  const { client } = await signedIn(t);
  const answer = await client.create();
  assert.ok(answer.ok);
});

test('a message in clear is refused without a word, and creates nothing', async (t) => {
  const { client } = await signedIn(t);
  const xml = client.envelope(createRequest(client.shellId, '2.3', 1000, creationFragments()), undefined);
  const { status, body } = await client.post(xml, { 'Content-Type': 'application/soap+xml;charset=UTF-8' });
  assert.deepEqual([status, body.length], [500, 0]);
  const after = await client.receive();
  assert.equal(after.ok, false);
});

test('sealed bytes on a socket that did not sign in are refused', async (t) => {
  const { server, client } = await signedIn(t);
  const { contentType, body } = client.seal(client.envelope(receiveRequest(undefined)));
  const stranger = new RawWinrmClient(t, server.target);
  assert.equal((await stranger.post(body, { 'Content-Type': contentType })).status, 400);
});

test('a sealing context does not fit a socket that signed in by itself', async (t) => {
  const { server, client } = await signedIn(t);
  const other = new RawWinrmClient(t, server.target);
  await other.signIn();
  other.context = client.context;
  assert.equal((await other.sendSealed(other.envelope(receiveRequest(undefined)))).status, 400);
});

test('the same sealed body a second time is refused, and the socket has to sign in again', async (t) => {
  const { client } = await signedIn(t);
  const { contentType, body } = client.seal(client.envelope(receiveRequest(undefined)));
  assert.equal((await client.post(body, { 'Content-Type': contentType })).status, 500);
  assert.equal((await client.post(body, { 'Content-Type': contentType })).status, 400);
  assert.equal((await client.sendSealed(client.envelope(receiveRequest(undefined)))).status, 400);
});

test('a skipped sequence number is refused', async (t) => {
  const { client } = await signedIn(t);
  client.seal('lost on the way');
  assert.equal((await client.sendSealed(client.envelope(receiveRequest(undefined)))).status, 400);
});

for (const [what, change] of [
  ['a changed signature', (body: Buffer) => flip(body, body.indexOf('octet-stream') + 14 + 4 + 6)],
  ['a changed sealed byte', (body: Buffer) => flip(body, body.length - 40)],
  ['a Length that is too long', (body: Buffer) => relength(body, 1)],
  ['a Length that is too short', (body: Buffer) => relength(body, -1)],
  ['a missing end', (body: Buffer) => body.subarray(0, body.length - 10)],
  ['nothing', () => Buffer.alloc(0)],
] as const) {
  test(`${what} is refused`, async (t) => {
    const { client } = await signedIn(t);
    const { body } = client.seal(client.envelope(receiveRequest(undefined)));
    assert.equal((await client.post(change(body), { 'Content-Type': sealedType })).status, 400);
  });
}

test('the TABs of the specification are accepted', async (t) => {
  const { client } = await signedIn(t);
  const { contentType, body } = client.seal(client.envelope(receiveRequest(undefined)));
  const text = body.toString('latin1').replace(/^(Content-Type|OriginalContent)/gm, '\t$1');
  const { status, body: answer } = await client.post(Buffer.from(text, 'latin1'), {
    'Content-Type': contentType,
  });
  assert.equal(status, 500);
  assert.ok(answer.length > 0);
});

test('a sealed message that is no envelope gets a sealed fault', async (t) => {
  const { client } = await signedIn(t);
  const { status, body } = await client.sendSealed('<not><soap>');
  assert.equal(status, 500);
  assert.ok(body.includes('Encrypted Boundary'));
});

test('nothing of a whole conversation is readable on the way back', async (t) => {
  const client = await openShell(t, await practiceServer(t));
  await client.command('Get-WsusBotReport');
  const { contentType, body } = client.seal(
    client.envelope(receiveRequest('6ba7b810-9dad-41d1-80b4-00c04fd430c8')),
  );
  const answer = await client.post(body, { 'Content-Type': contentType });
  assert.ok(answer.body.length > 5000);
  assert.doesNotMatch(answer.body.toString('latin1'), /Envelope|ReceiveResponse|maxInstalled/);
});

test('a socket that signs in again starts a new context', async (t) => {
  const client = await openShell(t, await practiceServer(t));
  await client.signIn();
  await client.command('Get-WsusBotReport');
  assert.equal(received(await client.receive('6ba7b810-9dad-41d1-80b4-00c04fd430c8')).done, true);
});

function flip(body: Buffer, at: number): Buffer {
  const changed = Buffer.from(body);
  changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
  return changed;
}

function relength(body: Buffer, by: number): Buffer {
  const text = body.toString('latin1');
  return Buffer.from(
    text.replace(/Length=(\d+)/, (_whole, length: string) => `Length=${Number(length) + by}`),
    'latin1',
  );
}

test('header lines of a sealed answer begin with a TAB, as those of Windows do', async (t) => {
  const { client } = await signedIn(t);
  const { body } = await client.sendSealed(client.envelope(receiveRequest(undefined)));
  const head = body.subarray(0, body.indexOf('octet-stream')).toString('latin1').split('\r\n');
  assert.deepEqual(
    head.map((line) => line.startsWith('\t')),
    [false, true, true, false, true],
  );
});
