import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { allSignatures } from '../../bot/diagnosis/signatures/all-signatures.ts';
import { loadCorpus } from './load-corpus.ts';
import { runCorpus } from './run-corpus.ts';

const pastes = loadCorpus();

describe('the corpus', () => {
  test('has at least 150 pastes, and one of every answer', () => {
    assert.ok(pastes.length >= 150, `${pastes.length} pastes`);
    const expected = new Set(pastes.map((paste) => paste.expected.verdict));
    assert.deepEqual(
      allSignatures.map(({ id }) => id).filter((id) => !expected.has(id)),
      [],
    );
  });

  test('expects the edit for nothing but KB 4096317', () => {
    for (const { name, expected } of pastes)
      assert.equal(expected.mayPropose, expected.verdict === 'kb4096317', name);
  });

  test('is answered as an expert answers it, as messages and as files', async () => {
    const { misses, wrongProposals } = await runCorpus();
    assert.deepEqual(wrongProposals, [], 'the edit is offered for a wrong case');
    assert.deepEqual(Object.fromEntries(misses), {});
  });
});
