import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { announceChanges } from '../../../bot/conversation/announce-changes.ts';
import { showChange } from '../../../bot/conversation/show-change.ts';
import { SendError } from '../../../bot/sending/send-error.ts';
import { claim, finish } from '../../../bot/store/lease.ts';
import { notifiedPlaces } from '../../../bot/store/notified.ts';
import { approver, requester } from '../changes/sample-change.ts';
import {
  cardIn,
  type DeskScene,
  group,
  personal,
  startDesk,
  stranger,
  titlesOn,
  wordsOn,
} from './desk-scene.ts';

const place = group('announcements');
const inPlace = ({ messages }: DeskScene) =>
  messages.filter(({ posted }) => posted.where.conversationId === 'announcements').slice(1);

/** A desk whose announcements go to a group chat; `ask` has the requester ask for a change elsewhere. */
const announcing = async (
  t: Parameters<typeof startDesk>[0],
  options: Parameters<typeof startDesk>[1] = {},
) => {
  const scene = await startDesk(t, options);
  await scene.say('notify here', approver, place);
  const look = () => announceChanges(scene.desk);
  return {
    ...scene,
    look,
    ask: async (where = personal('megan')) => {
      const shown = cardIn(await scene.say('check wsus01', requester, where));
      await look();
      return shown;
    },
    show: async () => {
      for (const id of scene.started) await showChange(scene.desk, id);
    },
  };
};

const reason = { code: 'file.read-only', text: 'the file is read-only', remedy: null, serverText: null };
const endings = {
  failed: { state: 'failed', result: { kind: 'not-done', at: 'write', reason, seenAt: null } },
  unknown: {
    state: 'unknown',
    result: { kind: 'unknown', at: 'restart', reason, file: 'not-seen', seenAt: null, wayBackFailed: false },
  },
  stale: { state: 'stale', result: { kind: 'stale', seenAt: '2026-11-25T02:03:00.000Z' } },
} as const;

/** Runs what was started to an end. */
const end = async (scene: DeskScene, ending: keyof typeof endings): Promise<void> => {
  const now = scene.desk.now();
  const lease = await claim(
    scene.desk.database,
    scene.started[0] ?? '',
    'one',
    now,
    new Date(now.getTime() + 60_000),
  );
  assert.ok(lease !== undefined);
  await finish(scene.desk.database, lease, endings[ending], now);
};

describe('a change that was asked for elsewhere', () => {
  test('is announced once, shortly, with who asked and a button that approves nothing', async (t) => {
    const scene = await announcing(t);
    await scene.ask();
    await scene.look();
    const [card, ...more] = inPlace(scene);
    assert.deepEqual(more, []);
    assert.ok(card !== undefined);
    assert.match(card.card.in('en').summary, /^Waiting for approval on wsus01: raise .* from 400 to 800/);
    assert.match(wordsOn(card.card), /Asked by Megan Bowen/);
    assert.deepEqual(titlesOn(card.card), ['Review']);
    assert.ok(JSON.stringify(card.card.in('en').json).length < 4_000, 'it is short');
  });

  test('stays true on its card, and its end is a card of its own', async (t) => {
    const scene = await announcing(t);
    const asked = await scene.ask();
    const [plan] = inPlace(scene);
    assert.ok(plan !== undefined);
    await scene.pressToken((await reviewed(scene, plan)).approve, plan, { who: approver, where: place });
    await end(scene, 'failed');
    await scene.look();
    await scene.show();
    const [first, second, ...more] = inPlace(scene);
    assert.deepEqual(more, []);
    for (const message of [first, second]) assert.match(message?.card.in('en').summary ?? '', /^Failed/);
    assert.match(asked.card.in('en').summary, /^Failed/);
  });

  for (const [ending, words] of [
    ['failed', /did not work/],
    ['unknown', /Nobody saw how a change ended.*no other change/s],
    ['stale', /something had moved/],
  ] as const) {
    test(`is announced when it ended: ${ending}`, async (t) => {
      const scene = await announcing(t);
      const shown = cardIn(await scene.say('check wsus01', approver, personal('alex')));
      await scene.press(shown, 'Approve and run', { where: personal('alex') });
      await end(scene, ending);
      await scene.look();
      const [card, ...more] = inPlace(scene);
      assert.deepEqual(more, []);
      assert.ok(card !== undefined);
      assert.match(wordsOn(card.card), words);
      assert.deepEqual(titlesOn(card.card), ['Show current state']);
    });
  }

  test('is not announced where it was asked for, nor twice to an approver', async (t) => {
    const scene = await announcing(t);
    await scene.say('notify here', approver, personal('alex'));
    await scene.ask(place);
    const alex = scene.messages.filter(({ posted }) => posted.where.conversationId === 'alex');
    assert.equal(inPlace(scene).length, 1, 'the card that was asked for');
    assert.doesNotMatch(inPlace(scene)[0]?.card.in('en').summary ?? '', /^Waiting for approval on/);
    assert.equal(alex.length, 2, 'the word of notify here, and the plan that waits for Alex');
  });

  test('from before notify here is not announced', async (t) => {
    const scene = await startDesk(t);
    await scene.say('check wsus01', requester, personal('megan'));
    scene.world.now = new Date(scene.world.now.getTime() + 1_000);
    await scene.say('notify here', approver, place);
    await announceChanges(scene.desk);
    assert.deepEqual(inPlace(scene), []);
  });
});

/** The approve button that Review answers to an approver. */
const reviewed = async (scene: DeskScene, shown: ReturnType<typeof inPlace>[number]) => {
  const { card } = await scene.press(shown, 'Review', { who: approver, where: place });
  const data = JSON.stringify(card?.in('en').json);
  const [, approve = ''] = /"title":"Approve and run","data":\{"token":"([^"]+)"/.exec(data) ?? [];
  assert.notEqual(approve, '');
  return { approve };
};

test('Review answers an approver with the proposal, and refuses everybody else', async (t) => {
  const scene = await announcing(t);
  await scene.ask();
  const [shown] = inPlace(scene);
  assert.ok(shown !== undefined);
  await reviewed(scene, shown);
  const { card, text } = await scene.press(shown, 'Review', { who: stranger, where: place });
  assert.equal(card, undefined);
  assert.match(text ?? '', /You may not approve.*Alex Wilber/s);
  assert.deepEqual(titlesOn(shown.card), ['Review'], 'what all see stays as it is');
});

test('Show current state answers the one who presses with the whole card', async (t) => {
  const scene = await announcing(t);
  const shown = cardIn(await scene.say('check wsus01', approver, personal('alex')));
  await scene.press(shown, 'Approve and run', { where: personal('alex') });
  await end(scene, 'unknown');
  await scene.look();
  const [card] = inPlace(scene);
  assert.ok(card !== undefined);
  const answered = await scene.press(card, 'Show current state', { who: requester, where: place });
  assert.ok(titlesOn(answered.card ?? assert.fail('a card')).includes('Look again'));
  assert.deepEqual(titlesOn(card.card), ['Show current state']);
});

test('of several processes one announces', async (t) => {
  const scene = await announcing(t);
  await scene.say('check wsus01', requester, personal('megan'));
  await Promise.all([scene.look(), scene.look(), scene.look()]);
  assert.equal(inPlace(scene).length, 1);
});

test('a broken glass is announced with its reason', async (t) => {
  const policy = {
    breakGlass: [{ kind: 'person' as const, id: requester.aadObjectId, name: requester.name }],
  };
  const scene = await announcing(t, { policy });
  const shown = cardIn(await scene.say('check wsus01', requester, personal('megan')));
  await scene.press(shown, 'Run now, alone', {
    who: requester,
    where: personal('megan'),
    inputs: { reason: 'All branches stand still' },
  });
  const [told] = inPlace(scene);
  assert.match(told?.card.in('en').summary ?? '', /^Glass broken on wsus01/);
  assert.match(wordsOn(told?.card ?? assert.fail('a card')), /All branches stand still/);
});

test('a chat that is gone is told nothing more, and that is on record', async (t) => {
  const scene = await announcing(t);
  const { post } = scene.desk.chat;
  Object.assign(scene.desk.chat, {
    post: async (where: typeof place, card: Parameters<typeof post>[1]) => {
      if (where.conversationId === place.conversationId)
        throw new SendError('send.closed', 'posting a card', 'not-sent');
      return post(where, card);
    },
  });
  await scene.ask();
  assert.deepEqual(await notifiedPlaces(scene.desk.database), []);
  assert.equal(scene.troubles.length, 1);
});

test('what a chat did not take once is told to the log, and the change goes on', async (t) => {
  const scene = await announcing(t);
  const { post } = scene.desk.chat;
  Object.assign(scene.desk.chat, {
    post: async (where: typeof place, card: Parameters<typeof post>[1]) => {
      if (where.conversationId === place.conversationId) throw new Error('500');
      return post(where, card);
    },
  });
  const shown = await scene.ask();
  assert.equal(scene.troubles.length, 1);
  assert.equal((await notifiedPlaces(scene.desk.database)).length, 1);
  assert.match(shown.card.in('en').summary, /^Waiting for approval/);
});

test('a batch is announced as a whole', async (t) => {
  const scene = await announcing(t);
  await scene.say('fix wsus01 wsus02', requester, personal('megan'));
  await scene.look();
  const [card, ...more] = inPlace(scene);
  assert.deepEqual(more, []);
  assert.ok(card !== undefined);
  const words = wordsOn(card.card);
  assert.match(words, /wsus01/);
  assert.match(words, /wsus02/);
  assert.equal(titlesOn(card.card).includes('Approve and run'), false);
});
