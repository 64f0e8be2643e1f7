import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answerExtension } from '../../../bot/conversation/answer-extension.ts';
import type { ExtensionAsk } from '../../../bot/conversation/chat.ts';
import type { Card } from '../../../cards/card.ts';
import { mostInWindow } from '../../../cards/diagnose-window.ts';
import { problemsOfCard } from '../../kit/card-problems.ts';
import { buttonsOf, nodesOf } from '../../kit/card-reader.ts';
import { approver, requester } from '../changes/sample-change.ts';
import { serverLine } from '../diagnosis/samples.ts';
import { type DeskScene, startDesk, wordsOn } from './desk-scene.ts';

const personalChat = 'https://teams.microsoft.com/l/chat/0/0?users=28:dddddddd-0000-4000-8000-00000000000d';

const reply = ({ desk }: DeskScene, asked: Partial<ExtensionAsk>) =>
  answerExtension(desk, {
    wants: 'answer',
    text: '',
    quoted: '',
    namesFile: false,
    personalChat,
    who: requester,
    zone: 'Europe/Berlin',
    ...asked,
  });
const windowOf = (scene: DeskScene, asked: Partial<ExtensionAsk>): Card => {
  const answer = reply(scene, asked);
  assert.ok('window' in answer);
  return answer.window.card;
};
const submits = (card: Card) =>
  nodesOf(card.in('en').json)
    .filter(({ type }) => type === 'Action.Submit')
    .map(({ title, data }) => ({ title, data }));

describe('the message extension', () => {
  test('opens a form where there is no message', async (t) => {
    const card = windowOf(await startDesk(t), { wants: 'form' });
    assert.ok(
      nodesOf(card.in('en').json).some(
        ({ type, isMultiline }) => type === 'Input.Text' && isMultiline === true,
      ),
    );
    assert.deepEqual(submits(card), [{ title: 'Diagnose', data: { wants: 'answer' } }]);
  });

  for (const [what, text, words] of [
    ['a cause', serverLine(), /Cause found|limit is too low/],
    ['too little', 'we see 80244007', /does not name the cause/],
    ['a log without a fault', '2026-11-24 21:40:12.345 UTC\tInfo\tw3wp.1\tx', /No fault found/],
    ['talk', 'see you at nine', /No fault found/],
  ] as const) {
    test(`shows the answer to ${what} to one person, with nothing to press that needs a member`, async (t) => {
      const scene = await startDesk(t);
      const card = windowOf(scene, { text });
      assert.match(wordsOn(card), words);
      assert.deepEqual(buttonsOf({ ...card.in('en').json }), []);
      assert.deepEqual(submits(card), [{ title: 'Post here', data: { wants: 'insert', text } }]);
      const answer = reply(scene, { wants: 'insert', text });
      assert.ok('insert' in answer);
      assert.match(wordsOn(answer.insert), words);
      assert.deepEqual([...buttonsOf({ ...answer.insert.in('en').json }), ...submits(answer.insert)], []);
      assert.deepEqual(
        [card, answer.insert].flatMap((one) => problemsOfCard(one.in('en').json)),
        [],
      );
    });
  }

  test('leads to the chat with the bot for a check, and names the server', async (t) => {
    const card = windowOf(await startDesk(t), { text: serverLine() });
    assert.match(wordsOn(card), /In our chat, type check and wsus01/);
    assert.ok(nodesOf(card.in('en').json).some(({ url }) => url === personalChat));
  });

  test('says so without an address where the bot has none', async (t) => {
    const card = windowOf(await startDesk(t), {
      text: serverLine({ host: 'x.example' }),
      personalChat: undefined,
    });
    assert.match(wordsOn(card), /In our chat, type check and its name/);
  });

  test('reads what a message quotes when its own words hold no log', async (t) => {
    const scene = await startDesk(t);
    const card = windowOf(scene, { text: 'look at this', quoted: serverLine() });
    assert.match(card.in('en').summary, /^Cause found/);
    const post = submits(card)[0]?.data as { text: string };
    const answer = reply(scene, { wants: 'insert', text: post.text });
    assert.ok('insert' in answer);
    assert.match(answer.insert.in('en').summary, /^Cause found/);
  });

  test('hands on no text that is too long for its window, and shows the answer all the same', async (t) => {
    const text = `${serverLine()}\n`.repeat(Math.ceil(mostInWindow / serverLine().length));
    const card = windowOf(await startDesk(t), { text });
    assert.match(card.in('en').summary, /^Cause found/);
    assert.deepEqual(submits(card), [{ title: 'Post here', data: { wants: 'insert' } }]);
  });

  test('stays below what Teams takes with the longest text that it hands on', async (t) => {
    const line = `${serverLine()}\n`;
    const text = line.repeat(Math.floor(mostInWindow / line.length));
    const { json } = windowOf(await startDesk(t), { text }).in('en');
    assert.ok(Buffer.byteLength(JSON.stringify(json), 'utf16le') < 80 * 1024);
  });

  for (const [what, asked, words] of [
    ['a text over the cap', { text: 'x'.repeat(100_001) }, /too long.*as a file/s],
    ['a file', { namesFile: true }, /Files do not reach me here.*Send me the file/s],
    ['a message without words', {}, /no text that I can read/],
  ] as const) {
    test(`says of ${what} what to do instead`, async (t) => {
      const card = windowOf(await startDesk(t), asked);
      assert.match(wordsOn(card), words);
      assert.ok(nodesOf(card.in('en').json).some(({ url }) => url === personalChat));
      assert.deepEqual(submits(card), []);
    });
  }

  test('needs neither store nor directory nor a server', async (t) => {
    const scene = await startDesk(t);
    await scene.desk.database.destroy();
    const nobody = () => assert.fail('nobody is asked');
    const desk = { ...scene.desk, directory: { groupsOf: nobody }, server: nobody, freezeState: nobody };
    const answer = answerExtension(desk, {
      wants: 'answer',
      text: serverLine(),
      quoted: '',
      namesFile: false,
      personalChat,
      who: approver,
      zone: undefined,
    });
    assert.ok('window' in answer);
  });
});
