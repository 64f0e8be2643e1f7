import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodesOf, textOf } from '../kit/card-reader.ts';
import { samples } from './card-samples.ts';
import type { Sample } from './sample-ground.ts';

type Node = Readonly<Record<string, unknown>>;

const nodes = ({ card }: Sample): readonly Node[] => nodesOf(card.in('en').json);
const wordsIn = (text: string): readonly string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** Names of the samples for which something is wrong, with what it is. */
const wrong = (list: readonly Sample[], find: (sample: Sample) => readonly unknown[]): readonly string[] =>
  list.flatMap((sample) => find(sample).map((what) => `${sample.name}: ${JSON.stringify(what)}`));

describe('to somebody who hears a card', () => {
  it('a row that is a button as a whole says all that stands in it, and what it does', () => {
    const rows = samples.usual.flatMap(nodes).filter(({ selectAction }) => selectAction !== undefined);
    assert.ok(rows.length > 20, `${rows.length}`);
    for (const row of rows) {
      const { title } = row.selectAction as { readonly title: string };
      const said = new Set(wordsIn(title.toLowerCase()));
      const shown = wordsIn(textOf({ items: row.columns ?? row.items }).toLowerCase());
      assert.deepEqual(
        shown.filter((word) => !said.has(word)),
        [],
        title,
      );
      assert.match(title, /\. (Check|Open) \w+( change)?$/);
    }
  });

  it('no two buttons that can be pressed at the same time have one name', () => {
    assert.deepEqual(
      wrong(samples.usual, (sample) => {
        const titles = nodes(sample).flatMap(({ type, actions }) =>
          type === 'ActionSet' ? (actions as readonly Node[]).map(({ title }) => title) : [],
        );
        return titles.filter((title, index) => titles.indexOf(title) !== index);
      }),
      [],
    );
  });

  it('no two rows sound the same', () => {
    assert.deepEqual(
      wrong(samples.usual, (sample) => {
        const titles = nodes(sample).flatMap(({ selectAction }) =>
          selectAction === undefined ? [] : [(selectAction as Node).title],
        );
        return titles.filter((title, index) => titles.indexOf(title) !== index);
      }),
      [],
    );
  });

  it('what a button opens stands behind it, so that it is read next', () => {
    assert.deepEqual(
      wrong([...samples.usual, ...samples.long], (sample) => {
        const all = nodes(sample);
        return all.flatMap((node, place) => {
          if (node.type !== 'Action.ToggleVisibility') return [];
          const targets = node.targetElements as readonly string[];
          return targets.filter((id) => all.findIndex((other) => other.id === id) < place);
        });
      }),
      [],
    );
  });

  it('an input says what it is for, and what is wrong with what was written', () => {
    const inputs = samples.usual.flatMap(nodes).filter(({ type }) => String(type).startsWith('Input.'));
    assert.ok(inputs.length > 20, `${inputs.length}`);
    for (const { label, title, isRequired, errorMessage } of inputs) {
      assert.ok(wordsIn(String(label ?? title)).length >= 2, String(label ?? title));
      assert.equal(isRequired === true, errorMessage !== undefined, String(label));
    }
  });

  it('a coloured ground bears words, but for the bar of a file, whose heading says how far it is', () => {
    const coloured = new Set(['accent', 'good', 'warning', 'attention']);
    assert.deepEqual(
      wrong(samples.usual, (sample) => {
        const silent = nodes(sample).filter(
          ({ type, style, items }) =>
            (type === 'Container' || type === 'Column') &&
            coloured.has(String(style)) &&
            wordsIn(textOf({ items })).length === 0,
        );
        return /\d %$/m.test(textOf(sample.card.in('en').json)) ? [] : silent;
      }),
      [],
    );
  });

  it('a state is told by its word, never by its sign alone', () => {
    assert.deepEqual(
      wrong(samples.usual, (sample) => {
        const [strip] = sample.card.in('en').json.body as readonly Node[];
        const [first = ''] = textOf({ items: strip?.items }).split('\n');
        return wordsIn(first).length > 0 ? [] : [first];
      }),
      [],
    );
  });
});
