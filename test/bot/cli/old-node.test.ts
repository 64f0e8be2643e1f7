import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const preload = (version: string) =>
  `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'${version}'})`;
const path = (name: string) => fileURLToPath(new URL(`../../../bot/${name}`, import.meta.url));

function runWith(version: string, args: readonly string[]) {
  return spawnSync(process.execPath, ['--import', preload(version), ...args], { encoding: 'utf8' });
}

test('an old Node is answered in one line, with exit code 1', () => {
  const { status, stdout, stderr } = runWith('20.20.2', [path('start.mjs'), 'help']);
  assert.equal(status, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /^WSUS Bot needs Node\.js 24 or newer; this is 20\.20\.2\..*\n$/);
});

test('the check can stand before any other entry', () => {
  const { status, stderr } = runWith('22.1.0', [
    '--import',
    path('require-node.mjs'),
    path('cli.ts'),
    'help',
  ]);
  assert.equal(status, 1);
  assert.match(stderr, /this is 22\.1\.0/);
});

test('Node 24 passes', () => {
  assert.equal(runWith('24.0.0', [path('start.mjs'), '--version']).status, 0);
});
