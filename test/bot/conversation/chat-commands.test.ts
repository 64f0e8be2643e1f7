import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chatCommands } from '../../../cards/chat-commands.ts';
import { startDesk } from './desk-scene.ts';

/** What the menu of a personal chat puts into a message, alone or as its example shows. Behind `diagnose` everything is read. */
const fromMenu = chatCommands.filter(({ name, forChatsOfMany }) => name !== 'diagnose' && !forChatsOfMany);

for (const { name, example = name } of fromMenu) {
  for (const text of new Set([name, example])) {
    test(`"${text}" is understood`, async (t) => {
      const scene = await startDesk(t);
      const answerTo = async (words: string) => (await scene.say(words)).shown?.card.in('en').summary;
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
