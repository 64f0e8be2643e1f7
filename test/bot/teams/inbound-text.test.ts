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
