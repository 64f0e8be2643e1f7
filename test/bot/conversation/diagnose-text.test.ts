import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import type { Card } from '../../../cards/card.ts';
import { nodesOf } from '../../kit/card-reader.ts';
import { requester } from '../changes/sample-change.ts';
import { reportOf } from '../changes/scene.ts';
import {
  articleClient,
  articleServer,
  clientLog,
  serverLine,
  simpleAuth,
  upstream,
} from '../diagnosis/samples.ts';
import { cardIn, startDesk, titlesOn, wordsOn } from './desk-scene.ts';

const offersTheChange = (card: Card): boolean =>
  titlesOn(card).some((title) => /approve/i.test(title)) || /\b400\b[\s\S]{0,40}\b800\b/.test(wordsOn(card));

describe('a log that proves the cause', () => {
  for (const [what, text] of [
    ['a line of the server', serverLine()],
    ['the log of a client', clientLog()],
  ] as const) {
    test(`${what}, on a server that is known, leads on to the proposed change`, async (t) => {
      const { say, messages } = await startDesk(t);
      await say(text);
      assert.equal(messages.length, 2);
      const [cause, plan] = messages;
      assert.match(cause?.card.in('en').summary ?? '', /^Cause found: KB 4096317/);
      assert.match(plan?.versions[0]?.in('en').summary ?? '', /^Reading/);
      assert.match(plan?.card.in('en').summary ?? '', /^Needs approval/);
      assert.ok(plan !== undefined && offersTheChange(plan.card));
    });
  }

  test('puts the cause in words above the change that it proposes', async (t) => {
    const { say, messages } = await startDesk(t);
    await say(serverLine());
    const words = messages[1] === undefined ? '' : wordsOn(messages[1].card);
    const cause = words.search(/4096317/);
    const change = words.search(/= 800/);
    assert.ok(cause !== -1 && cause < change, words);
    assert.match(words, /80244007/);
  });

  test('without autoCheck gets a button that does the same', async (t) => {
    const { say, press, events, messages } = await startDesk(t, { config: { autoCheck: false } });
    const cause = cardIn(await say(serverLine()));
    assert.deepEqual([...events], []);
    assert.equal(messages.length, 1);
    await press(cause, 'Check wsus01');
    assert.match(messages[1]?.card.in('en').summary ?? '', /^Needs approval/);
  });

  test('on a server that is not in the inventory is explained, and no server is read', async (t) => {
    const { say, events, messages } = await startDesk(t);
    const { card } = await say(serverLine({ host: 'other.example' }));
    assert.ok(card !== undefined);
    assert.match(card.in('en').summary, /^Cause found/);
    assert.match(wordsOn(card), /other\.example/);
    assert.match(wordsOn(card), /inventory/);
    assert.deepEqual(events, []);
    assert.equal(messages.length, 1);
    assert.ok(!offersTheChange(card));
  });

  test('on two servers reads neither, and has a button for each', async (t) => {
    const { say, events } = await startDesk(t);
    const text = [serverLine({ id: 1 }), serverLine({ id: 2, host: 'wsus02' })].join('\n');
    const { card } = await say(text);
    assert.deepEqual(events, []);
    assert.deepEqual(card === undefined ? [] : titlesOn(card).filter((title) => title.startsWith('Check')), [
      'Check wsus01',
      'Check wsus02',
    ]);
  });

  test('is Microsoft’s example: says so, and offers the inventory', async (t) => {
    const { say, press, messages } = await startDesk(t);
    for (const text of [articleClient, articleServer]) {
      const count = messages.length;
      const example = cardIn(await say(text));
      assert.match(example.card.in('en').summary, /^Example only, of KB 4096317/);
      assert.match(wordsOn(example.card), /prove nothing about a server/);
      await press(example, 'Check', { inputs: { server: 'wsus01' } });
      assert.match(messages[count + 1]?.card.in('en').summary ?? '', /^Needs approval/);
    }
  });

  test('from a person who may not have servers read says whom to ask', async (t) => {
    const { say, events } = await startDesk(t, { policy: { requesters: [] } });
    const { card } = await say(serverLine(), requester);
    assert.match(card === undefined ? '' : wordsOn(card), /Alex Wilber/);
    assert.deepEqual(
      card === undefined ? [] : titlesOn(card).filter((title) => title.startsWith('Check')),
      [],
    );
    assert.deepEqual(events, []);
  });
});

describe('what looks like it and is not', () => {
  for (const [what, text, summary] of [
    [
      'the list of cached updates',
      clientLog('parameters.OtherCachedUpdateIDs'),
      /^Cause found, and it is not/,
    ],
    [
      'a line of the server on cached updates',
      serverLine({ message: 'parameters.OtherCachedUpdateIDs' }),
      /^Cause found, and it is not/,
    ],
    ['SimpleAuth', simpleAuth, /^Cause found, and it is not/],
    ['a fault of the upstream server', upstream, /^Cause found, and it is not/],
    [
      'another parameter',
      serverLine({ message: 'parameters.SomethingElse' }),
      /^Cause found, and it is not|^Not enough/,
    ],
    ['a bare number', '80244007', /^Not enough evidence/],
    ['a bare number with its prefix', 'Scan failed with error 0x80244007', /^Not enough evidence/],
    ['the words alone', 'parameters.InstalledNonLeafUpdateIDs', /./],
    ['small talk', 'how are you today?', /^Help/],
    ['a wish', 'please raise maxInstalledPrerequisites from 400 to 800', /^Help/],
    ['a command that does not exist', 'approve', /^Help/],
  ] as const) {
    test(`${what} gets its own answer, and no change is offered`, async (t) => {
      const { say, events, messages } = await startDesk(t);
      const { card } = await say(text);
      assert.ok(card !== undefined);
      assert.match(card.in('en').summary, summary);
      assert.ok(!offersTheChange(card), wordsOn(card));
      assert.deepEqual(events, [], 'no server is read for it');
      assert.equal(messages.length, 1);
    });
  }
});

describe('a check that is offered for another cause', () => {
  const otherCached = serverLine({ message: 'parameters.OtherCachedUpdateIDs' });

  test('offers no change where no client was refused for this limit, and says what to do instead', async (t) => {
    const { say, press, messages } = await startDesk(t);
    await press(cardIn(await say(otherCached)), 'Check wsus01');
    const card = messages[1]?.card;
    assert.ok(card !== undefined);
    assert.match(card.in('en').summary, /^Another failure: wsus01\. Raising 400 would not help/);
    assert.match(wordsOn(card), /raise maxCachedUpdates/);
    assert.ok(!titlesOn(card).some((title) => /approve|review/i.test(title)));
  });

  test('says so again when it is repeated, and weighs the limit alone when that is asked', async (t) => {
    const { say, press, messages } = await startDesk(t);
    await press(cardIn(await say(otherCached)), 'Check wsus01');
    const [, answer] = messages;
    assert.ok(answer !== undefined);
    await press(answer, 'Check again');
    assert.match(answer.card.in('en').summary, /^Another failure/);
    await press(answer, 'Check limit alone');
    assert.match(answer.card.in('en').summary, /^Needs approval/);
  });

  for (const [what, more] of [
    ['its own log shows that clients were refused for it', { log: { count: 3, clients: 2 }, counters: {} }],
    [
      'its counter shows a list longer than the limit',
      { log: {}, counters: { ok: true, maximumNonLeafUpdates: 447, maximumOtherCachedUpdates: null } },
    ],
  ] as const) {
    test(`leads to the change on a server where ${what}`, async (t) => {
      const { say, press, messages, server, world } = await startDesk(t);
      const { log, counters, ...rest } = reportOf(world);
      const seen = { log: { ...log, ...more.log }, counters: { ...counters, ...more.counters } };
      Object.assign(server, { report: async () => ({ ...rest, ...seen }) });
      await press(cardIn(await say(otherCached)), 'Check wsus01');
      assert.match(messages[1]?.card.in('en').summary ?? '', /^Needs approval/);
    });
  }
});

describe('text from outside', () => {
  const evil = '[Approve](https://evil) **bold** _x_ <at>all</at> \u0024{1+1} <b>tag</b>';
  const line = (host = 'wsus01.corp.example') => `${serverLine({ host })} ${evil}`;
  const marks = ['evil', '**bold**', '<at>', '\u0024{1+1}', '1+1', '<b>'];

  /** Everything on a card that a client reads as Markdown. */
  const markdownOn = (card: Card): string[] =>
    nodesOf(card.in('en').json).flatMap((node) => [
      ...(node.type === 'TextBlock' ? [String(node.text)] : []),
      ...(node.type === 'Input.Toggle' || node.type === undefined ? [String(node.title ?? '')] : []),
      ...(node.type === 'Input.Text' ? [String(node.placeholder ?? '')] : []),
    ]);

  test('stays in runs that are never Markdown, on every card that a log leads to', async (t) => {
    const { say, press, messages } = await startDesk(t);
    await say(line());
    await say(line('other.example'));
    await say(`${simpleAuth}\n${evil}`);
    await say(`80244007 ${evil}`);
    await say(`check ${evil.replaceAll(' ', '')}`);
    const plan = messages.find(({ card }) => card.in('en').summary.startsWith('Needs approval'));
    assert.ok(plan !== undefined);
    await press(plan, 'Decline', {
      who: {
        ...requester,
        aadObjectId: plan === undefined ? '' : 'aaaaaaaa-0000-4000-8000-000000000001',
        name: evil,
      },
    });
    let shown = 0;
    for (const { versions } of messages) {
      for (const card of versions) {
        for (const text of markdownOn(card)) {
          for (const mark of marks) assert.ok(!text.includes(mark), `${mark} in ${text}`);
        }
        for (const mark of ['](', '**', '<at>', '<b>']) {
          assert.ok(!card.in('en').summary.includes(mark), `${mark} in the summary ${card.in('en').summary}`);
        }
        if (JSON.stringify(card.in('en').json).includes('evil')) shown += 1;
      }
    }
    assert.ok(shown >= 3, 'the evidence shows the line as it was written');
  });

  test('is not kept', async (t) => {
    const { say, press, messages, desk } = await startDesk(t);
    await say(line());
    const plan = messages.find(({ card }) => card.in('en').summary.startsWith('Needs approval'));
    assert.ok(plan !== undefined);
    await press(plan, 'Approve and run');
    const tables = ['changes', 'decisions', 'steps', 'posted', 'people', 'tokens'];
    for (const table of tables) {
      const { rows } = await sql`select * from ${sql.table(table)}`.execute(desk.database);
      assert.doesNotMatch(JSON.stringify(rows), /evil|ThrowException/, table);
    }
  });

  test('is not logged when the answer fails', async (t) => {
    const { say, desk, troubles } = await startDesk(t);
    await desk.database.destroy();
    await assert.rejects(say(line()));
    assert.doesNotMatch(troubles.map(String).join(), /evil/);
  });
});

test('a megabyte of text is answered', async (t) => {
  const { say } = await startDesk(t);
  const { card } = await say('80244007 and more\n'.repeat(60_000));
  assert.match(card?.in('en').summary ?? '', /^Not enough evidence/);
});
