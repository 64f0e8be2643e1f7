import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { claim, finish } from '../../../bot/store/lease.ts';
import { findChange } from '../../../bot/store/read-change.ts';
import { approver, requester } from '../changes/sample-change.ts';
import { minutes } from '../store/sample-store.ts';
import { cardIn, type DeskScene, personal, startDesk, titlesOn, wordsOn } from './desk-scene.ts';

const saidBy = async (scene: DeskScene, text: string, who = approver) => {
  const { card } = await scene.say(text, who, personal(who.name));
  assert.ok(card !== undefined);
  return wordsOn(card);
};

const unknown = {
  state: 'unknown',
  result: {
    kind: 'unknown',
    at: 'restart',
    reason: { code: 'bot-stopped', text: 'x', remedy: null, serverText: null },
    file: 'not-seen',
    seenAt: null,
    wayBackFailed: false,
  },
} as const;

/** A change on wsus01 whose state is not known. */
const unknownChange = async (scene: DeskScene): Promise<string> => {
  const plan = cardIn(await scene.say('check wsus01'));
  await scene.press(plan, 'Approve and run');
  const id = scene.started[0] ?? '';
  const lease = await claim(scene.desk.database, id, 'one', minutes(2), minutes(3));
  assert.ok(lease !== undefined);
  await finish(scene.desk.database, lease, unknown, minutes(4));
  return id;
};

describe('freeze', () => {
  test('stops approvals with who, why and since when, and thaw lets them go on', async (t) => {
    const scene = await startDesk(t);
    const plan = cardIn(await scene.say('check wsus01'));
    assert.match(await saidBy(scene, 'freeze Year end, nothing moves'), /Year end, nothing moves/);
    const { text } = await scene.press(plan, 'Approve and run');
    assert.match(text ?? '', /frozen.*Alex Wilber.*Year end, nothing moves.*thaw/s);
    assert.deepEqual(scene.started, []);
    assert.match(await saidBy(scene, 'thaw'), /Alex Wilber ended the freeze/);
    await scene.press(plan, 'Approve and run');
    assert.equal(scene.started.length, 1);
  });

  test('leaves reading free', async (t) => {
    const scene = await startDesk(t);
    await scene.say('freeze Year end, nothing moves');
    assert.match(cardIn(await scene.say('check wsus01')).card.in('en').summary, /^Needs approval/);
  });

  test('needs a reason that says something', async (t) => {
    const scene = await startDesk(t);
    for (const text of ['freeze', 'freeze now']) {
      assert.match(await saidBy(scene, text), /Freezing needs a reason/);
    }
    assert.match(await saidBy(scene, 'thaw'), /Nothing is frozen/);
  });

  test('is not for those who may only ask', async (t) => {
    const scene = await startDesk(t);
    assert.match(await saidBy(scene, 'freeze Year end, nothing moves', requester), /Alex Wilber may/);
    assert.match(await saidBy(scene, 'locks'), /No server is locked/);
  });

  test('that is in force stays, whoever freezes again', async (t) => {
    const scene = await startDesk(t);
    await scene.say('freeze Year end, nothing moves');
    assert.match(await saidBy(scene, 'freeze Another reason, longer'), /frozen already.*Year end/s);
  });
});

describe('a server that a change of unknown state holds', () => {
  test('is on the card of locks, with who and what', async (t) => {
    const scene = await startDesk(t);
    await unknownChange(scene);
    assert.match(await saidBy(scene, 'locks'), /wsus01.*Alex Wilber/s);
  });

  test('gets the card of that change instead of a new plan', async (t) => {
    const scene = await startDesk(t);
    await unknownChange(scene);
    const { card } = cardIn(await scene.say('check wsus01', requester, personal('b')));
    assert.match(card.in('en').summary, /^State unknown/);
    assert.ok(titlesOn(card).includes('Look again'));
  });

  test('is freed by an approver with a reason, which its card then says', async (t) => {
    const scene = await startDesk(t);
    const id = await unknownChange(scene);
    assert.match(await saidBy(scene, 'unlock wsus01'), /needs a server and a reason/);
    assert.match(
      await saidBy(scene, 'unlock wsus01 I looked: it is the old file', requester),
      /Alex Wilber may/,
    );
    assert.match(await saidBy(scene, 'unlock wsus01 I looked: it is the old file'), /unlocked wsus01/);
    assert.equal((await findChange(scene.desk.database, id))?.holdsLock, false);
    const shown = await scene.say('history wsus01');
    assert.match(shown.card === undefined ? '' : wordsOn(shown.card), /Unlocked/);
    assert.match(await saidBy(scene, 'unlock wsus01 I looked: it is the old file'), /is not locked/);
  });

  test('is not freed while the change runs', async (t) => {
    const scene = await startDesk(t);
    const plan = cardIn(await scene.say('check wsus01'));
    await scene.press(plan, 'Approve and run');
    assert.match(await saidBy(scene, 'unlock wsus01 I want it to be free'), /Wait until it ends/);
  });
});

describe('on record is', () => {
  const refusalsIn = async ({ desk }: DeskScene): Promise<unknown[]> => {
    const rows = await desk.database
      .selectFrom('audit')
      .select('entryJson')
      .where('kind', '=', 'refused')
      .orderBy('seq')
      .execute();
    return rows.map(({ entryJson }) => {
      const { actor, server, changeId, detail } = JSON.parse(entryJson);
      return { by: actor.name, server, changeId, ...detail };
    });
  };

  test('who was not allowed to freeze, to thaw, or to unlock which server', async (t) => {
    const scene = await startDesk(t);
    const by = requester.name;
    await saidBy(scene, 'freeze Year end, nothing moves', requester);
    await saidBy(scene, 'thaw', requester);
    await saidBy(scene, 'unlock wsus01 I looked: it is the old file', requester);
    await saidBy(scene, 'unlock wsus02 I looked: it is the old file', requester);
    const ofAll = { by, server: null, changeId: null, because: 'may-not-freeze' };
    const ofOne = { by, changeId: null, wanted: 'unlock', because: 'may-not-unlock' };
    assert.deepEqual(await refusalsIn(scene), [
      { ...ofAll, wanted: 'freeze' },
      { ...ofAll, wanted: 'thaw' },
      { ...ofOne, server: 'wsus01' },
      { ...ofOne, server: 'wsus02' },
    ]);
  });

  test('who wanted to unlock a server under a change that runs', async (t) => {
    const scene = await startDesk(t);
    await scene.press(cardIn(await scene.say('check wsus01')), 'Approve and run');
    await saidBy(scene, 'unlock wsus01 I want it to be free');
    const [changeId] = scene.started;
    const because = 'running-cannot-unlock';
    assert.deepEqual(await refusalsIn(scene), [
      { by: approver.name, server: 'wsus01', changeId, wanted: 'unlock', because },
    ]);
  });

  test('who wanted to thaw what a file freezes', async (t) => {
    const scene = await startDesk(t);
    const byFile = { kind: 'file', file: 'freeze', reason: 'x', since: minutes(0) } as const;
    Object.assign(scene.desk, { freezeState: async () => byFile });
    await saidBy(scene, 'thaw');
    const ofAll = { by: approver.name, server: null, changeId: null };
    assert.deepEqual(await refusalsIn(scene), [{ ...ofAll, wanted: 'thaw', because: 'frozen-by-file' }]);
  });
});

describe('whoami', () => {
  test('says what an approver and a requester may do, and why', async (t) => {
    const scene = await startDesk(t);
    assert.match(await saidBy(scene, 'whoami'), /Alex Wilber/);
    assert.match(await saidBy(scene, 'whoami', requester), /Alex Wilber/, 'whom to ask instead');
  });
});

describe('history', () => {
  test('names who asked, who approved and how it ended, and opens the card of each', async (t) => {
    const scene = await startDesk(t);
    await unknownChange(scene);
    const shown = cardIn(await scene.say('history'));
    const words = wordsOn(shown.card);
    assert.match(words, /Alex Wilber/);
    assert.match(words, /Audit chain intact/);
    assert.match(words, /State unknown|Unknown/);
  });

  test('of a server that nobody changed says so', async (t) => {
    const scene = await startDesk(t);
    assert.match(await saidBy(scene, 'history wsus02'), /Nothing|No entr|0 entries/);
  });
});

test('words of a pasted log are no command, even where they begin like one', async (t) => {
  const scene = await startDesk(t);
  for (const text of [
    'freeze\n2026-11-25 08:00:00 WARNING',
    'history of the failing clients',
    'whoami and why',
  ]) {
    assert.doesNotMatch(await saidBy(scene, text), /frozen|Freezing|Standing|You may/);
  }
});
