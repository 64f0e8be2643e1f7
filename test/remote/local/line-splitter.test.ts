import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LineSplitter } from '../../../remote/local/line-splitter.ts';

test('lines come out whole, however their bytes were cut', () => {
  const line = fc.string({ unit: fc.constantFrom('a', '<', "'", '=', '\r'), maxLength: 20 });
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat(9)), (lines, cuts) => {
      const bytes = Buffer.from(lines.map((one) => `${one}\n`).join(''), 'latin1');
      const splitter = new LineSplitter(20);
      const out: string[] = [];
      let from = 0;
      for (const cut of [...cuts, bytes.length]) {
        out.push(...splitter.push(bytes.subarray(from, from + cut)));
        from += cut;
      }
      assert.deepEqual(out, lines);
      assert.equal(splitter.isTooLong, false);
    }),
  );
});

test('after a line beyond the limit nothing comes out any more, and nothing is held', () => {
  const splitter = new LineSplitter(4);
  assert.deepEqual(splitter.push(Buffer.from('abcd\nab')), ['abcd']);
  assert.deepEqual(splitter.push(Buffer.from('cde')), []);
  assert.equal(splitter.isTooLong, true);
  assert.deepEqual(splitter.push(Buffer.from('\nabc\n')), []);
});
