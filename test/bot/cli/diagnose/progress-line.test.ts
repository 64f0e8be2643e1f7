import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { ProgressLine, progressText } from '../../../../bot/cli/diagnose/progress-line.ts';

function lineOn(isTerminal: boolean) {
  const stream = Object.assign(new PassThrough(), isTerminal ? { isTTY: true } : {});
  let time = 1000;
  const line = new ProgressLine({ stream, total: 1_000_000_000, now: () => time });
  const written = () => String(stream.read() ?? '');
  return { line, written, pass: (milliseconds: number) => (time += milliseconds) };
}

test('percent, rate and time left are shown', () => {
  assert.equal(progressText(450_000_000, 1_000_000_000, 1000), '45 %, 450 MB/s, 2 s left');
  assert.equal(progressText(1_000_000_000, 100_000_000_000, 5000), '1 %, 200 MB/s, 9 min left');
  assert.equal(progressText(450_000_000, undefined, 1000), '450 MB, 450 MB/s');
  assert.equal(progressText(0, 1000, 1000), '0 %, 0 MB/s, ? left');
  assert.equal(progressText(2000, 1000, 1000), '100 %, 0 MB/s, 0 s left');
});

test('a terminal shows it after two seconds, five times a second, and is clean at the end', () => {
  const { line, written, pass } = lineOn(true);
  line.show(1);
  pass(1900);
  line.show(2);
  assert.equal(written(), '');
  pass(200);
  line.show(500_000_000);
  assert.equal(written(), '\r\u001b[K50 %, 238 MB/s, 3 s left');
  pass(100);
  line.show(510_000_000);
  assert.equal(written(), '');
  pass(150);
  line.show(520_000_000);
  assert.ok(written().startsWith('\r\u001b[K52 %'));
  line.end();
  assert.equal(written(), '\r\u001b[K');
});

test('what is quick, and what is no terminal, shows nothing', () => {
  const quick = lineOn(true);
  quick.line.show(1);
  quick.line.end();
  assert.equal(quick.written(), '');
  const piped = lineOn(false);
  piped.pass(60_000);
  piped.line.show(1);
  piped.line.end();
  assert.equal(piped.written(), '');
});
