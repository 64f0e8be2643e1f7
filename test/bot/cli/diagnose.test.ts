import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { exitCodes } from '../../../bot/cli/exit-codes.ts';
import { folderWith } from '../config-folder.ts';
import { runCli } from './run-cli.ts';
import { runHere } from './run-here.ts';

const fault = (id: string) =>
  `2026-11-25 02:03:00.123 UTC\tWarning\tw3wp.12\tSoapUtilities.CreateException\tThrowException: actor = http://wsus01:8530/ClientWebService/client.asmx, ID=${id}, ErrorCode=InvalidParameters, Message=parameters.InstalledNonLeafUpdateIDs, Client=5b1c1f5e-0000-4000-8000-000000000001\r\n`;
const first = fault('8c1f0c3e-0d0e-4a53-9a34-5d1a51a4b0aa');
const second = fault('9c1f0c3e-0d0e-4a53-9a34-5d1a51a4b0aa');

test('diagnose names the cause, file and line, and the next step', async (t) => {
  const cwd = folderWith(t, { 'sd.log': `nothing\r\n${first}` });
  const { code, stdout } = await runHere(['diagnose', join(cwd, 'sd.log')]);
  assert.equal(code, exitCodes.fine);
  assert.match(stdout, /^✕ The server’s limit is too low for these clients\n/);
  assert.match(stdout, /sd\.log:2 \(SoftwareDistribution\.log\)\n/);
  assert.match(stdout, /\nServer: wsus01\n/);
  assert.match(stdout, /\nNext: Raise maxInstalledPrerequisites/);
});

test('diagnose --json is one document, from standard input as well', async () => {
  const { code, stdout } = await runCli(['diagnose', '-', '--json'], { stdin: first });
  assert.equal(code, exitCodes.fine);
  const document = JSON.parse(stdout);
  assert.equal(document.verdict, 'kb4096317');
  assert.equal(document.mayPropose, true);
  assert.equal(document.lines, 1);
  assert.equal(document.bytes, Buffer.byteLength(first));
  assert.equal(document.findings[0].server, 'wsus01');
  assert.equal(document.findings[0].evidence[0].line, 1);
});

test('evidence of several files carries its file and the line there', async (t) => {
  const cwd = folderWith(t, { 'a.log': `x\ny\n${first.trimEnd()}`, 'b.log': `z\n${second}` });
  const { stdout } = await runHere(['diagnose', join(cwd, 'a.log'), join(cwd, 'b.log'), '--json']);
  const [finding] = JSON.parse(stdout).findings;
  const places = finding.evidence.map(
    ({ file, line }: { file: string; line: number }) => `${basename(file)}:${line}`,
  );
  assert.deepEqual(places.toSorted(), ['a.log:3', 'b.log:2']);
});

test('a log in UTF-16, as Windows PowerShell writes it, is read', async (t) => {
  const cwd = folderWith(t, { 'u.log': Buffer.from(`\ufeff${first}`, 'utf16le') });
  const { stdout } = await runHere(['diagnose', join(cwd, 'u.log'), '--json']);
  assert.equal(JSON.parse(stdout).verdict, 'kb4096317');
});

test('a bare code is not enough, and what to send is said', async () => {
  const { stdout } = await runHere(['diagnose', '-'], { stdin: 'clients show 0x80244007' });
  assert.match(stdout, /^! /);
  assert.match(stdout, /Select-String ThrowException SoftwareDistribution\.log/);
  assert.doesNotMatch(stdout, /800\b/);
});

test("Microsoft's own example leads to a check, not to a change", async () => {
  const example =
    'ThrowException: actor = http://WSUSServerName:8530/ClientWebService/client.asmxs, ID=GUID, ErrorCode=InvalidParameters, Message=parameters.InstalledNonLeafUpdateIDs, Client=Client_ID';
  const { stdout } = await runHere(['diagnose', '-'], { stdin: example });
  assert.match(stdout, /They prove nothing about a server/);
  assert.match(stdout, /\nNext: Check a server: .*\n {6}wsus-bot check <server>\n/);
  assert.doesNotMatch(stdout, /Next: Raise/);
});

test('says why, whom it meets, and what came after, in the words of the cards', async () => {
  const start =
    '2026-11-25 04:00:00.000 UTC\tInfo\tw3wp.13\tClientImplementation..ctor\tInitializing ClientWebService ProcessID = 380';
  const { stdout } = await runHere(['diagnose', '-'], { stdin: `${first}${second}${start}\r\n` });
  assert.match(stdout, /\nWhy: The fault is InvalidParameters with parameters\.InstalledNonLeafUpdateIDs/);
  assert.match(stdout, /\nClients: 1\n/);
  assert.match(stdout, /\nRestarted: 2026-11-25T04:00:00\.000Z, no fault since\n/);
  assert.match(stdout, /proves a restart, not a cure/);
});

test('names another failure of the same text after the one that weighs more', async () => {
  const busy = first.replace('InvalidParameters', 'ServerBusy').replace('8c1f', '7c1f');
  const { stdout } = await runHere(['diagnose', '-'], { stdin: `${busy}${first}` });
  assert.match(stdout, /^✕ The server’s limit/);
  assert.match(stdout, /\nAlso in this text: WSUS itself stopped with an error or was busy/);
});

test('shows no secret that stands in a line of evidence', async () => {
  const line = `${first.trimEnd()} password=hunter2 alex@contoso.com`;
  for (const args of [
    ['diagnose', '-'],
    ['diagnose', '-', '--json'],
  ]) {
    const { stdout } = await runHere(args, { stdin: line });
    assert.match(stdout, /password=\*{3} /);
    assert.doesNotMatch(stdout, /hunter2|alex@/);
  }
});

test('escape sequences in a log are shown, not sent to the terminal', async () => {
  const { stdout } = await runHere(['diagnose', '-'], {
    stdin: first.replace('Warning', 'War\u001b[2Jning'),
  });
  assert.match(stdout, /War\\u001b\[2Jning/);
  assert.ok(!stdout.includes('\u001b'));
});

test('a file that is not there ends with 5', async () => {
  const { code, stderr } = await runHere(['diagnose', '/nowhere/a.log']);
  assert.equal(code, exitCodes.fileNotUsable);
  assert.match(stderr, /reading \/nowhere\/a\.log: there is no such file \(cli\.file-not-readable\)/);
});

test('a folder, an archive and a log are read as one, each line with its file', async (t) => {
  const cwd = folderWith(t, {
    'logs.zip': zipSync({ 'server.log': Buffer.from(`x\r\n${first}`), 'trace.etl': new Uint8Array(5000) }),
    'client.log.gz': gzipSync(second),
  });
  mkdirSync(join(cwd, 'more'));
  writeFileSync(join(cwd, 'more', 'b.log'), `y\n\n${second}`);
  const { code, stdout } = await runHere(['diagnose', cwd, '--json']);
  const document = JSON.parse(stdout);
  const places = document.findings[0].evidence.map(
    ({ file, line }: { file: string; line: number }) => `${file.replace(`${cwd}/`, '')}:${line}`,
  );
  assert.deepEqual(places.toSorted(), [
    'client.log.gz › client.log:1',
    'logs.zip › server.log:2',
    'more/b.log:3',
  ]);
  assert.equal(code, exitCodes.fileNotUsable);
  assert.deepEqual(
    document.unread.map(({ code: reason }: { code: string }) => reason),
    ['intake.not-text'],
  );
});

test('what cannot be read is named, the rest is read, and the exit code says so', async (t) => {
  const cwd = folderWith(t, { 'a.log': first, 'b.zip': 'PK\u0003\u0004' });
  const { code, stdout, stderr } = await runHere([
    'diagnose',
    join(cwd, 'none.log'),
    join(cwd, 'a.log'),
    join(cwd, 'b.zip'),
  ]);
  assert.equal(code, exitCodes.fileNotUsable);
  assert.match(stdout, /^✕ The server’s limit is too low/);
  assert.match(stderr, /none\.log: there is no such file \(cli\.file-not-readable\)/);
  assert.match(stderr, /b\.zip: the archive is damaged or was cut off \(intake\.archive-broken\)/);
});

test('without a file, what is piped in is read', async () => {
  const { stdout } = await runCli(['diagnose', '--json'], { stdin: gzipSync(first) });
  assert.equal(JSON.parse(stdout).verdict, 'kb4096317');
});

test('Ctrl-C stops at once, with 130', async () => {
  const start = fileURLToPath(new URL('../../../bot/start.mjs', import.meta.url));
  const child = spawn(process.execPath, [start, 'diagnose', '-'], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  // More than the program reads before somebody takes it: it has begun when this is through.
  await new Promise<void>((resolve) => child.stdin.write('nothing\n'.repeat(500_000), () => resolve()));
  child.kill('SIGINT');
  assert.deepEqual(await ended, [exitCodes.interrupted, null]);
});
