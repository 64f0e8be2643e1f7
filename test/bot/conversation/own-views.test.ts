import assert from 'node:assert/strict';
import { test } from 'node:test';
import { approver, requester } from '../changes/sample-change.ts';
import { cardIn, group, personal, startDesk, stranger, titlesOn } from './desk-scene.ts';

test('in a group the card is the same for all, also when an approver asks, and has no button that decides', async (t) => {
  const { say } = await startDesk(t);
  const { card } = cardIn(await say('check wsus01', approver, group('g')));
  assert.match(card.in('en').summary, /^Waiting for approval/);
  assert.deepEqual(
    titlesOn(card).filter((title) => /Approve|Decline|Withdraw/.test(title)),
    [],
  );
  assert.ok(titlesOn(card).includes('Review'));
});

test('clients of those who may decide and of who asked may ask for a card of their own, where they are known', async (t) => {
  const { say } = await startDesk(t);
  await say('help', approver, personal('of the approver'));
  await say('help', stranger, personal('of a stranger'));
  const { card } = cardIn(await say('check wsus01', requester, group('g')));
  assert.equal(card.ownViews?.addresses.length, 1);
  await say('help', requester, personal('of the requester'));
  const again = cardIn(await say('check wsus01', requester, group('h')));
  assert.equal(again.card.ownViews?.addresses.length, 2);
});

test('a person’s own card has the buttons of that person, and every other one keeps the card of all', async (t) => {
  const scene = await startDesk(t, { policy: { fourEyes: true } });
  await scene.say('help', approver, personal('of the approver'));
  const shown = cardIn(await scene.say('check wsus01', requester, group('g')));
  const ofAll = shown.card;
  const viewOf = async (who: typeof approver) =>
    (await scene.pressToken(ofAll.ownViews?.token ?? '', shown, { who })).card;
  assert.ok(titlesOn((await viewOf(approver)) ?? ofAll).includes('Approve and run'));
  assert.deepEqual(titlesOn((await viewOf(requester)) ?? ofAll), ['Withdraw']);
  assert.ok(!titlesOn((await viewOf(stranger)) ?? ofAll).some((title) => /Approve|Withdraw/.test(title)));
  assert.equal(shown.card, ofAll);
});

test('the view that is asked for late shows where the change is by then', async (t) => {
  const scene = await startDesk(t);
  await scene.say('help', approver, personal('of the approver'));
  const shown = cardIn(await scene.say('check wsus01', approver, group('g')));
  const token = shown.card.ownViews?.token ?? '';
  const own = (await scene.pressToken(token, shown)).card;
  assert.ok(own !== undefined);
  await scene.press({ ...shown, card: own }, 'Approve and run');
  assert.match((await scene.pressToken(token, shown)).card?.in('en').summary ?? '', /^Running/);
});

test('a personal chat needs no second view', async (t) => {
  const { say } = await startDesk(t);
  assert.equal(cardIn(await say('check wsus01', approver)).card.ownViews, undefined);
});
