import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonOf, refusalReason } from '../../../bot/changes/reason.ts';
import { applyResultSchema, restartResultSchema, restoreResultSchema } from '../../../remote/contract.ts';
import { RemoteError } from '../../../remote/remote-error.ts';

type Refusal = Parameters<typeof refusalReason>[0]['reason'];

/** The reasons that a result of the contract may carry, out of its schema. */
const refusalsOf = (schema: { options: readonly { shape: object }[] }): Refusal[] =>
  schema.options.flatMap(({ shape }) =>
    'reason' in shape ? (shape.reason as { options: Refusal[] }).options : [],
  );

const refusals = new Set(
  [applyResultSchema, restartResultSchema, restoreResultSchema].flatMap((schema) => refusalsOf(schema)),
);

test('the contract names refusals', () => {
  assert.ok(refusals.size >= 10, [...refusals].join());
});

for (const reason of refusals) {
  test(`a refusal as ${reason} has words of our own and a next step`, () => {
    const said = refusalReason({ reason, text: 'said by the server' });
    assert.equal(said.code, reason);
    assert.notEqual(said.text, '');
    assert.notEqual(said.remedy, '');
    assert.equal(said.serverText, 'said by the server');
  });
}

test('a remote error keeps its code, its words and what the server said, apart from each other', () => {
  const error = new RemoteError('remote.function-failed', {
    doing: 'changing web.config on wsus01',
    serverText: '**bold**',
    outcome: 'unknown',
  });
  const reason = reasonOf(error);
  assert.equal(reason.code, 'remote.function-failed');
  assert.equal(reason.serverText, '**bold**');
  assert.ok(!reason.text.includes('bold'));
});
