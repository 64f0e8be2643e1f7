import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SentFile } from '../../../bot/conversation/chat.ts';
import { aboutFilesNotGiven } from '../../../bot/conversation/files-not-given.ts';

const summary = (files: readonly SentFile[], kind: 'personal' | 'channel', everGiven: boolean) => {
  const where = { conversationId: 'a:1', kind, address: '{}' };
  return aboutFilesNotGiven({ files, where, personalChat: undefined }, everGiven)?.in('en').summary;
};
const absent: readonly SentFile[] = [{ kind: 'absent' }];

test('where Teams hands over no files, pasting is the next step, and not another chat', () => {
  for (const kind of ['personal', 'channel'] as const) {
    assert.match(summary(absent, kind, false) ?? '', /In this cloud .* Paste the lines .* wsus-bot diagnose/);
  }
  assert.match(summary(absent, 'personal', true) ?? '', /Attach the file itself/);
  assert.match(summary(absent, 'channel', true) ?? '', /Send it to me in our personal chat/);
});

test('a picture is one in every cloud, and no file is worth no word', () => {
  assert.match(summary([{ kind: 'picture' }], 'personal', false) ?? '', /This is a picture/);
  assert.equal(summary([], 'personal', false), undefined);
});
