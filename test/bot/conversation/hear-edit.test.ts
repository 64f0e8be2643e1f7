import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { approver, requester } from '../changes/sample-change.ts';
import { serverLine } from '../diagnosis/samples.ts';
import { cardIn, type DeskScene, personal, startDesk, wordsOn } from './desk-scene.ts';

/** Of a server that is not in the inventory. */
const faultLine = serverLine({ host: 'elsewhere.example' });
const code = 'The clients show 80244007, what now?';
const sent = { messageId: '1' };
const edit = { messageId: '1', isEdit: true };
const say = (scene: DeskScene, text: string, more: object, who = requester) =>
  scene.say(text, who, personal('a'), more);

describe('an edited message', () => {
  test('is answered in the place of its answer', async (t) => {
    const scene = await startDesk(t);
    const { posted } = cardIn(await say(scene, code, sent));
    assert.match(scene.messages[0]?.card.in('en').summary ?? '', /^Not enough evidence/);
    await say(scene, faultLine, edit);
    assert.equal(scene.messages.length, 1);
    assert.equal(scene.messages[0]?.posted.messageId, posted.messageId);
    assert.match(scene.messages[0]?.card.in('en').summary ?? '', /^Cause found/);
  });

  test('and edited again has its newest answer', async (t) => {
    const scene = await startDesk(t);
    await say(scene, code, sent);
    await say(scene, faultLine, edit);
    await say(scene, code, edit);
    assert.equal(scene.messages.length, 1);
    assert.match(scene.messages[0]?.card.in('en').summary ?? '', /^Not enough evidence/);
  });

  test('has a new answer where the one before is not known', async (t) => {
    const scene = await startDesk(t);
    const answered = cardIn(await say(scene, faultLine, edit));
    assert.match(answered.card.in('en').summary, /^Cause found/);
    await say(scene, code, edit);
    assert.match(answered.card.in('en').summary, /^Not enough evidence/);
    assert.equal(scene.messages.length, 1);
  });

  test('that says the same as before gets nothing', async (t) => {
    const scene = await startDesk(t);
    for (const text of [code, 'check wsus01']) {
      const before = await say(scene, text, { messageId: text });
      const versions = scene.messages.flatMap((message) => message.versions).length;
      assert.ok(before.shown !== undefined);
      const again = await say(scene, text, { messageId: text, isEdit: true });
      assert.deepEqual([again.shown, again.text], [undefined, undefined]);
      assert.equal(scene.messages.flatMap((message) => message.versions).length, versions);
    }
  });

  test('of another person with the same id is another message', async (t) => {
    const scene = await startDesk(t);
    await say(scene, code, sent);
    await say(scene, faultLine, edit, approver);
    assert.equal(scene.messages.length, 2);
  });

  test('reads no server, also where a cause would lead on to a check', async (t) => {
    const scene = await startDesk(t);
    const line = serverLine();
    const fresh = await say(scene, line, { messageId: '2' });
    assert.match(cardIn(fresh).card.in('en').summary, /I am reading wsus01/);
    const before = scene.messages.length;
    await say(scene, line, edit);
    assert.equal(scene.messages.length, before + 1);
    assert.doesNotMatch(scene.messages.at(-1)?.card.in('en').summary ?? '', /I am reading/);
  });

  test('that is chat between people gets no answer', async (t) => {
    const scene = await startDesk(t);
    assert.equal((await say(scene, 'see you at nine then', edit)).shown, undefined);
  });

  test('reads what it quotes', async (t) => {
    const scene = await startDesk(t);
    const { card } = await say(scene, 'and this?', { ...edit, quoted: faultLine });
    assert.match(card?.in('en').summary ?? '', /^Cause found/);
  });

  test('that is one part of a longer text leaves the answer to all of it', async (t) => {
    const scene = await startDesk(t);
    await say(scene, code, { messageId: '1' });
    await say(scene, `more of it: 80244007\n${code}`, { messageId: '2' });
    const all = scene.messages[0];
    const shown = all?.card;
    await say(scene, faultLine, edit);
    assert.equal(all?.card, shown);
    assert.match(scene.messages.at(-1)?.card.in('en').summary ?? '', /^Cause found/);
  });
});

describe('a command in an edited message', () => {
  for (const command of [
    'check wsus01',
    'CHECK WSUS01',
    'servers',
    'fix wsus01',
    'freeze Year end, nothing moves',
    'thaw',
    'unlock wsus01 it is done by hand',
    'notify here',
    'locks',
    'whoami',
    'history',
  ]) {
    test(`(${command}) is not carried out, and the person is told`, async (t) => {
      const scene = await startDesk(t);
      const { card } = await say(scene, command, edit, approver);
      assert.match(wordsOn(card ?? assert.fail('a card')), /no command from an edited message.*new message/s);
      assert.equal(scene.messages.length, 1);
      assert.deepEqual(await scene.desk.freezeState(), { kind: 'none' });
    });
  }

  test('whose first version was carried out does not run it twice', async (t) => {
    const scene = await startDesk(t);
    await say(scene, 'freeze Year end, nothing moves', sent, approver);
    await say(scene, 'thaw', { messageId: '2' }, approver);
    await say(scene, 'freeze Year end, nothing moves!', edit, approver);
    assert.deepEqual(await scene.desk.freezeState(), { kind: 'none' });
  });
});

test('a command in a quote is never carried out', async (t) => {
  const scene = await startDesk(t);
  for (const quoted of ['freeze Year end, nothing moves', 'check wsus01', 'notify here']) {
    for (const text of ['', 'is that right?']) {
      const { card } = await scene.say(text, approver, personal('a'), { quoted });
      assert.match(card?.in('en').summary ?? '', /^Help/);
    }
  }
  assert.deepEqual(await scene.desk.freezeState(), { kind: 'none' });
});
