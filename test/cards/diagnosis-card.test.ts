import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type DiagnosisCardData, diagnosisCard } from '../../cards/diagnosis-card.ts';
import { nodesOf } from '../kit/card-reader.ts';
import { at, inputsOf, pressesOf, view, wordsOf, yesterday } from './sample-values.ts';

const line = {
  source: 'SoftwareDistribution.log',
  line: 18204,
  text: 'ErrorCode=InvalidParameters, Message=parameters.InstalledNonLeafUpdateIDs',
};
const cardOf = (changed: Partial<DiagnosisCardData> = {}) =>
  diagnosisCard({
    view,
    isExample: false,
    evidence: [
      line,
      { source: 'WindowsUpdate.log', line: 977, text: '*FAILED* [80244007] SyncUpdates_WithRecovery failed' },
    ],
    faultLines: 412,
    seen: {
      servers: [{ name: 'wsus01', host: 'wsus01.corp.contoso.com', inInventory: true }],
      clients: 37,
      count: 412,
      first: { at: yesterday },
      last: { at: at('02:03:00') },
    },
    next: { kind: 'check', checks: [{ server: 'wsus01', token: 'c' }] },
    ...changed,
  });

it('names the cause, the lines that prove it and who is concerned', () => {
  const words = wordsOf(cardOf());
  assert.match(words, /^✕ Cause found · KB 4096317\nThe server’s limit is too low for these clients\n/);
  assert.match(words, /Evidence: 2 of 412 lines\nSoftwareDistribution\.log, line 18204\n/);
  assert.match(
    words,
    /Server\nwsus01\ncorp\.contoso\.com\nClients\n37 different ones\nSeen\n412 times since 24 Nov 21:40 UTC, last 02:03 UTC/,
  );
});

it('leads to the check of the server', () => {
  assert.deepEqual(pressesOf(cardOf()), { 'Check wsus01': 'c' });
  assert.match(
    wordsOf(cardOf()),
    /Next: read the server\nThe log proves the cause, not the limit that is set now\. Reading changes no setting\./,
  );
});

it('opens the article', () => {
  const [link] = nodesOf(cardOf().json).filter((node) => node.type === 'Action.OpenUrl');
  assert.equal(link?.url, 'https://support.microsoft.com/help/4096317');
});

it('has no Check button while it reads by itself', () => {
  const card = cardOf({ next: { kind: 'reading', server: 'wsus01' } });
  assert.deepEqual(pressesOf(card), {});
  assert.match(wordsOf(card), /Next: I am reading wsus01/);
});

it('shows at most three servers to check', () => {
  const checks = ['a', 'b', 'c', 'd'].map((server) => ({ server, token: server }));
  assert.deepEqual(pressesOf(cardOf({ next: { kind: 'check', checks } })), {
    'Check a': 'a',
    'Check b': 'b',
    'Check c': 'c',
  });
});

it('says that the article’s own example proves nothing about a server', () => {
  const card = cardOf({ isExample: true, next: { kind: 'choose', servers: ['wsus01'], token: 'c' } });
  assert.match(
    wordsOf(card),
    /Next: check a server\nThis is the article’s example: it proves nothing about a server\./,
  );
  assert.doesNotMatch(wordsOf(card), /different ones/);
  assert.deepEqual(inputsOf(card), ['server']);
});

it('offers no check of a server that is not in the inventory', () => {
  const seen = { servers: [{ name: 'other.fabrikam.com', inInventory: false }], clients: 0, count: 1 };
  const card = cardOf({ seen, next: { kind: 'not-in-inventory' } });
  assert.match(wordsOf(card), /other\.fabrikam\.com\nnot in my inventory/);
  assert.deepEqual(pressesOf(card), {});
});

it('shows a time of unknown zone as the log prints it', () => {
  const seen = {
    servers: [],
    clients: 0,
    count: 2,
    first: { asLogged: '2026-11-25 04:03:11' },
    last: { asLogged: '2026-11-25 04:09:00' },
  };
  assert.match(
    wordsOf(cardOf({ seen })),
    /2 times since 2026-11-25 04:03:11, last 2026-11-25 04:09:00, by the log’s own clock/,
  );
});

it('says nothing about an hour when there was one event', () => {
  const seen = { servers: [], clients: 1, count: 1, first: { at: yesterday }, last: { at: yesterday } };
  assert.match(wordsOf(cardOf({ seen })), /Clients\n1\nSeen\nonce, at 24 Nov 21:40 UTC/);
});

it('counts the faults of the last six hours and says where they go', () => {
  const perHour = [900, 12, 48, 96, 121, 131, 4].map((count, index) => ({
    startsAt: new Date(yesterday.getTime() + (index * 60 - 40) * 60_000),
    minutes: index === 6 ? 3 : 60,
    count,
  }));
  const words = wordsOf(cardOf({ seen: { servers: [], clients: 0, count: 1312, perHour } }));
  assert.match(
    words,
    /Faults per hour, UTC: rising\n12\n22:00\n48\n23:00\n96\n00:00\n121\n01:00\n131\n02:00\n4\n3 min/,
  );
});
