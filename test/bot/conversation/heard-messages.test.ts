import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHeardMessages, sha256Of } from '../../../bot/conversation/heard-messages.ts';

const answer = (messageId: string, conversationId = 'a') => ({
  where: { conversationId, kind: 'personal' as const, address: '{}' },
  messageId,
});

test('a message is known by its hash, with its answer', () => {
  const heard = createHeardMessages();
  heard.keep('1', { sha256: sha256Of('one'), answer: answer('m1') });
  assert.equal(heard.lately('1')?.sha256, sha256Of('one'));
  assert.equal(heard.lately('1')?.answer?.messageId, 'm1');
  assert.equal(heard.lately('2'), undefined);
});

test('an answer that is released belongs to no message, and the others keep theirs', () => {
  const heard = createHeardMessages();
  heard.keep('1', { sha256: 'x', answer: answer('m1') });
  heard.keep('2', { sha256: 'x', answer: answer('m1', 'b') });
  heard.release(answer('m1'));
  assert.deepEqual(
    ['1', '2'].map((key) => heard.lately(key)?.answer?.messageId),
    [undefined, 'm1'],
  );
});

test('no more than two thousand are kept, and the oldest goes first', () => {
  const heard = createHeardMessages();
  for (let count = 0; count < 2_001; count++) heard.keep(String(count), { sha256: 'x', answer: undefined });
  assert.equal(heard.lately('0'), undefined);
  assert.ok(heard.lately('1') !== undefined);
});
