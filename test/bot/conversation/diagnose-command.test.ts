import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutDiagnose } from '../../../bot/conversation/diagnose-command.ts';
import { approver } from '../changes/sample-change.ts';
import { articleServer } from '../diagnosis/samples.ts';
import { personal, startDesk, wordsOn } from './desk-scene.ts';
import { said } from './said.ts';

for (const [text, behind] of [
  ['diagnose 2026-11-24 line', '2026-11-24 line'],
  ['Diagnose:\n\n one\n two', 'one\n two'],
  [' diagnose : x', 'x'],
  ['diagnose', 'diagnose'],
  ['diagnose \n', 'diagnose \n'],
  ['diagnosed x', 'diagnosed x'],
  ['please diagnose x', 'please diagnose x'],
  ['', ''],
] as const) {
  test(`of ${JSON.stringify(text)} ${JSON.stringify(behind)} is read`, () => {
    assert.equal(withoutDiagnose(said(text, approver, personal('a'))).text, behind);
  });
}

test('lines behind diagnose are read as the lines alone are', async (t) => {
  const answerTo = async (text: string) => {
    const { shown } = await (await startDesk(t)).say(text);
    assert.ok(shown !== undefined);
    return wordsOn(shown.card);
  };
  assert.equal(await answerTo(`diagnose ${articleServer}`), await answerTo(articleServer));
});

test('a command behind diagnose is not carried out', async (t) => {
  const scene = await startDesk(t);
  await scene.say('diagnose freeze Year end, nothing moves');
  assert.equal((await scene.desk.freezeState()).kind, 'none');
});
