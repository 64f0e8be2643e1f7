import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { planOf } from '../../../bot/changes/change.ts';
import { runChange } from '../../../bot/changes/run-change.ts';
import { showChange } from '../../../bot/conversation/show-change.ts';
import { claim, finish, journalStep } from '../../../bot/store/lease.ts';
import { expireDue } from '../../../bot/store/queue.ts';
import { findChange } from '../../../bot/store/read-change.ts';
import { approver, requester } from '../changes/sample-change.ts';
import { newFile, oldFile, remoteError } from '../changes/scene.ts';
import { minutes } from '../store/sample-store.ts';
import {
  cardIn,
  type DeskScene,
  group,
  personal,
  type Shown,
  startDesk,
  stranger,
  titlesOn,
  wordsOn,
} from './desk-scene.ts';

const changeOf = async ({ desk }: DeskScene, number = 1) => {
  const row = await desk.database
    .selectFrom('changes')
    .select('id')
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  const change = await findChange(desk.database, row.id);
  assert.ok(change !== undefined);
  return change;
};

/** Carries the approved change out as the worker does, and shows every step. */
const carryOut = async (scene: DeskScene, number = 1): Promise<void> => {
  const { database } = scene.desk;
  const change = await changeOf(scene, number);
  const lease = await claim(database, change.id, 'one', scene.desk.now(), minutes(600));
  assert.ok(lease !== undefined, 'the change was approved');
  const write =
    (state: 'started' | 'done' | 'failed' | 'unknown') =>
    async (step: Parameters<typeof journalStep>[2], detail?: unknown) => {
      await journalStep(database, lease, step, state, scene.desk.now(), detail);
      await showChange(scene.desk, change.id);
    };
  const journal = {
    started: write('started'),
    done: write('done'),
    failed: write('failed'),
    unknown: write('unknown'),
  };
  const ending = await runChange(planOf(change), scene.server, journal, scene.runtime);
  await finish(database, lease, ending, scene.desk.now());
  await showChange(scene.desk, change.id);
};

/** The card of a chat of several, as the approver sees it after Review. */
const reviewed = async (scene: DeskScene, shown: Shown): Promise<Shown> => {
  const { card } = await scene.press(shown, 'Review');
  assert.ok(card !== undefined);
  return { ...shown, card };
};

describe('Approve and run', () => {
  test('answers with the running card and hands the change over once', async (t) => {
    const scene = await startDesk(t);
    const plan = cardIn(await scene.say('check wsus01'));
    const { card } = await scene.press(plan, 'Approve and run');
    assert.match(card?.in('en').summary ?? '', /^Running/);
    assert.deepEqual(scene.started, [(await changeOf(scene)).id]);
  });

  for (const [who, name] of [
    [requester, 'the person who asked'],
    [stranger, 'somebody else'],
  ] as const) {
    test(`by ${name}, who may not approve, names who may, and starts nothing`, async (t) => {
      const scene = await startDesk(t);
      const plan = cardIn(await scene.say('check wsus01', approver, group('g')));
      const before = plan.card;
      const own = await reviewed(scene, plan);
      const { text, card } = await scene.press(own, 'Approve and run', { who });
      assert.match(text ?? '', /may not approve.*Alex Wilber/i);
      assert.equal(card, undefined);
      assert.equal(plan.card, before);
      assert.deepEqual(scene.started, []);
      assert.equal((await changeOf(scene)).state, 'proposed');
    });
  }

  test('of a plan that has expired says so, and starts nothing', async (t) => {
    const scene = await startDesk(t);
    const plan = cardIn(await scene.say('check wsus01'));
    const title = 'Approve and run';
    scene.world.now = minutes(61);
    const { card } = await scene.press(plan, title);
    assert.match(card?.in('en').summary ?? '', /^Expired/);
    assert.deepEqual(scene.started, []);
    assert.equal((await changeOf(scene)).state, 'expired');
  });

  test('while another change runs on the server says so, and starts nothing', async (t) => {
    const scene = await startDesk(t);
    const first = cardIn(await scene.say('check wsus01'));
    await scene.press(first, 'Approve and run');
    await carryOut(scene);
    const done = first;
    await scene.press(done, 'Roll back');
    const back = scene.messages.at(-1);
    assert.ok(back !== undefined);
    await scene.desk.database
      .updateTable('changes')
      .set({ state: 'running', holdsLock: 1 })
      .where('number', '=', 1)
      .execute();
    const { text } = await scene.press(back, 'Approve and run');
    assert.match(text ?? '', /Change 1 holds wsus01 since .*Wait until it ends/);
    assert.equal((await changeOf(scene, 2)).state, 'proposed');
  });

  test('of a server that left the inventory is refused: nobody may approve there', async (t) => {
    const scene = await startDesk(t);
    const plan = cardIn(await scene.say('check wsus01'));
    const { desk } = scene;
    (desk.config as { servers: unknown }).servers = desk.config.servers.slice(1);
    const { text } = await scene.press(plan, 'Approve and run');
    assert.match(text ?? '', /may not approve/i);
    assert.deepEqual(scene.started, []);
  });
});

describe('Decline and Withdraw', () => {
  test('an approver declines, and the card says who', async (t) => {
    const scene = await startDesk(t);
    const plan = cardIn(await scene.say('check wsus01'));
    await scene.press(plan, 'Decline');
    assert.match(plan.card.in('en').summary, /^Declined/);
    assert.match(wordsOn(plan.card), /Alex Wilber/);
    assert.equal((await changeOf(scene)).state, 'declined');
  });

  test('the person who asked withdraws', async (t) => {
    const scene = await startDesk(t);
    const waiting = cardIn(await scene.say('check wsus01', requester, personal('r')));
    assert.match(waiting.card.in('en').summary, /^Waiting for approval/);
    await scene.press(waiting, 'Withdraw', { who: requester });
    assert.match(waiting.card.in('en').summary, /^Withdrawn/);
  });

  test('somebody else can do neither', async (t) => {
    const scene = await startDesk(t);
    const plan = cardIn(await scene.say('check wsus01', approver, group('g')));
    const own = await reviewed(scene, plan);
    const { text } = await scene.press(own, 'Decline', { who: stranger });
    assert.match(text ?? '', /may not decline/i);
    assert.equal((await changeOf(scene)).state, 'proposed');
    const { entryJson } = await scene.desk.database
      .selectFrom('audit')
      .select('entryJson')
      .where('kind', '=', 'refused')
      .executeTakeFirstOrThrow();
    assert.deepEqual(JSON.parse(entryJson).detail, { because: 'may-not-decline', wanted: 'decline' });
  });

  test('after the approval comes too late, and is answered with what is true', async (t) => {
    const scene = await startDesk(t);
    const plan = cardIn(await scene.say('check wsus01'));
    const decline = plan.card;
    await scene.press(plan, 'Approve and run');
    plan.card = decline;
    const { card } = await scene.press(plan, 'Decline');
    assert.match(card?.in('en').summary ?? '', /^Running/);
  });
});

describe('in a group', () => {
  test('a person who may not approve posts the neutral card, with Review and without Approve', async (t) => {
    const scene = await startDesk(t);
    const neutral = cardIn(await scene.say('check wsus01', requester, group('g')));
    assert.match(neutral.card.in('en').summary, /^Waiting for approval/);
    assert.deepEqual(titlesOn(neutral.card), ['Review']);
    assert.match(wordsOn(neutral.card), /An approver decides/);
    assert.match(wordsOn(neutral.card), /Alex Wilber/);
  });

  test('Review shows an approver the plan, and everybody else keeps the neutral card', async (t) => {
    const scene = await startDesk(t);
    const neutral = cardIn(await scene.say('check wsus01', requester, group('g')));
    const before = neutral.card;
    const { card } = await scene.press(neutral, 'Review');
    assert.match(card?.in('en').summary ?? '', /^Needs approval/);
    assert.ok(card !== undefined && titlesOn(card).includes('Approve and run'));
    assert.equal(neutral.card, before);
  });

  test('Review by somebody who may not approve names who may', async (t) => {
    const scene = await startDesk(t);
    const neutral = cardIn(await scene.say('check wsus01', requester, group('g')));
    const { text } = await scene.press(neutral, 'Review', { who: stranger });
    assert.match(text ?? '', /may not approve.*Alex Wilber/i);
  });

  test('an approver approves out of the review, and everybody sees it run', async (t) => {
    const scene = await startDesk(t);
    const neutral = cardIn(await scene.say('check wsus01', requester, group('g')));
    const { card } = await scene.press(neutral, 'Review');
    assert.ok(card !== undefined);
    await scene.press({ ...neutral, card }, 'Approve and run');
    assert.match(neutral.card.in('en').summary, /^Running/);
    await carryOut(scene);
    assert.match(neutral.card.in('en').summary, /^Done and proven/);
  });

  test('times are shown in UTC, whatever zone the person is in', async (t) => {
    const scene = await startDesk(t);
    const neutral = cardIn(await scene.say('check wsus01', requester, group('g')));
    assert.match(wordsOn(neutral.card), /03:00.UTC/);
  });
});

test('an approver who asks in a group under four eyes gets no second card in the own chat', async (t) => {
  const scene = await startDesk(t, { policy: { fourEyes: true } });
  await scene.say('help', approver, personal('approver chat'));
  await scene.say('check wsus01', approver, group('g'));
  const told = scene.messages.filter(({ posted }) => posted.where.conversationId === 'approver chat');
  assert.equal(told.length, 1, 'the help alone');
});

describe('Tell them again', () => {
  const toldIn = (scene: DeskScene) =>
    scene.messages.filter(
      ({ posted, card }) =>
        posted.where.conversationId === 'approver chat' && /^Needs approval/.test(card.in('en').summary),
    );
  const later = (scene: DeskScene, minutesOn: number) => {
    scene.world.now = new Date(scene.world.now.getTime() + minutesOn * 60_000);
  };

  test('posts the plan once more to those who decide, once in a quarter of an hour, and the card says when', async (t) => {
    const scene = await startDesk(t);
    await scene.say('help', approver, personal('approver chat'));
    const waiting = cardIn(await scene.say('check wsus01', requester, personal('r')));
    assert.equal(toldIn(scene).length, 1);
    const told = /told at (\d\d:\d\d) UTC/.exec(wordsOn(waiting.card).replaceAll('\u00a0', ' '))?.[1];
    assert.ok(told !== undefined, wordsOn(waiting.card));
    later(scene, 14);
    const soon = await scene.press(waiting, 'Tell them again', { who: requester });
    assert.match(soon.text ?? '', /They were told at .*Press again from/s);
    assert.equal(toldIn(scene).length, 1);
    later(scene, 1);
    await scene.press(waiting, 'Tell them again', { who: requester });
    assert.equal(toldIn(scene).length, 2);
    assert.doesNotMatch(wordsOn(waiting.card).replaceAll('\u00a0', ' '), new RegExp(`told at ${told}`));
  });

  test('tells once, however often it is pressed at the same moment', async (t) => {
    const scene = await startDesk(t);
    const waiting = cardIn(await scene.say('check wsus01', requester, personal('r')));
    await scene.say('help', approver, personal('approver chat'));
    await Promise.all([1, 2, 3].map(() => scene.press(waiting, 'Tell them again', { who: requester })));
    assert.equal(toldIn(scene).length, 1);
  });

  test('says so when no approver ever wrote to the bot', async (t) => {
    const scene = await startDesk(t);
    const waiting = cardIn(await scene.say('check wsus01', requester, personal('r')));
    const { text } = await scene.press(waiting, 'Tell them again', { who: requester });
    assert.match(text ?? '', /None of those who may approve this has ever written to me/);
  });

  test('shows what is true when the plan does not wait any more', async (t) => {
    const scene = await startDesk(t);
    await scene.say('help', approver, personal('approver chat'));
    const waiting = cardIn(await scene.say('check wsus01', requester, personal('r')));
    const before = waiting.card;
    await scene.press(waiting, 'Withdraw', { who: requester });
    waiting.card = before;
    const { card } = await scene.press(waiting, 'Tell them again', { who: requester });
    assert.equal(toldIn(scene).length, 0);
    assert.match(card?.in('en').summary ?? '', /^Withdrawn/);
  });
});

describe('a requester in a personal chat', () => {
  test('gets the waiting card; the approver is told in the own chat, approves there, and both see the end', async (t) => {
    const scene = await startDesk(t);
    await scene.say('help', approver, personal('approver chat'));
    const waiting = cardIn(await scene.say('check wsus01', requester, personal('requester chat')));
    assert.match(waiting.card.in('en').summary, /^Waiting for approval/);
    assert.deepEqual(titlesOn(waiting.card), ['Tell them again', 'Withdraw']);
    const told = scene.messages.at(-1);
    assert.ok(told !== undefined);
    assert.equal(told.posted.where.conversationId, 'approver chat');
    assert.match(told.card.in('en').summary, /^Needs approval/);
    assert.match(wordsOn(told.card), /Megan Bowen/);
    await scene.press(told, 'Approve and run');
    await carryOut(scene);
    for (const card of [waiting.card, told.card]) {
      assert.match(card.in('en').summary, /^Done and proven/);
      assert.match(wordsOn(card), /Megan Bowen/);
      assert.match(wordsOn(card), /Alex Wilber/);
    }
  });

  test('waits also when the approver never wrote to the bot', async (t) => {
    const scene = await startDesk(t);
    await scene.say('check wsus01', requester, personal('requester chat'));
    assert.equal(scene.messages.length, 1);
    assert.deepEqual(scene.troubles, []);
  });

  test('withdraws, and the approver sees that too', async (t) => {
    const scene = await startDesk(t);
    await scene.say('help', approver, personal('approver chat'));
    const waiting = cardIn(await scene.say('check wsus01', requester, personal('requester chat')));
    const told = scene.messages.at(-1);
    await scene.press(waiting, 'Withdraw', { who: requester });
    assert.match(told?.card.in('en').summary ?? '', /^Withdrawn/);
  });

  test('is served also when the chat of the approver cannot be reached', async (t) => {
    const scene = await startDesk(t);
    await scene.say('help', approver, personal('approver chat'));
    const { chat } = scene.desk;
    const { post } = chat;
    chat.post = (where, card) =>
      where.conversationId === 'approver chat' ? Promise.reject(new Error('gone')) : post(where, card);
    const waiting = cardIn(await scene.say('check wsus01', requester, personal('requester chat')));
    assert.match(waiting.card.in('en').summary, /^Waiting for approval/);
    assert.equal(scene.troubles.length, 1);
  });

  test('an approver who asks is not told about it elsewhere', async (t) => {
    const scene = await startDesk(t);
    await scene.say('help', approver, personal('old chat'));
    await scene.say('check wsus01', approver, personal('new chat'));
    assert.equal(scene.messages.length, 2);
  });
});

describe('a change that is done', () => {
  const done = async (t: Parameters<typeof startDesk>[0]) => {
    const scene = await startDesk(t);
    const shown = cardIn(await scene.say('check wsus01'));
    await scene.press(shown, 'Approve and run');
    await carryOut(scene);
    assert.match(shown.card.in('en').summary, /^Done and proven/);
    return { scene, shown };
  };

  test('shows every step as it happens', async (t) => {
    const { shown } = await done(t);
    const headings = shown.versions.map((card) => card.in('en').summary);
    assert.ok(headings.filter((summary) => summary.startsWith('Running')).length >= 7);
  });

  test('offers the way back as a plan with its own approval, below', async (t) => {
    const { scene, shown } = await done(t);
    const before = shown.card;
    const { text } = await scene.press(shown, 'Roll back');
    assert.match(text ?? '', /approved/);
    const back = scene.messages.at(-1);
    assert.match(back?.card.in('en').summary ?? '', /^Needs approval/);
    assert.equal(shown.card, before);
    const plan = (await changeOf(scene, 2)).plans[0]?.plan;
    const first = (await changeOf(scene, 1)).plans[0]?.plan;
    assert.equal(plan?.kind, 'roll-back');
    assert.equal(plan?.sha256Before, first?.sha256After);
    assert.equal(plan?.sha256After, first?.sha256Before);
    assert.equal(plan?.backup, `Web.config.${first?.changeId}.bak`);
    assert.deepEqual(scene.started.length, 1);
    assert.ok(back !== undefined);
    await scene.press(back, 'Approve and run');
    await carryOut(scene, 2);
    assert.match(back.card.in('en').summary, /^Rolled back/);
    assert.ok(!titlesOn(back.card).includes('Roll back'), 'there is no way back from a way back');
  });

  test('checks again below, and keeps its proof', async (t) => {
    const { scene, shown } = await done(t);
    const before = shown.card;
    await scene.press(shown, 'Check again');
    assert.equal(shown.card, before);
    assert.match(scene.messages.at(-1)?.card.in('en').summary ?? '', /^Healthy/);
  });
});

test('Roll back while another change is under way says so, and plans nothing', async (t) => {
  const scene = await startDesk(t);
  const first = cardIn(await scene.say('check wsus01'));
  await scene.press(first, 'Approve and run');
  await carryOut(scene);
  scene.write(oldFile);
  const second = cardIn(await scene.say('check wsus01'));
  await scene.press(second, 'Approve and run');
  const { text } = await scene.press(first, 'Roll back');
  assert.match(text ?? '', /Change 2 holds wsus01 since .*Wait until it ends/);
  assert.equal(scene.messages.length, 2);
});

test('the approver who asks for the way back in a group is not told of it in the own chat', async (t) => {
  const scene = await startDesk(t);
  await scene.say('help', approver, personal('approver chat'));
  const shown = cardIn(await scene.say('check wsus01', approver, group('g')));
  await scene.press(await reviewed(scene, shown), 'Approve and run');
  await carryOut(scene);
  await scene.press(shown, 'Roll back');
  assert.deepEqual(
    scene.messages.map(({ posted }) => posted.where.conversationId),
    ['approver chat', 'g', 'g'],
  );
});

test('a message that shows something else by now is not overwritten by the plan that it showed', async (t) => {
  const scene = await startDesk(t, { world: { file: newFile } });
  scene.world.writtenAt = '2026-11-25T01:30:00.000Z';
  const shown = cardIn(await scene.say('check wsus01'));
  const verdict = shown.card;
  await scene.press(shown, 'Plan the restart');
  const plan = shown.card;
  assert.match(plan.in('en').summary, /^Needs approval/);
  shown.card = verdict;
  await scene.press(shown, 'Check again');
  assert.match(shown.card.in('en').summary, /^Raised, not active/);
  const { id } = await changeOf(scene);
  scene.world.now = minutes(61);
  await expireDue(scene.desk.database, scene.desk.now());
  await showChange(scene.desk, id);
  assert.match(shown.card.in('en').summary, /^Raised, not active/);
});

describe('a change whose state is unknown', () => {
  const lost = async (t: Parameters<typeof startDesk>[0]) => {
    const scene = await startDesk(t);
    const shown = cardIn(await scene.say('check wsus01'));
    await scene.press(shown, 'Approve and run');
    const { report } = scene.server;
    scene.server.apply = async () => {
      scene.server.report = () => Promise.reject(remoteError('not-sent', 'remote.unreachable'));
      throw remoteError('unknown');
    };
    await carryOut(scene);
    assert.match(shown.card.in('en').summary, /^State unknown/);
    return { scene, shown, back: () => (scene.server.report = report) };
  };

  test('is settled by a look that finds out that nothing was done', async (t) => {
    const { scene, shown, back } = await lost(t);
    back();
    const { text } = await scene.press(shown, 'Look again');
    assert.match(text ?? '', /read/);
    assert.match(shown.card.in('en').summary, /^Failed/);
    assert.match(wordsOn(shown.card), /not changed/);
    assert.equal((await changeOf(scene)).result?.kind, 'not-done');
  });

  test('is settled by a look that finds the new file', async (t) => {
    const { scene, shown, back } = await lost(t);
    back();
    scene.write(newFile);
    await scene.press(shown, 'Look again');
    assert.equal((await changeOf(scene)).result?.kind, 'not-active');
  });

  test('stays unknown while the server is silent', async (t) => {
    const { scene, shown } = await lost(t);
    const since = (await changeOf(scene)).endedAt;
    scene.world.now = minutes(50);
    await scene.press(shown, 'Look again');
    assert.match(shown.card.in('en').summary, /^State unknown/);
    assert.deepEqual((await changeOf(scene)).endedAt, since);
  });

  test('is not looked at for a person who may not have servers read', async (t) => {
    const { scene, shown, back } = await lost(t);
    back();
    scene.events.length = 0;
    (scene.desk.config.policy as { requesters: unknown }).requesters = [];
    const { text } = await scene.press(shown, 'Look again', { who: stranger });
    assert.match(text ?? '', /may not check/i);
    assert.deepEqual(scene.events, []);
  });

  test('is taken over by an approver, and by nobody else', async (t) => {
    const { scene, shown } = await lost(t);
    const { text } = await scene.press(shown, 'Take over', { who: stranger });
    assert.match(text ?? '', /may not approve/i);
    await scene.press(shown, 'Take over');
    assert.match(shown.card.in('en').summary, /^Taken over/);
    assert.match(wordsOn(shown.card), /Alex Wilber/);
    assert.equal((await changeOf(scene)).state, 'taken-over');
  });

  test('that was taken over is not settled by a press on its old card', async (t) => {
    const { scene, shown, back } = await lost(t);
    back();
    const unknown = shown.card;
    await scene.press(shown, 'Take over');
    shown.card = unknown;
    scene.events.length = 0;
    await scene.press(shown, 'Look again');
    assert.match(shown.card.in('en').summary, /^Taken over/);
    assert.deepEqual(scene.events, [], 'no server is read for it');
  });

  const wayBack = async (t: Parameters<typeof startDesk>[0]) => {
    const found = await lost(t);
    const { scene, shown } = found;
    await scene.press(shown, 'Restore');
    const plan = scene.messages.at(-1);
    assert.ok(plan !== undefined);
    const unknown = shown.card;
    await scene.press(plan, 'Approve and run');
    const first = await changeOf(scene);
    await showChange(scene.desk, first.id);
    return { ...found, plan, unknown };
  };

  test('shows who answered it when its way back is let go, and decides on nothing any more', async (t) => {
    const { scene, shown } = await wayBack(t);
    assert.match(shown.card.in('en').summary, /^Answered: wsus01\. Answered by change 2/);
    assert.match(
      wordsOn(shown.card),
      /Contact lost during.*Change 2\. Asked by Alex Wilber, approved by Alex/s,
    );
    assert.deepEqual(titlesOn(shown.card), ['Show change 2', 'Check again']);
    await scene.press(shown, 'Show change 2');
    assert.match(scene.messages.at(-1)?.card.in('en').summary ?? '', /^(Running|Rolling back)/);
    assert.match(wordsOn(cardIn(await scene.say('history wsus01')).card), /Answered/);
  });

  for (const late of ['Look again', 'Restore', 'Take over']) {
    test(`that has its answer says so to a press of ${late} on its old card`, async (t) => {
      const { scene, shown, unknown } = await wayBack(t);
      shown.card = unknown;
      const posted = scene.messages.length;
      const { card } = await scene.press(shown, late);
      assert.match(card?.in('en').summary ?? '', /^Answered/);
      assert.match(shown.card.in('en').summary, /^Answered/);
      assert.equal(scene.messages.length, posted, 'nothing new is planned');
      assert.equal((await changeOf(scene)).state, 'unknown');
    });
  }

  test('asks again when its way back ended before it wrote, since the server was still silent', async (t) => {
    const { scene, shown, plan, back } = await wayBack(t);
    await carryOut(scene, 2);
    await showChange(scene.desk, (await changeOf(scene)).id);
    assert.match(plan.card.in('en').summary, /^Failed/);
    assert.match(shown.card.in('en').summary, /^State unknown/);
    assert.deepEqual(titlesOn(shown.card), ['Look again', 'Restore', 'Take over']);
    back();
    await scene.press(shown, 'Look again');
    assert.match(shown.card.in('en').summary, /^Failed/);
    assert.equal((await changeOf(scene)).result?.kind, 'not-done');
  });

  test('can be restored by a plan of its own', async (t) => {
    const { scene, shown } = await lost(t);
    await scene.press(shown, 'Restore');
    assert.match(scene.messages.at(-1)?.card.in('en').summary ?? '', /^Needs approval/);
    assert.equal((await changeOf(scene, 2)).kind, 'roll-back');
  });
});

test('one chat that is gone does not keep the others from the truth', async (t) => {
  const scene = await startDesk(t);
  await scene.say('help', approver, personal('approver chat'));
  const waiting = cardIn(await scene.say('check wsus01', requester, personal('requester chat')));
  const told = scene.messages.at(-1);
  assert.ok(told !== undefined);
  const { chat } = scene.desk;
  const { replace } = chat;
  chat.replace = (posted, card) =>
    posted.where.conversationId === 'requester chat'
      ? Promise.reject(new Error('gone'))
      : replace(posted, card);
  await scene.press(told, 'Approve and run');
  await carryOut(scene);
  assert.match(told.card.in('en').summary, /^Done and proven/);
  assert.match(waiting.card.in('en').summary, /^Waiting/);
  assert.ok(scene.troubles.length > 0);
});
