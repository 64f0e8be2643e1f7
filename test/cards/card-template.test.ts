import assert from 'node:assert/strict';
import { it } from 'node:test';
import { textLine } from '../../cards/blocks/text-line.ts';
import { cardTemplate } from '../../cards/card-template.ts';
import { outside } from '../../cards/outside-text.ts';
import { own, verbatim } from '../../cards/own-text.ts';

const shown = (text: string): object => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] });

it('puts elements and lists of elements where the template names them', () => {
  const fill = cardTemplate({
    speak: `$\{summary}`,
    body: [`$\{one}`, `$\{many}`, `$\{none}`, { type: 'Container', items: `$\{many}` }],
  });
  const line = (text: 'a' | 'b') => textLine([text === 'a' ? own`a` : own`b`]);
  const card = fill(own`spoken`, { one: line('a'), many: [line('a'), line('b')], none: [] });
  assert.deepEqual(card.in('en'), {
    summary: 'spoken',
    json: {
      speak: 'spoken',
      body: ['a', 'a', 'b'].map(shown).concat({ type: 'Container', items: ['a', 'b'].map(shown) }),
    },
  });
});

it('does not evaluate what looks like a template inside outside text or the summary', () => {
  const fill = cardTemplate({ speak: `$\{summary}`, body: [`$\{line}`] });
  const { json } = fill(verbatim(`$\{1+1}`), { line: textLine([outside(`$\{1+1} $data $when`)]) }).in('en');
  assert.deepEqual(json, {
    speak: `$\{1+1}`,
    body: [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: `$\{1+1} $data $when` }] }],
  });
});

it('throws when the template names a value that is not there', () => {
  const fill = cardTemplate({ body: [{ type: 'TextBlock', text: `Limit $\{limit}` }] });
  assert.throws(() => fill(own``, {}), /no value for "limit"/);
});

it('throws when it is given a value that the template does not name', () => {
  const fill = cardTemplate({ body: [{ type: 'TextBlock', text: `Limit $\{limit}` }] });
  assert.throws(() => fill(own``, { limit: 400, file: own`web.config` }), /nothing binds "file"/);
});
