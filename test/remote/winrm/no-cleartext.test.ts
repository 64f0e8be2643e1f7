import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { connectWsusServer } from '../../../remote/connect-wsus-server.ts';
import { practiceServers } from '../../../remote/practice/practice-servers.ts';
import { startPracticeServers } from '../../../remote/practice/start-practice-servers.ts';
import { startRelay } from './recording-relay.ts';

/** Where this text is in the bytes, as UTF-8, as UTF-16 or as base64 at any of its three alignments. */
function isIn(bytes: Buffer, text: string): boolean {
  const plain = Buffer.from(text);
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), plain])
      .toString('base64')
      .replace(/=+$/, '');
    // The first and last group also hold bits of the neighbours.
    return encoded.slice(4, -4);
  });
  return (
    bytes.includes(plain) ||
    bytes.includes(plain.toString(), 0, 'utf16le') ||
    base64.some((form) => form.length >= 8 && bytes.includes(form))
  );
}

test('between client and server nothing is readable but the handshake and the HTTP headers', async (t) => {
  const practice = await startPracticeServers({
    specs: practiceServers.filter(({ name }) => name === 'wsus01'),
  });
  const { target } = practice.server('wsus01');
  const relay = await startRelay(target.port);
  const wsus = connectWsusServer({ ...target, port: relay.port });
  t.after(async () => {
    await wsus.close();
    await relay.close();
    await practice.close();
  });
  const report = await wsus.report();
  assert.ok(report.file.ok && report.log.ok);
  const changeId = randomUUID();
  const sha256After = createHash('sha256').update('something else').digest('hex');
  const result = await wsus.apply({
    changeId,
    notAfter: new Date(Date.now() + 60_000).toISOString(),
    sha256Before: report.file.sha256,
    sha256After,
    edits: { maxInstalledPrerequisites: 800 },
  });
  assert.equal(result.outcome, 'refused');
  await wsus.close();

  const { fromClient, fromServer } = relay.recorded();
  const both = Buffer.concat([fromClient, fromServer]);
  const secrets = [
    target.account.password,
    changeId,
    sha256After,
    report.file.sha256,
    report.log.lines[0]?.text ?? assert.fail('the log has no lines'),
    Buffer.from(report.file.bytes, 'base64').toString('utf8', 100, 160),
    report.file.bytes.slice(200, 260),
  ];
  const words = [
    'Get-WsusBotReport',
    'Set-WsusBotLimit',
    'Envelope',
    'creationXml',
    'ShellId',
    'ClientWebService',
    'maxInstalledPrerequisites',
  ];
  for (const text of [...secrets, ...words]) assert.equal(isIn(both, text), false, text);

  // The looking itself works: what is meant to be readable is found.
  assert.ok(isIn(fromClient, 'POST /wsman HTTP/1.1') && isIn(fromServer, 'HTTP-SPNEGO-session-encrypted'));
  const token = /Negotiate (TlRMTVNTUAAD[^\r]+)/.exec(fromClient.toString('latin1'))?.[1];
  assert.ok(isIn(Buffer.from(token ?? '', 'base64'), target.account.user));
  assert.ok(isIn(Buffer.from(Buffer.from(`xx${changeId}yy`).toString('base64')), changeId));
});

test('the only bodies that are not sealed are empty', async (t) => {
  const practice = await startPracticeServers({
    specs: practiceServers.filter(({ name }) => name === 'wsus01'),
  });
  const { target } = practice.server('wsus01');
  const relay = await startRelay(target.port);
  const wsus = connectWsusServer({ ...target, port: relay.port });
  t.after(async () => {
    await relay.close();
    await practice.close();
  });
  await wsus.report();
  await wsus.close();
  const heads =
    relay
      .recorded()
      .fromClient.toString('latin1')
      .match(/POST \/wsman HTTP\/1\.1\r\n[\s\S]*?\r\n\r\n/g) ?? [];
  const open = heads.filter((head) => !/\r\nContent-Type: multipart\/encrypted;/i.test(head));
  assert.equal(heads.length > 2, true);
  assert.equal(open.length, 2);
  for (const head of open) assert.match(head, /\r\nContent-Length: 0\r\n/i);
});
