import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Activity } from 'botbuilder';
import fc from 'fast-check';
import { sentFiles } from '../../../bot/teams/sent-files.ts';

const filesOf = (attachments: unknown, namesAttachment = false) =>
  sentFiles({ attachments } as Pick<Activity, 'attachments'>, namesAttachment);

const url = 'https://contoso-my.sharepoint.com/personal/a/_layouts/15/download.aspx?UniqueId=1&tempauth=x';
const download = (fields: Record<string, unknown> = {}) => ({
  contentType: 'application/vnd.microsoft.teams.file.download.info',
  contentUrl: 'https://contoso-my.sharepoint.com/personal/a/Documents/a.log',
  name: 'a.log',
  content: { downloadUrl: url, uniqueId: '1', fileType: 'log' },
  ...fields,
});
const html = { contentType: 'text/html', content: '<p>x</p>' };

test('a file of a personal chat has its name and its address', () => {
  assert.deepEqual(filesOf([download(), html]), [{ kind: 'download', name: 'a.log', url }]);
});

test('several files come in their order', () => {
  const files = filesOf([download(), download({ name: 'b.zip' })]);
  assert.deepEqual(
    files.map((file) => (file.kind === 'download' ? file.name : file.kind)),
    ['a.log', 'b.zip'],
  );
});

test('the name is no longer than a name of Windows', () => {
  const [file] = filesOf([download({ name: 'x'.repeat(5_000) })]);
  assert.equal(file?.kind === 'download' ? file.name.length : 0, 255);
});

test('a name that is no text is empty', () => {
  for (const name of [5, null, undefined, {}]) {
    assert.deepEqual(filesOf([download({ name })]), [{ kind: 'download', name: '', url }]);
  }
});

test('a file without an address that can be one is absent', () => {
  for (const content of [undefined, null, 'x', {}, { downloadUrl: 5 }, { downloadUrl: '' }]) {
    assert.deepEqual(filesOf([download({ content })]), [{ kind: 'absent' }], JSON.stringify(content));
  }
});

test('a picture is a picture, pasted or sent', () => {
  for (const contentType of ['image/*', 'image/png', 'IMAGE/JPEG']) {
    assert.deepEqual(filesOf([{ contentType, contentUrl: 'https://x' }, html]), [{ kind: 'picture' }]);
  }
});

describe('a file that is named and not handed over is absent', () => {
  test('because the HTML names it', () => {
    assert.deepEqual(filesOf([html], true), [{ kind: 'absent' }]);
  });

  test('because it is a link', () => {
    assert.deepEqual(filesOf([{ contentType: 'reference', contentUrl: 'https://x', name: 'a.log' }]), [
      { kind: 'absent' },
    ]);
  });
});

test('what is a part of the message is no file', () => {
  for (const contentType of [
    'text/html',
    'application/vnd.microsoft.card.adaptive',
    'application/vnd.microsoft.teams.card.file.consent',
    'messageReference',
    'forwardedMessageReference',
  ]) {
    assert.deepEqual(filesOf([{ contentType, contentUrl: 'https://x', content: '{}' }]), [], contentType);
  }
});

test('a message that was quoted or passed on is no file, though the HTML names it', () => {
  assert.deepEqual(filesOf([html, { contentType: 'messageReference', content: '{}' }], true), []);
});

test('a file that is handed over is not absent as well', () => {
  assert.equal(filesOf([download(), html], true).length, 1);
});

test('whatever the attachments are, only files come of them', () => {
  const part = fc.oneof(fc.anything(), fc.record({ contentType: fc.anything(), content: fc.anything() }));
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.array(part)), fc.boolean(), (attachments, names) => {
      for (const file of filesOf(attachments, names)) {
        assert.ok(['download', 'picture', 'absent'].includes(file.kind));
      }
    }),
  );
});
