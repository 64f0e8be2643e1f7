import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Activity } from 'botbuilder';
import { inboundText } from '../../../bot/teams/inbound-text.ts';

const textOf = (activity: unknown): string => inboundText(activity as Activity).text;
const html = (content: unknown) => ({ contentType: 'text/html', content });

test('the html attachment comes first: Teams strips from text what looks like a tag', () => {
  const activity = {
    text: 'WS error: InvalidParameters',
    attachments: [
      html('<div>WS error: &lt;ErrorCode&gt;InvalidParameters&lt;/ErrorCode&gt;</div><div>two</div>'),
    ],
  };
  assert.equal(textOf(activity), 'WS error: <ErrorCode>InvalidParameters</ErrorCode>\ntwo');
});

test('without an html attachment the text is read, mentions left out', () => {
  assert.equal(textOf({ text: '<at>WSUS Bot</at> check wsus01\n' }), 'check wsus01');
  assert.equal(textOf({ text: 'check wsus01', attachments: [{ contentType: 'image/png' }] }), 'check wsus01');
});

test('a log keeps its own angle brackets when it comes as plain text', () => {
  const line = 'WS error: <detail><ErrorCode>InvalidParameters</ErrorCode></detail>';
  assert.equal(textOf({ text: line }), line);
});

test('an empty html attachment does not hide the text', () => {
  assert.equal(textOf({ text: 'check wsus01', attachments: [html('')] }), 'check wsus01');
});

test('line ends become one, fixed blanks become blanks, and what has no width goes', () => {
  const nbsp = '\u00a0';
  const text = `one\r\ntwo${nbsp}three\u200b\u200c\u200d\u2060\ufeff`;
  assert.equal(textOf({ text }), 'one\ntwo three');
});

test('the marks of a client that writes from right to left go', () => {
  assert.equal(textOf({ text: '\u200fcheck\u200e \u2067wsus01\u2069\u061c' }), 'check wsus01');
});

for (const [what, text] of [
  ['of a bot whose name was changed', '<at>Patch Helper</at> check wsus01'],
  ['in the middle', 'check <at>WSUS Bot</at> wsus01'],
  ['at the end', 'check wsus01 <at>WSUS Bot</at>'],
  ['of the bot and of a person', '<at>WSUS Bot</at> check wsus01 <at>Megan Bowen</at>'],
  ['in three pieces', '<at>WSUS</at> <at>Bot</at> <at>(Test)</at> check wsus01'],
] as const) {
  test(`a mention ${what} leaves the command`, () => {
    const spans = text.replace(
      /<at>(.*?)<\/at>/g,
      '<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="0">$1</span>',
    );
    for (const said of [{ text }, { text, attachments: [html(`<p>${spans}</p>`)] }]) {
      assert.equal(textOf(said).replace(/\s+/g, ' '), 'check wsus01');
    }
  });
}

const quotedOf = (attachments: unknown): string => inboundText({ text: 'what is this?', attachments }).quoted;
const reference = (fields: Record<string, unknown>) => ({
  contentType: 'messageReference',
  content: JSON.stringify({ messageId: '1', messagePreview: 'one <b>', ...fields }),
});

test('a quote that comes as an attachment is read from it, unless the HTML holds one', () => {
  assert.equal(quotedOf([reference({})]), 'one <b>');
  const inHtml = html('<blockquote itemtype="http://schema.skype.com/Reply"><p>two</p></blockquote>x');
  assert.equal(quotedOf([inHtml, reference({})]), 'two');
});

test('a message that was passed on is read whole, from its HTML', () => {
  const forwarded = {
    contentType: 'forwardedMessageReference',
    content: JSON.stringify({ originalMessageContent: '<p>one</p><p>&lt;two&gt;</p>' }),
  };
  assert.equal(quotedOf([forwarded]), 'one\n<two>');
  assert.equal(quotedOf([{ ...forwarded, content: JSON.parse(forwarded.content) }]), 'one\n<two>');
});

test('what a bot said is no evidence, also when it is quoted in an attachment', () => {
  const messageSender = { application: { displayName: 'WSUS Bot', id: '1' }, user: null };
  assert.equal(quotedOf([reference({ messageSender })]), '');
  assert.equal(quotedOf([reference({ messageSender: { application: null, user: { id: '1' } } })]), 'one <b>');
});

test('a quote of another shape is none', () => {
  for (const content of ['', '{', '[]', 'null', '5', 5, null, {}, { messagePreview: 5 }, undefined]) {
    assert.equal(quotedOf([{ contentType: 'messageReference', content }]), '', JSON.stringify(content));
    assert.equal(quotedOf([{ contentType: 'forwardedMessageReference', content }]), '');
  }
});

test('tabs stay, for they separate the fields of a log', () => {
  assert.equal(textOf({ text: 'one\ttwo' }), 'one\ttwo');
});

test('a message without a text is empty', () => {
  for (const activity of [
    {},
    { text: null },
    { text: 5 },
    { attachments: null },
    { attachments: 'x' },
    { attachments: {} },
    { attachments: [null, 5, 'x', { contentType: 'text/html' }, html(5), html(null)] },
  ]) {
    assert.equal(textOf(activity), '', JSON.stringify(activity));
  }
});

test('a megabyte of half mentions is read once', () => {
  for (const piece of ['<at', '<at>', '<at><', '</at>']) {
    assert.equal(typeof textOf({ text: piece.repeat(200_000) }), 'string');
  }
});
