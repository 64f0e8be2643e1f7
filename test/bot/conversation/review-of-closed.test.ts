import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pressReview } from '../../../bot/conversation/press-approve.ts';
import { expireDue } from '../../../bot/store/queue.ts';
import { buttonsOf } from '../../kit/card-reader.ts';
import { requester } from '../changes/sample-change.ts';
import { cardIn, group, startDesk, stranger } from './desk-scene.ts';

const hours = (count: number) => count * 3_600_000;

test('Review of a batch that is over answers the one who pressed, and leaves the card of one change as it is', async (t) => {
  const scene = await startDesk(t);
  await scene.say('fix wsus01 wsus02', requester, group('team'));
  const shown = cardIn(await scene.say('check wsus01', requester, group('team')));
  const review = buttonsOf({ ...shown.card.in('en').json }).find(({ title }) => title === 'Review');
  assert.ok(review !== undefined);
  scene.world.now = new Date(scene.world.now.getTime() + hours(2));
  for (const id of await expireDue(scene.desk.database, scene.world.now)) scene.desk.onMoved(id);
  await scene.say('help');
  assert.match(shown.card.in('en').summary, /^Expired: wsus01/);
  const again = await scene.pressToken(review.token, shown, { who: stranger });
  assert.match(again.card?.in('en').summary ?? '', /batch/);
  assert.match(shown.card.in('en').summary, /^Expired: wsus01/);
});

test('Review of a plan that is closed answers the one who pressed; the card for all is brought up to date in its turn', async (t) => {
  const scene = await startDesk(t);
  const shown = cardIn(await scene.say('check wsus01', requester, group('team')));
  await expireDue(scene.desk.database, new Date(scene.world.now.getTime() + hours(2)));
  const moved: string[] = [];
  const desk = { ...scene.desk, onMoved: (id: string) => moved.push(id) };
  const change = await scene.desk.database.selectFrom('changes').select('id').executeTakeFirstOrThrow();
  const turn = { who: stranger, where: group('team'), zone: 'UTC' };
  const reply = await pressReview(desk, turn, change.id);
  assert.equal(reply.privately, true);
  await reply.afterwards?.(shown.posted);
  assert.deepEqual(moved, [change.id]);
});
