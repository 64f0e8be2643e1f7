import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { readFunctionAnswer } from '../../remote/function-answer.ts';

const schema = z.object({ file: z.object({ size: z.number() }) });
const read = (output: readonly string[], errors: readonly string[] = []) =>
  readFunctionAnswer(
    schema,
    { output, errors: errors.map((message) => ({ message, fullyQualifiedErrorId: '', target: '' })) },
    'reading wsus01',
  );

test('one JSON string of the right shape is the answer, even beside errors', () => {
  assert.deepEqual(read(['{"file":{"size":3}}'], ['small']), { file: { size: 3 } });
});

test('errors without an answer are the failure of the function', () => {
  assert.throws(() => read([], ['first', 'last']), {
    code: 'remote.function-failed',
    serverText: 'last',
    outcome: 'unknown',
  });
});

for (const [what, output, detail] of [
  ['no value', [], '0 values instead of one'],
  ['two values', ['{}', '{}'], '2 values instead of one'],
  ['text that is no JSON', ['hello'], 'not JSON'],
  ['JSON of another shape', ['{"file":{"size":"3"}}'], 'field file.size'],
  ['JSON that is no object', ['null'], 'field at the top'],
] as const) {
  test(`${what} is a broken answer that says what is wrong and nothing of the text`, () => {
    assert.throws(() => read(output), { code: 'remote.broken-answer', detail, outcome: 'unknown' });
  });
}
