import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type ServerRow, serversCard } from '../../cards/servers-card.ts';
import { nodesOf } from '../kit/card-reader.ts';
import { at, pressesOf, view, wordsOf } from './sample-values.ts';

const row = (server: string, state: ServerRow['state'], limit?: number): ServerRow => ({
  server,
  state,
  check: `check-${server}`,
  ...(limit !== undefined && { limit, readAt: at('02:16:00') }),
});

it('shows the worst first and counts what needs somebody', () => {
  const card = serversCard({
    view,
    rows: [row('wsus03', 'healthy', 800), row('wsus05', 'not-readable'), row('wsus01', 'limit-too-low', 400)],
  });
  assert.match(
    wordsOf(card),
    /^! 2 of 3 need you · read 02:16 UTC\n1 too low, 1 not readable, 1 healthy\nServer\nLimit\n✕\nwsus01\nLimit too low\n400\n\?\nwsus05\nNot readable\n–\n✓\nwsus03\n/,
  );
});

it('checks a server by its row, whose title repeats the row', () => {
  const card = serversCard({ view, rows: [row('wsus01', 'limit-too-low', 400)] });
  const [set] = nodesOf(card.in('en').json).filter((node) => node.selectAction !== undefined);
  const action = set?.selectAction as Readonly<Record<string, unknown>>;
  assert.equal(action.title, 'wsus01, Limit too low, limit 400. Check it');
  assert.deepEqual(action.data, { token: 'check-wsus01' });
});

it('offers the worst as its button', () => {
  const card = serversCard({
    view,
    rows: [row('wsus03', 'healthy', 800), row('wsus01', 'limit-too-low', 400)],
  });
  assert.equal(pressesOf(card)['Check wsus01'], 'check-wsus01');
});

it('says so when all are healthy', () => {
  const rows = [row('wsus01', 'healthy', 800), row('wsus02', 'healthy', 800)];
  assert.match(wordsOf(serversCard({ view, rows })), /^✓ All 2 healthy · read 02:16.UTC\n2 healthy\n/);
});

it('says how many servers it leaves out', () => {
  const rows = Array.from({ length: 40 }, (_, index) => row(`wsus${index}`, 'not-read'));
  assert.match(wordsOf(serversCard({ view, rows })), /and 28 more servers: type check and the name/);
});
