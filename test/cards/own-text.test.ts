import assert from 'node:assert/strict';
import { it } from 'node:test';
import { run, textLine } from '../../cards/blocks/text-line.ts';
import { cardTemplate } from '../../cards/card-template.ts';
import { outside } from '../../cards/outside-text.ts';
import { joined, own } from '../../cards/own-text.ts';
import { inEnglish } from './in-english.ts';

const host: string = 'wsus01';

it('fills its gaps with numbers and own text', () => {
  assert.equal(inEnglish(own`Raise it from ${400} to ${own`${800}`}?`), 'Raise it from 400 to 800?');
});

it('joins parts with own text between them', () => {
  assert.equal(inEnglish(joined([own`80`, own`443`], own`, `)), '80, 443');
  assert.equal(inEnglish(joined([], own`, `)), '');
});

it('refuses a plain string and text from outside by type', () => {
  // @ts-expect-error a string may come from anywhere
  assert.ok(own`Check ${host}`);
  // @ts-expect-error text from outside is not own text
  assert.ok(own`Check ${outside(host)}`);
  // @ts-expect-error a string is no part of a line
  assert.ok(textLine([host]));
  // @ts-expect-error a string is no run
  assert.throws(() => run(host));
});

it('keeps strings and outside text out of a template by type', () => {
  const fill = cardTemplate({ body: [{ type: 'TextBlock', text: `$\{text}` }] });
  assert.ok(fill(own``, { text: own`Limit` }));
  // @ts-expect-error a string may come from anywhere
  assert.ok(fill(own``, { text: host }));
  // @ts-expect-error text from outside belongs into a TextRun
  assert.ok(fill(own``, { text: outside(host) }));
});
