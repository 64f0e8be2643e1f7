import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { extensionAskOf } from '../../../bot/teams/inbound-activity.ts';
import { activityOf, sampleExtension, sampleFrom } from './sample-activity.ts';

const asked = (value: Record<string, unknown> = {}, fields: Record<string, unknown> = {}) =>
  extensionAskOf(activityOf({ ...sampleExtension(value), ...fields }));
const body = (content: string, contentType = 'html') => ({
  messagePayload: { body: { contentType, content }, attachments: [] },
});
const submitted = { name: 'composeExtension/submitAction' };

test('the menu of a message asks for the answer to its text, whose lines and tags stay', () => {
  const ask = asked(body('<div><p>one</p><p>&lt;two&gt;</p></div>'));
  assert.deepEqual([ask?.wants, ask?.text, ask?.quoted, ask?.namesFile], ['answer', 'one\n<two>', '', false]);
  assert.equal(ask?.who.aadObjectId, sampleFrom.aadObjectId);
});

test('a message in plain text is read as it is', () => {
  assert.equal(asked(body('one\n<two>', 'text'))?.text, 'one\n<two>');
});

test('what the message quotes comes along', () => {
  const content = '<attachment id="1"></attachment><p>see</p>';
  const attachments = [
    { id: '1', contentType: 'messageReference', content: JSON.stringify({ messagePreview: 'one' }) },
  ];
  const ask = asked({ messagePayload: { body: { contentType: 'html', content }, attachments } });
  assert.deepEqual([ask?.text, ask?.quoted, ask?.namesFile], ['see', 'one', false]);
});

test('a message that is a file says so', () => {
  const content = '<attachment id="1"></attachment>';
  const attachments = [{ id: '1', contentType: 'reference', contentUrl: 'https://x', name: 'a.log' }];
  assert.equal(
    asked({ messagePayload: { body: { contentType: 'html', content }, attachments } })?.namesFile,
    true,
  );
});

test('the compose box and the command box ask for the form', () => {
  for (const commandContext of ['compose', 'commandBox']) {
    assert.equal(asked({ commandContext, messagePayload: undefined })?.wants, 'form');
  }
});

test('the form sends what was pasted, and the answer what is to be posted', () => {
  const form = asked({ messagePayload: undefined, data: { wants: 'answer', text: 'one' } }, submitted);
  assert.deepEqual([form?.wants, form?.text], ['answer', 'one']);
  const post = asked({ data: { wants: 'insert', text: 'one' } }, submitted);
  assert.deepEqual([post?.wants, post?.text], ['insert', 'one']);
});

test('a text that was too long to hand on is read from the message once more', () => {
  const post = asked({ ...body('<p>two</p>'), data: { wants: 'insert' } }, submitted);
  assert.deepEqual([post?.wants, post?.text], ['insert', 'two']);
});

test('it may come without a conversation', () => {
  assert.equal(asked({}, { conversation: undefined })?.wants, 'answer');
});

test('another command is none of ours', () => {
  for (const commandId of ['other', '', undefined, 5]) assert.equal(asked({ commandId }), undefined);
  assert.equal(extensionAskOf(activityOf({ ...sampleExtension(), value: undefined })), undefined);
});

test('whatever the value is, only text comes of it', () => {
  const anyValue = fc.oneof(
    fc.anything(),
    fc.record({
      commandId: fc.constant('diagnose'),
      data: fc.oneof(fc.anything(), fc.record({ wants: fc.constant('insert'), text: fc.anything() })),
      messagePayload: fc.oneof(
        fc.anything(),
        fc.record({
          body: fc.record({ contentType: fc.anything(), content: fc.string() }),
          attachments: fc.anything(),
        }),
      ),
    }),
  );
  fc.assert(
    fc.property(anyValue, fc.boolean(), (value, isSubmitted) => {
      const ask = extensionAskOf(
        activityOf({ ...sampleExtension(), ...(isSubmitted ? submitted : {}), value }),
      );
      if (ask === undefined) return;
      assert.deepEqual(
        [typeof ask.text, typeof ask.quoted, typeof ask.namesFile],
        ['string', 'string', 'boolean'],
      );
    }),
    { numRuns: 1_000 },
  );
});
