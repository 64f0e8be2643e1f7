import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SentFile } from '../../../bot/conversation/chat.ts';
import { aboutFilesNotGiven } from '../../../bot/conversation/files-not-given.ts';

const summary = (files: readonly SentFile[], kind: 'personal' | 'channel', everGiven: boolean) => {
  const where = { conversationId: 'a:1', kind, address: '{}' };
  return aboutFilesNotGiven({ files, where, personalChat: undefined }, everGiven)?.summary;
};
const absent: readonly SentFile[] = [{ kind: 'absent' }];

test('where Teams hands over no files, pasting is the next step, and not another chat', () => {
  for (const kind of ['personal', 'channel'] as const) {
    assert.equal(summary(absent, kind, false), 'Files do not reach me');
  }
  assert.equal(summary(absent, 'personal', true), 'Your file did not reach me');
  assert.equal(summary(absent, 'channel', true), 'Files do not reach me in this chat');
});

test('a picture is one in every cloud, and no file is worth no word', () => {
  assert.equal(summary([{ kind: 'picture' }], 'personal', false), 'I cannot read pictures');
  assert.equal(summary([], 'personal', false), undefined);
});
