import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pasteTexts } from './fuzz/pastes.ts';
import { runFuzz } from './fuzz/run-fuzz.ts';

test('5,000 random and mutated texts: none crashes it, none is slow, none gets a wrong proposal', () => {
  const { complaints, proposals } = runFuzz(20_261_124, 5_000, pasteTexts());
  assert.deepEqual(complaints, []);
  assert.ok(
    proposals > 100,
    `${proposals} proposals: the mutations leave too few faults whole to prove anything`,
  );
});
