import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ExplanationView } from '../../cards/explanation-view.ts';
import { type FindingCardData, type FindingKind, findingCard } from '../../cards/finding-card.ts';
import { nodesOf } from '../kit/card-reader.ts';
import { at, inputsOf, pressesOf, view, wordsOf, yesterday } from './sample-values.ts';

const line = {
  source: 'SoftwareDistribution.log',
  line: 18204,
  text: 'ErrorCode=InvalidParameters, Message=parameters.InstalledNonLeafUpdateIDs',
};
const explanation: ExplanationView = {
  heading: 'The server’s limit is too low for these clients',
  cause: ['Each client sends a list.'],
  why: ['Nothing else has these three.'],
  notes: [],
  steps: ['Raise it to 800.', 'Decline superseded updates.'],
  order: 'in order',
  link: { title: 'An article', url: 'https://learn.microsoft.com/windows' },
};
const cardOf = (changed: Partial<FindingCardData> = {}) =>
  findingCard({
    view,
    kind: 'kb4096317',
    explanation,
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
    others: [],
    next: { kind: 'check', checks: [{ server: 'wsus01', token: 'c' }] },
    ...changed,
  });
const lookAlike = (changed: Partial<FindingCardData> = {}) => {
  const { next: _, ...data } = {
    view,
    kind: 'look-alike',
    explanation: {
      ...explanation,
      heading: 'Same code, another limit: maxCachedUpdates',
      steps: ['Decline superseded updates.', 'If it still fails, raise maxCachedUpdates.'],
    },
    theirs: { errorCode: 'InvalidParameters', message: 'parameters.OtherCachedUpdateIDs' },
    evidence: [{ line: 6, text: 'Message=parameters.OtherCachedUpdateIDs' }],
    faultLines: 1,
    seen: { servers: [], clients: 0, count: 1 },
    others: [],
    next: undefined,
  } as const;
  return findingCard({ ...data, ...changed });
};

describe('the card of KB 4096317', () => {
  it('names the cause, why, the lines that prove it and who is concerned', () => {
    const words = wordsOf(cardOf());
    assert.match(words, /^✕ Cause found · KB 4096317\nThe server’s limit is too low for these clients\n/);
    assert.match(
      words,
      /Evidence: 2 of 412 lines\nNothing else has these three\.\nSoftwareDistribution\.log, line 18204\n/,
    );
    assert.match(
      words,
      /Server\nwsus01\ncorp\.contoso\.com\nClients\n37 different ones\nSeen\n412 times since 24 Nov 21:40 UTC, last 02:03 UTC/,
    );
  });

  it('leads to the check of the server, and not to the edit', () => {
    assert.deepEqual(pressesOf(cardOf()), { 'Check wsus01': 'c' });
    assert.match(
      wordsOf(cardOf()),
      /Next: read the server\nThe log proves the cause, not the limit that is set now\. Reading changes no setting\./,
    );
    assert.doesNotMatch(wordsOf(cardOf()), /800\b/);
  });

  it('opens the article', () => {
    const [link] = nodesOf(cardOf().in('en').json).filter((node) => node.type === 'Action.OpenUrl');
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
    const card = cardOf({
      kind: 'example',
      explanation: { ...explanation, heading: 'This is the example of Microsoft’s article' },
      next: { kind: 'choose', servers: ['wsus01'], token: 'c' },
    });
    assert.match(wordsOf(card), /^\? Example only · KB 4096317\nThis is the example/);
    assert.match(
      wordsOf(card),
      /Next: check a server\nA check shows the limit that a server has now, and what it refuses\./,
    );
    assert.doesNotMatch(wordsOf(card), /different ones/);
    assert.doesNotMatch(card.in('en').summary, /Cause found/);
    assert.deepEqual(inputsOf(card), ['server']);
  });

  it('offers no check of a server that is not in the inventory', () => {
    const seen = { servers: [{ name: 'other.fabrikam.com', inInventory: false }], clients: 0, count: 1 };
    const card = cardOf({ seen, next: { kind: 'not-in-inventory' } });
    assert.match(wordsOf(card), /other\.fabrikam\.com\nnot in my inventory/);
    assert.deepEqual(pressesOf(card), {});
  });
});

describe('what a card says of when and how often', () => {
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

  it('says nothing at all of one event at a time that nobody knows', () => {
    assert.doesNotMatch(wordsOf(cardOf({ seen: { servers: [], clients: 0, count: 1 } })), /Seen/);
  });

  it('says “at least” where the text names more than is counted', () => {
    const servers = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, inInventory: true }));
    const seen = { servers, moreServers: true, clients: 20_000, moreClients: true, count: 99_999 };
    const words = wordsOf(cardOf({ seen }));
    assert.match(words, /and at least 2 other servers/);
    assert.match(words, /at least 20,000 different ones/);
  });

  it('says since when it works again, that the service was restarted, and where it works', () => {
    const seen = {
      servers: [],
      clients: 0,
      count: 2,
      recovered: { at: at('02:10:00') },
      restarted: { asLogged: '2026-11-25 02:05:00' },
      worksOn: ['wsus02'],
    };
    const words = wordsOf(cardOf({ seen }));
    assert.match(words, /Good scan\n02:10 UTC, none failed since/);
    assert.match(words, /Restarted\n2026-11-25 02:05:00, no fault since/);
    assert.match(words, /Works on\nwsus02/);
  });
});

describe('the small timeline', () => {
  const hours = (counts: readonly number[], minutes: readonly number[] = []) =>
    counts.map((count, index) => ({
      startsAt: { at: new Date(Date.parse('2026-11-24T21:00:00Z') + index * 3_600_000) },
      minutes: minutes[index] ?? 60,
      count,
    }));
  const words = (perHour: ReturnType<typeof hours>, more: object = {}) =>
    wordsOf(cardOf({ seen: { servers: [], clients: 0, count: 1312, perHour, ...more } }));

  it('counts the last six hours and says where they go', () => {
    assert.match(
      words(hours([900, 12, 48, 96, 121, 131, 4], [20, 60, 60, 60, 60, 60, 3])),
      /Faults per hour, the last 6 of 7, UTC: rising\n12\n22:00\n48\n23:00\n96\n00:00\n121\n01:00\n131\n02:00\n4\n3 min/,
    );
  });

  for (const [word, counts] of [
    ['rising', [1, 2, 8, 9]],
    ['falling', [9, 8, 2, 1]],
    ['steady', [5, 6, 5, 6]],
  ] as const) {
    it(`is ${word} where the later hours say so`, () => {
      assert.match(words(hours(counts)), new RegExp(`Faults per hour, UTC: ${word}\n`));
    });
  }

  it('has stopped only where something after the last fault shows it', () => {
    assert.match(words(hours([9, 9, 9, 1]), { recovered: { at: at('02:10:00') } }), /UTC: stopped\n/);
    assert.doesNotMatch(words(hours([9, 9, 0, 1])), /stopped/);
  });

  it('says nothing of where part hours go', () => {
    assert.match(words(hours([9, 1], [10, 3])), /Faults per hour, UTC\n9\n10 min\n1\n3 min/);
  });

  it('counts a long log by days, the part days at its ends left out of the trend', () => {
    const long = hours(Array.from({ length: 99 }, (_, index) => Math.floor(index / 24)));
    assert.match(
      words(long),
      /Faults per day, UTC: rising\n0\n24 Nov\n\d+\n25 Nov\n\d+\n26 Nov\n\d+\n27 Nov\n\d+\n28 Nov/,
    );
  });

  it('keeps the clock of a log that names no zone', () => {
    const perHour = [3, 4].map((count, index) => ({
      startsAt: { asLogged: `2026-11-25 0${index + 2}:00:00` },
      minutes: 60,
      count,
    }));
    const shown = wordsOf(cardOf({ seen: { servers: [], clients: 0, count: 7, perHour } }));
    assert.match(shown, /Faults per hour, the log’s own clock: rising\n3\n02:00\n4\n03:00/);
  });
});

describe('the card of a look-alike', () => {
  it('puts the word that differs beside the one of KB 4096317', () => {
    assert.match(
      wordsOf(lookAlike()),
      /How I tell them apart\nNothing else has these three\.\nYour log, line 6\nMessage=parameters\.\nOtherCachedUpdateIDs\nKB 4096317 has\nMessage=parameters\.\nInstalledNonLeafUpdateIDs/,
    );
  });

  it('lists what to do in order', () => {
    assert.match(
      wordsOf(lookAlike()),
      /Next, in this order\n1\. Decline superseded updates\.\n2\. If it still fails/,
    );
  });

  it('shows the lines when there is no single word that differs', () => {
    const { theirs: _, ...data } = { theirs: undefined };
    const card = findingCard({
      ...data,
      view,
      kind: 'other-code',
      explanation: {
        ...explanation,
        heading: '8024401C: the server did not answer in time',
        steps: ['Look.'],
      },
      evidence: [{ text: 'hr = 0x8024401C' }],
      faultLines: 1,
      seen: { servers: [], clients: 0, count: 1 },
      others: [],
    });
    assert.match(
      wordsOf(card),
      /^✕ Another failure · not KB 4096317\n8024401C: the server did not answer in time\n/,
    );
    assert.match(wordsOf(card), /hr = 0x8024401C/);
    assert.match(wordsOf(card), /Next\nLook\./);
  });

  it('offers a check only when one can answer', () => {
    assert.deepEqual(pressesOf(lookAlike()), {});
    assert.deepEqual(
      pressesOf(lookAlike({ next: { kind: 'check', checks: [{ server: 'wsus01', token: 'c' }] } })),
      { 'Check wsus01': 'c' },
    );
  });

  it('opens its own guide', () => {
    const [link] = nodesOf(lookAlike().in('en').json).filter((node) => node.type === 'Action.OpenUrl');
    assert.deepEqual([link?.title, link?.url], ['Open guide', explanation.link?.url]);
  });
});

describe('the state in the strip', () => {
  for (const [kind, words] of [
    ['flood', /^✕ Cause found · KB 5121986\n/],
    ['flood-suspected', /^\? Suspected · KB 5121986\n/],
    ['recovered', /^✓ Works again\n/],
    ['passes', /^– Passes by itself · not KB 4096317\n/],
  ] as const satisfies readonly (readonly [FindingKind, RegExp])[]) {
    it(`of ${kind} claims no more than was seen`, () => {
      assert.match(wordsOf(lookAlike({ kind })), words);
    });
  }

  it('says since when it works again', () => {
    const seen = { servers: [], clients: 0, count: 2, recovered: { at: at('02:10:00') } };
    assert.match(wordsOf(lookAlike({ kind: 'recovered', seen })), /^✓ Works again · since 02:10 UTC\n/);
  });

  it('numbers no steps whose order does not matter', () => {
    const words = wordsOf(lookAlike({ explanation: { ...explanation, order: 'choice' } }));
    assert.match(words, /Next, the one that fits\nRaise/);
    assert.doesNotMatch(words, /\b1\. /);
  });
});

it('names what else is in the text, the three weightiest', () => {
  const others = ['One', 'Two', 'Three', 'Four', 'Five'].map((heading, count) => ({
    heading,
    count: count + 1,
  }));
  assert.match(
    wordsOf(cardOf({ others })),
    /Also in this text\nOne, once\nTwo, 2 times\nThree, 3 times\nand 2 other failures/,
  );
});

it('says what else the text tells before what to do', () => {
  const words = wordsOf(cardOf({ explanation: { ...explanation, notes: ['Only one client is named.'] } }));
  assert.ok(words.indexOf('Only one client') < words.indexOf('Next: read the server'));
});

it('never lets a heading be Markdown, whatever it is given', () => {
  const heading = `# [x](http://y) **b** ${'word '.repeat(20)}`;
  const [shown] = nodesOf(cardOf({ explanation: { ...explanation, heading } }).in('en').json).filter(
    (node) => node.style === 'heading',
  );
  assert.doesNotMatch(String(shown?.text), /[[\]*#/]/);
  assert.ok(String(shown?.text).length <= 60);
});
