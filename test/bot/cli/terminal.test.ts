import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { Printer } from '../../../bot/cli/terminal.ts';

function printed(isTTY: boolean, use: (printer: Printer) => void): string {
  const stream = Object.assign(new PassThrough(), { isTTY });
  use(new Printer(stream));
  stream.end();
  return String(stream.read());
}

test('a terminal gets colours, a pipe gets none', () => {
  const colour = printed(true, (print) => print.marked('bad', 'text'));
  const plain = printed(false, (print) => print.marked('bad', 'text'));
  assert.equal(colour, '\u001b[31m✕\u001b[39m text\n');
  assert.equal(plain, '✕ text\n');
});

test('text cannot bring its own control characters, on a terminal neither', () => {
  const shown = printed(true, (print) => print.line('a\u001b[31mb\u0007'));
  assert.equal(shown, 'a\\u001b[31mb\\u0007\n');
});
