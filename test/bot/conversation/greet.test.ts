import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answer } from '../../../bot/conversation/answer.ts';
import { notifiedPlaces } from '../../../bot/store/notified.ts';
import { personalChats } from '../../../bot/store/people.ts';
import { approver, requester } from '../changes/sample-change.ts';
import { cardIn, type DeskScene, group, personal, startDesk, stranger, wordsOn } from './desk-scene.ts';

const remove = (scene: DeskScene, where = personal('a')) =>
  answer(scene.desk, scene.runtime, {
    kind: 'removed',
    installation: where.conversationId,
    who: approver,
    where,
    zone: undefined,
  });

describe('the bot comes into a chat', () => {
  for (const [who, words] of [
    [approver, /You may approve changes/],
    [requester, /You may read every server and ask for a change/],
  ] as const) {
    test(`and tells ${who.name} what they may do`, async (t) => {
      const scene = await startDesk(t);
      assert.match(wordsOn(cardIn(await scene.install(who)).card), words);
    });
  }

  test('and tells one who may do nothing whom to ask', async (t) => {
    const scene = await startDesk(t, { policy: { requesters: [] } });
    const words = wordsOn(cardIn(await scene.install(stranger)).card);
    assert.match(words, /You may ask what a log means/);
    assert.match(words, /Alex Wilber/);
  });

  test('and says it once, however often it is told', async (t) => {
    const scene = await startDesk(t);
    await Promise.all([scene.install(), scene.install(), scene.install()]);
    await scene.install();
    assert.equal(scene.messages.length, 1);
  });

  test('and greets several people shortly, without a list of what one of them may do', async (t) => {
    const scene = await startDesk(t);
    const words = wordsOn(cardIn(await scene.install(approver, group('g'))).card);
    assert.match(words, /Mention me/);
    assert.doesNotMatch(words, /You may/);
  });

  test('and greets again after it was taken out', async (t) => {
    const scene = await startDesk(t);
    await scene.install();
    await remove(scene);
    await scene.install();
    assert.equal(scene.messages.length, 2);
  });
});

describe('the bot is taken out of a chat', () => {
  test('and says nothing, and tells nobody anything there any more', async (t) => {
    const scene = await startDesk(t);
    await scene.install();
    await scene.say('notify here');
    const before = scene.messages.length;
    assert.deepEqual(await remove(scene), {});
    assert.equal(scene.messages.length, before);
    assert.deepEqual(await notifiedPlaces(scene.desk.database), []);
    assert.deepEqual(await personalChats(scene.desk.database), []);
  });

  test('and the other chats stay', async (t) => {
    const scene = await startDesk(t);
    await scene.say('notify here', approver, group('g'));
    await scene.say('hello', approver, personal('b'));
    await remove(scene, personal('a'));
    assert.equal((await notifiedPlaces(scene.desk.database)).length, 1);
    assert.equal((await personalChats(scene.desk.database)).length, 1);
  });

  test('also where its coming was never heard of, and is greeted with when it comes', async (t) => {
    const scene = await startDesk(t);
    await remove(scene);
    await remove(scene);
    await scene.install();
    assert.equal(scene.messages.length, 1);
  });
});
