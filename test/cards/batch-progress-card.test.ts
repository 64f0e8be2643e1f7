import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { batchProgressCard } from '../../cards/batch-progress-card.ts';
import type { BatchRowView } from '../../cards/batch-view.ts';
import { at, change, people, pressesOf, view, wordsOf } from './sample-values.ts';

const row = (
  server: string,
  state: BatchRowView['state'],
  more: Partial<BatchRowView> = {},
): BatchRowView => ({
  change: { ...change, server },
  state,
  ...more,
});
const cardOf = (rows: readonly BatchRowView[], ended: boolean) =>
  batchProgressCard({
    view,
    rows,
    startedAt: at('02:16:17'),
    ...(ended && { endedAt: at('02:21:17'), retry: 'r' }),
    people,
    showState: 's',
  });

describe('while a batch runs', () => {
  const rows = [
    row('wsus01', 'done', { took: 58_000 }),
    row('wsus02', 'running', { step: 'restart' }),
    row('wsus05', 'waits'),
  ];

  it('says which server is at which step, and how far the others are', () => {
    assert.match(
      wordsOf(cardOf(rows, false)),
      /▸ Running · 3 servers · 5 min so far\nServer 2 of 3: restarting IIS\n✓\nwsus01\ndone\n58 s\n▸\nwsus02\nrestarting IIS\n○\nwsus05\nwaiting/,
    );
  });

  it('offers no retry', () => {
    assert.deepEqual(pressesOf(cardOf(rows, false)), { 'Show current state': 's' });
  });

  it('counts those that are done where several run at a time', () => {
    const two = [row('wsus01', 'running', { step: 'read' }), row('wsus02', 'running', { step: 'read' })];
    assert.match(wordsOf(cardOf(two, false)), /0 of 2 servers done/);
  });
});

describe('before a batch starts', () => {
  const window = {
    from: new Date('2026-11-29T01:00:00Z'),
    to: new Date('2026-11-29T03:00:00Z'),
    zone: 'UTC',
  };
  const card = batchProgressCard({
    view,
    rows: [row('wsus01', 'waits'), row('wsus02', 'waits')],
    people,
    waitsFor: { kind: 'window', window },
    showState: 's',
    withdraw: 'w',
    breakGlass: 'b',
  });

  it('says what it waits for, and nothing of a time that it took', () => {
    assert.match(wordsOf(card), /Approved, waiting · 2 servers\nApproved\. It starts/);
    assert.doesNotMatch(wordsOf(card), /so far/);
  });

  it('can be taken back, and run alone by who may', () => {
    assert.deepEqual(pressesOf(card), { Withdraw: 'w', 'Show current state': 's', 'Run now, alone': 'b' });
  });
});

describe('when a batch has ended', () => {
  it('is done and proven only if every server is', () => {
    const card = cardOf([row('wsus01', 'done'), row('wsus02', 'done')], true);
    assert.match(wordsOf(card), /✓ Done and proven · 2 servers · took 5 min\nAll 2 servers are done/);
    assert.deepEqual(pressesOf(card), { 'Show current state': 's' });
  });

  it('names the server that stopped it, and retries those that failed or did not run', () => {
    const card = cardOf(
      [row('wsus01', 'done'), row('wsus02', 'failed', { reason: 'HTTP 503' }), row('wsus05', 'not-started')],
      true,
    );
    assert.match(wordsOf(card), /✕ Failed · .*\n1 failed, 1 done, 1 not started/);
    assert.match(wordsOf(card), /✕\nwsus02\nfailed: HTTP 503\n–\nwsus05\nnot started\nNext: look at wsus02/);
    assert.deepEqual(pressesOf(card), { 'Retry 2 servers': 'r', 'Show current state': 's' });
    assert.match(card.in('en').summary, /Next: look at wsus02\./);
  });

  it('does not retry a server of unknown state: its own card is answered first', () => {
    const card = cardOf([row('wsus01', 'unknown'), row('wsus02', 'not-started')], true);
    assert.match(wordsOf(card), /^\? State unknown/);
    assert.ok('Retry 1 server' in pressesOf(card));
  });

  it('names who approved, with the year', () => {
    const card = cardOf([row('wsus01', 'done')], true);
    assert.match(
      wordsOf(card),
      /Asked by Mara Lindqvist, approved by Tomasz Nowak, 25 Nov 2026, 02:21 UTC\./,
    );
  });
});

it('shows of many servers those in trouble, at work and next, and folds the others by name', () => {
  const rows = Array.from({ length: 30 }, (_, index) =>
    row(
      `host${index + 1}x`,
      index < 9 ? 'done' : index === 9 ? 'failed' : index === 10 ? 'running' : 'waits',
    ),
  );
  const words = wordsOf(cardOf(rows, false));
  assert.match(words, /✕\nhost10x\nfailed\n▸\nhost11x\nrunning\n○\nhost12x/);
  assert.match(words, /In all: 1 failed, 9 done, 1 running, 19 waiting\./);
  for (const {
    change: { server },
  } of rows)
    assert.ok(words.includes(server), server);
});
