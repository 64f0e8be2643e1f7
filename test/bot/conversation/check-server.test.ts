import assert from 'node:assert/strict';
import { test } from 'node:test';
import { approver, requester } from '../changes/sample-change.ts';
import { cardIn, personal, startDesk, wordsOn } from './desk-scene.ts';

test('a defect while a server is read leaves no card that reads for ever', async (t) => {
  const scene = await startDesk(t);
  Object.assign(scene.server, { report: () => Promise.reject(new TypeError('a defect')) });
  const { card } = cardIn(await scene.say('check wsus01'));
  assert.match(wordsOn(card), /Reading broke off/);
  assert.match(wordsOn(card), /Nothing was changed/);
  assert.equal(scene.troubles.length, 1);
});

test('a plan goes to the chats of those who may approve, unless the person who asked may', async (t) => {
  const scene = await startDesk(t);
  await scene.say('help', approver, personal('of the approver'));
  await scene.say('check wsus01', requester, personal('of the requester'));
  const told = () =>
    scene.messages.filter(({ posted }) => posted.where.conversationId.includes('approver')).length;
  assert.equal(told(), 2);
  await scene.say('check wsus01', approver, personal('of another chat'));
  assert.equal(told(), 2);
});
