import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PluginTransformQueryArgs } from 'kysely';
import { answer } from '../../../bot/conversation/answer.ts';
import type { Desk } from '../../../bot/conversation/desk.ts';
import { findChange } from '../../../bot/store/read-change.ts';
import { buttonsOf } from '../../kit/card-reader.ts';
import { approver } from '../changes/sample-change.ts';
import { cardIn, startDesk, wordsOn } from './desk-scene.ts';

const hours = (count: number) => count * 3_600_000;

/** The same desk, with what it asks of the store written down. */
const listened = (desk: Desk) => {
  const asked: string[] = [];
  const database = desk.database.withPlugin({
    transformQuery: ({ node }: PluginTransformQueryArgs) => {
      asked.push(node.kind);
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  return { desk: { ...desk, database }, asked };
};

test('a press that comes when another one has let the change run reads it once, and writes nothing', async (t) => {
  const scene = await startDesk(t);
  const plan = cardIn(await scene.say('check wsus01'));
  const [approve] = buttonsOf({ ...plan.card.in('en').json });
  assert.ok(approve !== undefined);
  await scene.press(plan, 'Approve and run');
  const { desk, asked } = listened(scene.desk);
  const { where, messageId } = plan.posted;
  const reply = await answer(desk, scene.runtime, {
    kind: 'press',
    token: approve.token,
    inputs: {},
    who: approver,
    where,
    cardId: messageId,
    zone: undefined,
  });
  await reply.afterwards?.(plan.posted);
  assert.match(reply.card?.in('en').summary ?? '', /^Running/);
  assert.equal(reply.privately, true);
  // The person, the button's action, the change with its decisions and steps, the button of the card.
  assert.deepEqual(
    asked,
    Array.from({ length: 6 }, () => 'SelectQueryNode'),
  );
});

test('a press on a plan whose time is over ends it, and is answered with that', async (t) => {
  const scene = await startDesk(t);
  const plan = cardIn(await scene.say('check wsus01'));
  scene.world.now = new Date(scene.world.now.getTime() + hours(2));
  const { card } = await scene.press(plan, 'Approve and run');
  assert.match(card?.in('en').summary ?? '', /^Expired/);
  const { id } = await scene.desk.database.selectFrom('changes').select('id').executeTakeFirstOrThrow();
  assert.equal((await findChange(scene.desk.database, id))?.state, 'expired');
  assert.match(wordsOn(plan.card), /[Ee]xpired/);
});
