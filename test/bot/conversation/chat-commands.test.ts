import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chatCommands } from '../../../cards/chat-commands.ts';
import { startDesk } from './desk-scene.ts';

/** What a menu puts into a message, alone or as its example shows: the bot must have an answer of its own for each. */
const fromMenus = chatCommands.filter(({ name }) => name !== 'diagnose');

for (const { name, example = name } of fromMenus) {
  for (const text of new Set([name, example])) {
    test(`"${text}" is understood`, async (t) => {
      const scene = await startDesk(t);
      const answerTo = async (words: string) => (await scene.say(words)).shown?.card.summary;
      const notUnderstood = await answerTo('gibberish');
      const answer = await answerTo(text);
      assert.notEqual(answer, undefined);
      assert.notEqual(answer, notUnderstood);
    });
  }
}

test('what a command does is said in a line that a menu shows whole', () => {
  for (const { name, does, example = '' } of chatCommands) {
    assert.match(name, /^[a-z]+$/);
    assert.ok(does.length <= 80, does);
    assert.ok(example === '' || example.startsWith(`${name} `), example);
  }
});
