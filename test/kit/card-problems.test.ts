import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problemsOfCard } from './card-problems.ts';

const cardOf = (...body: readonly object[]) => ({
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  type: 'AdaptiveCard',
  version: '1.5',
  speak: 'Healthy: wsus03.',
  fallbackText: 'Healthy: wsus03.',
  body,
});
const line = { type: 'TextBlock', text: 'Healthy', wrap: true };
const press = { type: 'Action.Submit', title: 'Check', data: { token: 'T' } };
const execute = { ...press, type: 'Action.Execute', verb: 'press', fallback: press };
const rowOf = (...actions: readonly object[]) => ({ type: 'ActionSet', actions });

describe('what is wrong with a card', () => {
  test('is nothing, where it keeps to the schema', () => {
    assert.deepEqual(problemsOfCard(cardOf(line, rowOf(execute))), []);
    assert.deepEqual(problemsOfCard({ ...cardOf(line), msteams: { width: 'Full' } }), []);
  });

  for (const [what, card] of [
    ['no version', { ...cardOf(line), version: undefined }],
    ['a newer version', { ...cardOf(line), version: '1.6' }],
    ['an element of no version', cardOf({ type: 'Headline', text: 'Healthy' })],
    ['an element newer than 1.5', cardOf({ type: 'Badge', text: 'Healthy' })],
    ['a property newer than 1.5', cardOf({ ...line, targetWidth: 'Wide' })],
    ['a property that the element does not have', cardOf({ ...line, value: 'Healthy' })],
    ['a value of another type', cardOf({ ...line, wrap: 'true' })],
    ['a word that is not of the enumeration', cardOf({ ...line, weight: 'Bold' })],
    ['a text without text', cardOf({ type: 'TextBlock', wrap: true })],
    ['a rich text without runs', cardOf({ type: 'RichTextBlock', inlines: [] })],
    ['a button without words', cardOf(rowOf({ ...execute, title: '' }))],
    ['a fallback that no old client can press', cardOf(rowOf({ ...execute, fallback: execute }))],
    [
      'a link that is not encrypted',
      cardOf(rowOf({ type: 'Action.OpenUrl', title: 'KB', url: 'http://x.example' })),
    ],
    ['a row of seven buttons', cardOf(rowOf(...Array.from({ length: 7 }, () => execute)))],
    ['an input without a label', cardOf({ type: 'Input.Text', id: 'reason' })],
    ['an input without an id', cardOf({ type: 'Input.Text', label: 'Why' })],
    ['a choice of nothing', cardOf({ type: 'Input.ChoiceSet', id: 'server', label: 'Server', choices: [] })],
    ['what Teams does not know', { ...cardOf(line), msteams: { width: 'Half' } }],
    [
      'more people than Teams asks',
      {
        ...cardOf(line),
        refresh: {
          action: { type: 'Action.Execute', verb: 'view', data: {} },
          userIds: Array.from({ length: 61 }, (_, index) => `29:${index}`),
        },
      },
    ],
  ] as const) {
    test(`is found: ${what}`, () => {
      assert.notDeepEqual(problemsOfCard(card), []);
    });
  }
});
