import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { isGoneOwner, ownerName, processHome } from '../../bot/process-owner.ts';

const own = ownerName('host1', 100, 'aaaa');
const nobodyLives = () => false;
const everybodyLives = () => true;

test('an owner is never gone as seen from itself', () => {
  assert.equal(isGoneOwner(own, own, nobodyLives), false);
});

test('an owner on this host whose process does not run is gone', () => {
  const other = ownerName('host1', 200, 'bbbb');
  assert.equal(isGoneOwner(other, own, nobodyLives), true);
  assert.equal(isGoneOwner(other, own, everybodyLives), false);
});

test('an owner of another host is not known to be gone', () => {
  assert.equal(isGoneOwner(ownerName('host2', 200, 'bbbb'), own, nobodyLives), false);
});

test('an earlier owner with the same process id is gone: the id is ours now', () => {
  assert.equal(isGoneOwner(ownerName('host1', 100, 'bbbb'), own, everybodyLives), true);
});

test('a name that is none of ours is not known to be gone', () => {
  for (const name of ['', ' ', 'host1', 'host2 x y']) {
    assert.equal(isGoneOwner(name, own, nobodyLives), false, JSON.stringify(name));
  }
});

test('a real process is alive, and gone when it has ended', async () => {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const name = ownerName('host1', child.pid ?? 0, 'cccc');
  assert.equal(isGoneOwner(name, own), false);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  assert.equal(isGoneOwner(name, own), true);
});

test('a host of the same name, another start of it and another container are other homes', () => {
  const home = (boot: string, container: string) =>
    processHome('bot 1', (path) => (path.includes('boot') ? boot : container));
  assert.equal(home('a', 'x'), home('a', 'x'));
  assert.equal(new Set([home('a', 'x'), home('b', 'x'), home('a', 'y')]).size, 3);
  assert.doesNotMatch(home('a', 'x'), / /);
  assert.equal(processHome('bot'), processHome('bot'));
});
