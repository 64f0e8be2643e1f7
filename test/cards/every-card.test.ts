import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { states } from '../../cards/blocks/strip.ts';
import { languages } from '../../cards/languages/language.ts';
import { headingLength, own } from '../../cards/own-text.ts';
import { shortenCard } from '../../cards/shorten-card.ts';
import { problemsOfCard } from '../kit/card-problems.ts';
import { nodesOf } from '../kit/card-reader.ts';
import { samples } from './card-samples.ts';
import { inEnglish } from './in-english.ts';
import { evilText, type Sample } from './sample-ground.ts';

type Node = Readonly<Record<string, unknown>>;

const all: readonly Sample[] = [...samples.usual, ...samples.evil, ...samples.long];
const nodes = (sample: Sample, type?: string): readonly Node[] =>
  nodesOf(sample.card.in('en').json).filter((node) => type === undefined || node.type === type);
const runsOf = (sample: Sample) => nodes(sample, 'TextRun').map((node) => String(node.text));
const blocks = (sample: Sample) => nodes(sample, 'TextBlock').map((node) => String(node.text));

/** Names of the samples for which something is wrong, with what it is. */
function wrong(list: readonly Sample[], find: (sample: Sample) => readonly unknown[]): readonly string[] {
  return list.flatMap((sample) => find(sample).map((what) => `${sample.name}: ${JSON.stringify(what)}`));
}

describe('every card', () => {
  it('is among these samples', () => {
    const folder = fileURLToPath(new URL('./', import.meta.url));
    const made = globSync(['samples/*.ts', 'change-board-samples.ts'], { cwd: folder })
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('');
    const builders = globSync('../../cards/*.ts', { cwd: folder }).flatMap((file) =>
      [
        ...readFileSync(join(folder, file), 'utf8').matchAll(/^export function (\w+Card)\(.*\): Card \{/gm),
      ].map(([, name]) => `${name}(`),
    );
    assert.ok(builders.length > 30, `${builders.length}`);
    assert.deepEqual(
      builders.filter((name) => !made.includes(name)),
      [],
    );
  });

  it('speaks its summary, in every language', () => {
    assert.deepEqual(
      wrong(all, ({ card }) =>
        languages.flatMap((language) => {
          const { json, summary } = card.in(language);
          return [json.speak, json.fallbackText].filter((text) => text !== summary);
        }),
      ),
      [],
    );
  });

  it('is valid by the schema of 1.5 and to the parser of its makers, in every language', () => {
    assert.deepEqual(
      wrong(all, ({ card }) => languages.flatMap((language) => problemsOfCard(card.in(language).json))),
      [],
    );
  });

  it('has no place of its template left unfilled', () => {
    const unfilled = ({ card }: Sample) =>
      languages.filter((language) => JSON.stringify(card.in(language).json).includes(`$\{`));
    assert.deepEqual(wrong([...samples.usual, ...samples.long], unfilled), []);
  });

  it('is valid when it is shortened as far as can be', () => {
    assert.deepEqual(
      wrong(samples.long, ({ card }) => {
        let shortest = card.in('en');
        shortenCard(shortest, 'en', (tried) => {
          shortest = tried;
          return false;
        });
        return problemsOfCard(shortest.json);
      }),
      [],
    );
  });

  it('begins with a strip of a known state', () => {
    const known = Object.values(states).map(({ glyph, word }): string =>
      inEnglish(own`${glyph}\u00a0${word}`),
    );
    const computed =
      /^(![\u00a0]\d+ of \d+ needs? you|✓\u00a0(All \d+ healthy|(Done|Rolled back), \d of \d proofs))$/;
    assert.deepEqual(
      wrong(all, (sample) => {
        const [strip] = sample.card.in('en').json.body as readonly Node[];
        const [first] = nodesOf(strip).filter((node) => node.type === 'TextRun');
        const text = String(first?.text).trimEnd();
        return known.includes(text) || computed.test(text) ? [] : [text];
      }),
      [],
    );
  });

  it('has a heading that fits in every language', () => {
    assert.deepEqual(
      wrong(all, ({ card }) =>
        languages.flatMap((language) =>
          nodesOf(card.in(language).json)
            .filter(({ style, text }) => style === 'heading' && String(text).length > headingLength[language])
            .map(({ text }) => text),
        ),
      ),
      [],
    );
  });

  it('has one heading of our words, at most 60 characters', () => {
    assert.deepEqual(
      wrong(all, (sample) => {
        const headings = nodes(sample, 'TextBlock').filter((node) => node.style === 'heading');
        return headings.length === 1 && String(headings[0]?.text).length <= 60
          ? []
          : headings.map((node) => node.text);
      }),
      [],
    );
  });

  it('puts outside text into text runs only', () => {
    const marks = ['[x]', '**b**', '<at>', `$\{1+1}`, 'evil'];
    const allowed = new Set(['TextRun', 'Action.Execute', 'Action.Submit']);
    assert.deepEqual(
      wrong(samples.evil, (sample) =>
        nodes(sample)
          .filter((node) => node.type !== undefined && !allowed.has(String(node.type)))
          .flatMap((node) =>
            ['text', 'title', 'label', 'placeholder', 'errorMessage'].map((key) => node[key]),
          )
          .filter((text) => typeof text === 'string' && marks.some((mark) => text.includes(mark))),
      ),
      [],
    );
    const shown = samples.evil.filter((sample) => runsOf(sample).some((text) => text.includes(evilText)));
    assert.ok(shown.length > 40, `${shown.length}`);
  });

  it('keeps Markdown, mentions and templates out of its summary', () => {
    assert.deepEqual(
      wrong(all, ({ card }) => (/[[\]*_<>`${}]/.test(card.in('en').summary) ? [card.in('en').summary] : [])),
      [],
    );
  });

  it('has nothing in its own words that a client could read as Markdown', () => {
    assert.deepEqual(
      wrong(all, (sample) => blocks(sample).filter((text) => /[[\]*_`<>#]|^\s*\d+\.|^\s*[-+]\s/.test(text))),
      [],
    );
  });

  it('uses no element and no property that fails on a phone', () => {
    const elements = new Set([
      'Table',
      'FactSet',
      'Image',
      'ImageSet',
      'CodeBlock',
      'Badge',
      'Icon',
      'ActionSet.Show',
    ]);
    assert.deepEqual(
      wrong(all, (sample) =>
        nodes(sample).filter(
          (node) => elements.has(String(node.type)) || 'color' in node || 'targetWidth' in node,
        ),
      ),
      [],
    );
  });

  it('begins no run with a blank and breaks no line inside one', () => {
    assert.deepEqual(
      wrong(all, (sample) => runsOf(sample).filter((text) => text === '' || /^\s|[\r\n]/.test(text))),
      [],
    );
  });

  it('holds no invisible character', () => {
    assert.deepEqual(
      wrong(all, (sample) =>
        [...runsOf(sample), ...blocks(sample)].filter((text) => /[\p{Cc}\p{Cf}]/u.test(text)),
      ),
      [],
    );
  });

  it('has no word over 36 columns in monospace and none over 24 in bold', () => {
    assert.deepEqual(
      wrong(all, (sample) =>
        nodes(sample, 'TextRun').filter((run) => {
          const longest = Math.max(
            ...String(run.text)
              .split(' ')
              .flatMap((word) => word.split(/(?<=-)/))
              .map((word) => word.length),
          );
          if (run.fontType === 'Monospace') return longest > 36;
          // In the strip a name of 26 characters stands alone on its line.
          return run.weight === 'Bolder' && longest > (run.size === 'Small' ? 26 : 25);
        }),
      ),
      [],
    );
  });

  it('has at most three buttons in a row, each of one to four words', () => {
    assert.deepEqual(
      wrong(samples.usual, (sample) =>
        nodes(sample, 'ActionSet').flatMap((set) => {
          const titles = (set.actions as readonly Node[]).map((action) => String(action.title));
          const fine = titles.length <= 3 && titles.every((title) => title.split(' ').length <= 4);
          return fine && new Set(titles).size === titles.length ? [] : [titles];
        }),
      ),
      [],
    );
  });

  it('presses with nothing but a token, and falls back to Submit with the same', () => {
    const found = all.flatMap((sample) => nodes(sample, 'Action.Execute'));
    assert.ok(found.length > 100);
    for (const action of found) {
      const fallback = action.fallback as Node;
      assert.equal(action.verb, 'press');
      assert.deepEqual(Object.keys(action.data as object), ['token']);
      assert.equal(fallback.type, 'Action.Submit');
      assert.deepEqual(fallback.data, action.data);
      assert.equal(fallback.associatedInputs, action.associatedInputs);
    }
  });

  it('has every element that its toggles name, closed at first, with at most eight entries', () => {
    for (const sample of all) {
      for (const action of nodes(sample, 'Action.ToggleVisibility')) {
        for (const id of action.targetElements as readonly string[]) {
          const [target] = nodes(sample).filter((node) => node.id === id);
          assert.ok(target !== undefined, sample.name);
          assert.equal(target.isVisible, false, sample.name);
          assert.ok((target.items as readonly unknown[]).length <= 8, sample.name);
        }
      }
    }
  });

  it('stays below 20 KB with the longest and most values', () => {
    assert.deepEqual(
      wrong(all, ({ card }) => {
        const size = Buffer.byteLength(JSON.stringify(card.in('en').json));
        return size < 20 * 1024 ? [] : [size];
      }),
      [],
    );
  });

  it('never says the words that are never said', () => {
    const never =
      /\b(successfully|please|sorry|oops|simply|just|should work|probably|failed to|unable to|an error occurred|invalid|unexpected|fixed|click here)\b|!$|! [A-Z]/i;
    // InvalidParameters is the fault's own name.
    const ours = (text: string) => text.replaceAll('InvalidParameters', '');
    assert.deepEqual(
      wrong(samples.usual, (sample) =>
        [sample.card.in('en').summary, ...blocks(sample), ...runsOf(sample).filter((text) => text.length > 1)]
          .filter((text) => !text.startsWith('!\u00a0'))
          .filter((text) => never.test(ours(text)) && !text.startsWith('! Not as it was')),
      ),
      [],
    );
  });
});
