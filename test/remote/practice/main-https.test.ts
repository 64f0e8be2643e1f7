import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { connectWsusServer } from '../../../remote/connect-wsus-server.ts';
import type { WinrmTarget } from '../../../remote/wsus-server.ts';
import { selfSignedCertificate } from '../../kit/self-signed-certificate.ts';

const program = fileURLToPath(new URL('../../../remote/practice/main.ts', import.meta.url));

function start(t: TestContext, options: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-https-'));
  const { key, cert } = selfSignedCertificate(['localhost']);
  writeFileSync(join(folder, 'cert.pem'), cert);
  writeFileSync(join(folder, 'key.pem'), key);
  const child = spawn(process.execPath, [program, '--state', 'limit-too-low', ...options], { cwd: folder });
  t.after(async () => {
    child.kill('SIGTERM');
    await new Promise((resolve) => (child.exitCode === null ? child.once('close', resolve) : resolve(null)));
    rmSync(folder, { recursive: true });
  });
  return child;
}

test('practice servers of a process of their own listen for HTTPS when they are given a certificate', async (t) => {
  const child = start(t, ['--certificate', 'cert.pem', '--key', 'key.pem', '--cbt-hardening', 'Strict']);
  for await (const line of createInterface({ input: child.stdout })) {
    const { servers } = JSON.parse(line) as { servers: { winrm: string; target: WinrmTarget }[] };
    const [server] = servers;
    assert.match(server?.winrm ?? '', /^https:\/\/localhost:\d+\/wsman$/);
    const wsus = connectWsusServer(server?.target ?? assert.fail('no target'));
    assert.ok((await wsus.report()).computer.ok);
    await wsus.close();
    return;
  }
  assert.fail('nothing was printed');
});

test('a certificate without its key is no HTTPS, and no HTTP either', async (t) => {
  const child = start(t, ['--certificate', 'cert.pem']);
  assert.match(await text(child.stderr), /^reading --certificate and --key: HTTPS needs both\n/);
});
