import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chatCommands } from '../../../cards/chat-commands.ts';
import { english } from '../../../manifest/app-texts.ts';
import { buildManifest } from '../../../manifest/build-manifest.ts';
import { sampleInput } from '../../manifest/sample-input.ts';
import { approver } from '../changes/sample-change.ts';
import { channel, type DeskScene, group, personal, startDesk } from './desk-scene.ts';

const menus = buildManifest(sampleInput, english).bots.flatMap(({ commandLists }) => commandLists);

/** The chats in which Teams shows a list, by its scope. */
const placesOf = { personal, groupChat: group, team: channel } as const;
const isScope = (scope: string): scope is keyof typeof placesOf => scope in placesOf;

/** What a menu puts into a message, alone or as its example shows. */
const messagesOf = (title: string): readonly string[] => {
  const example = chatCommands.find(({ name }) => name === title)?.example;
  return example === undefined ? [title] : [title, example];
};

for (const { scopes, commands } of menus) {
  for (const scope of scopes) {
    for (const text of commands.flatMap(({ title }) => messagesOf(title))) {
      // Behind `diagnose` everything is read.
      if (text === 'diagnose') continue;
      test(`"${text}" from the menu is understood where the scope is ${scope}`, async (t) => {
        assert.ok(isScope(scope));
        const where = placesOf[scope]('here');
        const answerTo = async (scene: DeskScene, words: string) =>
          (await scene.say(words, approver, where)).shown?.card.in('en').summary;
        const scene = await startDesk(t);
        const notUnderstood = await answerTo(scene, 'gibberish');
        const answer = await answerTo(scene, text);
        assert.notEqual(answer, undefined);
        assert.notEqual(answer, notUnderstood);
      });
    }
  }
}

test('what a command does is said in a line that a menu shows whole', () => {
  for (const { name, does, example = '' } of chatCommands) {
    assert.match(name, /^[a-z]+$/);
    assert.ok(does.length <= 80, does);
    assert.ok(example === '' || example.startsWith(`${name} `), example);
  }
});
