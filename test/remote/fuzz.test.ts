import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProtocolError } from '../../remote/protocol-error.ts';
import { parseXml } from '../../remote/xml-element.ts';
import { fuzz } from './fuzz.ts';
import { targets } from './fuzz-targets.ts';

for (const [what, target] of Object.entries(targets)) {
  test(`${what} with bytes changed is read or refused, and nothing else happens`, () => {
    for (const sample of target.samples) target.read(sample);
    fuzz(target, 300, 8);
  });
}

test('elements nested deeper than any answer are refused, not followed', () => {
  const deep = `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`;
  assert.throws(() => parseXml(deep, 'reading'), ProtocolError);
});
