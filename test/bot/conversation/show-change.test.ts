import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { showChange } from '../../../bot/conversation/show-change.ts';
import { SendError } from '../../../bot/sending/send-error.ts';
import { changesBehind } from '../../../bot/store/card-claim.ts';
import { claim, journalStep } from '../../../bot/store/lease.ts';
import { cardsOf } from '../../../bot/store/posted.ts';
import { changeIdsIn } from '../../../bot/store/read-change.ts';
import { approver } from '../changes/sample-change.ts';
import { minutes } from '../store/sample-store.ts';
import { cardIn, startDesk } from './desk-scene.ts';

/** A change that runs, with one card that shows that it was approved. */
const runningChange = async (t: TestContext) => {
  const scene = await startDesk(t);
  const shown = cardIn(await scene.say('check wsus01', approver));
  await scene.press(shown, 'Approve and run');
  const { database } = scene.desk;
  const [id = ''] = await changeIdsIn(database, 'approved');
  const lease = await claim(database, id, 'one', scene.desk.now(), minutes(600));
  assert.ok(lease !== undefined);
  const step = (name: 'read' | 'backup') =>
    journalStep(database, lease, name, 'started', scene.desk.now(), undefined);
  const later = (milliseconds: number) => {
    scene.world.now = new Date(scene.world.now.getTime() + milliseconds);
  };
  return { scene, shown, id, step, later };
};

const gate = () => {
  let open = () => {};
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
};

test('a card that shows what is true is left alone', async (t) => {
  const { scene, shown, id } = await runningChange(t);
  await showChange(scene.desk, id);
  const { length } = shown.versions;
  await showChange(scene.desk, id);
  assert.equal(shown.versions.length, length);
});

test('of two replicas that show a change at one moment one replaces the card', async (t) => {
  const { scene, shown, id, step } = await runningChange(t);
  await showChange(scene.desk, id);
  const { length } = shown.versions;
  await step('read');
  await Promise.all([showChange(scene.desk, id), showChange({ ...scene.desk }, id)]);
  assert.equal(shown.versions.length, length + 1);
});

test('a replica that was held up while it replaced a card does not leave the older state there', async (t) => {
  const { scene, shown, id, step, later } = await runningChange(t);
  const sent = gate();
  const goOn = gate();
  const { replace } = scene.desk.chat;
  const slow = {
    ...scene.desk,
    chat: {
      ...scene.desk.chat,
      replace: async (...args: Parameters<typeof replace>) => {
        sent.open();
        await goOn.passed;
        await replace(...args);
      },
    },
  };
  const showing = showChange(slow, id);
  await sent.passed;
  await step('read');
  later(31_000);
  await showChange(scene.desk, id);
  const newest = shown.card;
  goOn.open();
  await showing;
  assert.notDeepEqual(shown.card.in('en').json, newest.in('en').json, 'the older state came last');
  assert.deepEqual(await changesBehind(scene.desk.database, scene.desk.now()), [id]);
  await showChange(scene.desk, id);
  assert.equal(shown.card.in('en').summary, newest.in('en').summary);
  assert.deepEqual(await changesBehind(scene.desk.database, scene.desk.now()), []);
});

test('a replica that lost the right to a card before it sent does not send', async (t) => {
  const { scene, shown, id, later } = await runningChange(t);
  const { length } = shown.versions;
  const { randomToken } = scene.desk;
  await showChange(
    {
      ...scene.desk,
      randomToken: () => {
        later(31_000);
        return randomToken();
      },
    },
    id,
  );
  assert.equal(shown.versions.length, length);
  await showChange(scene.desk, id);
  assert.equal(shown.versions.length, length + 1);
});

test('a chat that fails is tried again after growing rests, and then shows what is true by then', async (t) => {
  const { scene, shown, id, later } = await runningChange(t);
  const { chat } = scene.desk;
  const { replace } = chat;
  let tries = 0;
  chat.replace = async () => {
    tries++;
    throw new Error('503');
  };
  const behind = async () => (await changesBehind(scene.desk.database, scene.desk.now())).length;
  const rests: number[] = [];
  for (let rest = 0; rests.length < 10; rest += 1_000) {
    if ((await behind()) > 0) {
      rests.push(rest);
      rest = 0;
      await showChange(scene.desk, id);
    }
    later(1_000);
  }
  assert.equal(tries, 10);
  assert.deepEqual(
    rests.slice(1, 9),
    [2, 4, 8, 16, 32, 64, 128, 256].map((seconds) => seconds * 1_000),
  );
  assert.equal(rests[9], 300_000);
  chat.replace = replace;
  later(300_000);
  await showChange(scene.desk, id);
  assert.match(shown.card.in('en').summary, /^Running/);
  assert.equal(await behind(), 0);
});

test('a chat that says it is closed is given up after five tries', async (t) => {
  const { scene, id, later } = await runningChange(t);
  let tries = 0;
  scene.desk.chat.replace = async () => {
    tries++;
    throw new SendError('send.closed', 'replacing a card', 'refused');
  };
  for (let turn = 0; turn < 20; turn++) {
    await showChange(scene.desk, id);
    later(300_000);
  }
  assert.equal(tries, 5);
  assert.deepEqual(await cardsOf(scene.desk.database, id), []);
});
