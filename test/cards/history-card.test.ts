import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type HistoryCardData, historyCard } from '../../cards/history-card.ts';
import type { HistoryRow } from '../../cards/history-view.ts';
import { historyWords } from '../../cards/history-words.ts';
import { inEnglish } from './in-english.ts';
import { at, change, pressesOf, rowsOf, view, wordsOf } from './sample-values.ts';

const row: HistoryRow = {
  change: { ...change, number: 12 },
  state: 'succeeded',
  at: at('02:21:00'),
  askedBy: 'Mara Lindqvist',
  approvedBy: ['Kim Larsen', 'Tomasz Nowak'],
  took: 58_000,
  open: 'o',
};
const cardOf = (data: Partial<HistoryCardData>) =>
  historyCard({
    view,
    server: 'wsus01',
    rows: [row],
    before: 0,
    total: 9,
    chain: { kind: 'intact' },
    ...data,
  });

it('says who asked, who approved, what changed, how it ended and how long it took', () => {
  assert.match(
    wordsOf(cardOf({})),
    /25 Nov\n02:21\n✓ Done: 400 to 800\nAsked by Mara Lindqvist, approved by Kim Larsen and Tomasz Nowak, took 58 s/,
  );
});

it('opens an entry by a row whose title says all that stands in it', () => {
  assert.deepEqual(rowsOf(cardOf({})), [
    'Change 12, 25 Nov 02:21, Done, 400 to 800, asked by Mara Lindqvist, approved by Kim Larsen and Tomasz Nowak, took 58 s. Open it',
  ]);
});

it('names the server of each entry where they are of all servers', () => {
  const { server: _, ...all } = { server: 'wsus01', view, rows: [row], before: 0, total: 1 };
  const card = historyCard({ ...all, chain: { kind: 'intact' } });
  assert.match(wordsOf(card), /✓ Done: 400 to 800\nwsus01\nAsked by/);
  assert.match(rowsOf(card)[0] ?? '', /^Change 12 on wsus01, /);
});

it('says who ran it alone in place of who approved', () => {
  const alone = { ...row, approvedBy: [], brokeGlass: 'Kim Larsen' };
  assert.match(wordsOf(cardOf({ rows: [alone] })), /Asked by Mara Lindqvist, run alone by Kim Larsen/);
});

describe('the heading', () => {
  it('is true of the newest entry', () => {
    for (const [state, { heading }] of Object.entries(historyWords)) {
      const card = cardOf({ rows: [{ ...row, state: state as HistoryRow['state'] }, row] });
      assert.ok(wordsOf(card).includes(`\n${inEnglish(heading)}\n`), state);
    }
  });

  it('claims nothing of the newest entry on a later page', () => {
    const card = cardOf({ before: 5, rows: [row, row, row, row], newer: 'n' });
    assert.match(wordsOf(card), /Older entries: 6 to 9 of 9 entries/);
    assert.deepEqual(
      Object.keys(pressesOf(card)).filter((title) => title === 'Newer'),
      ['Newer'],
    );
  });

  it('says when nothing was asked for', () => {
    assert.match(wordsOf(cardOf({ rows: [], total: 0 })), /Nothing was asked for on this server yet/);
  });
});

describe('the years of the entries', () => {
  it('stand in the strip when they are one', () => {
    assert.match(wordsOf(cardOf({})), /^≡ History · wsus01 · 2026, times in UTC/);
  });

  it('stand at each entry when they are several', () => {
    const old = { ...row, at: new Date('2025-10-14T19:32:00Z') };
    const words = wordsOf(cardOf({ rows: [row, old] }));
    assert.match(words, /^≡ History · wsus01 · times in UTC/);
    assert.match(words, /14 Oct\n19:32\n2025\n/);
  });
});

describe('the audit chain', () => {
  it('is a footnote while it is intact or not checked', () => {
    assert.match(wordsOf(cardOf({})), /1 of 9 entries\. Audit chain intact\./);
    assert.match(wordsOf(cardOf({ chain: { kind: 'not-checked' } })), /Audit chain not checked\./);
  });

  it('is a warning when it is broken, in the summary too', () => {
    const card = cardOf({ chain: { kind: 'broken', entry: 17 } });
    assert.match(wordsOf(card), /! Audit chain broken at entry 17\. .*wsus-bot audit verify/);
    assert.match(card.in('en').summary, /broken at entry 17/);
  });
});

describe('an entry that cannot be read', () => {
  it('is named by its number and counted', () => {
    const words = wordsOf(cardOf({ unreadable: [11] }));
    assert.match(words, /\? Not readable: change 11\. What is stored is damaged/);
    assert.match(words, /2 of 9 entries/);
    assert.match(words, /The last change succeeded/);
  });

  it('takes from the heading what the newest entry would make true', () => {
    assert.match(wordsOf(cardOf({ unreadable: [13] })), /The newest entry is not readable/);
    assert.match(
      wordsOf(cardOf({ rows: [], unreadable: [1], total: 1 })),
      /The newest entry is not readable/,
    );
  });
});
