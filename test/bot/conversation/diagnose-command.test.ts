import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutDiagnose } from '../../../bot/conversation/diagnose-command.ts';
import { approver } from '../changes/sample-change.ts';
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
  const scene = await startDesk(t);
  const answerTo = async (text: string) => {
    const { shown } = await scene.say(text, approver, personal(text));
    return shown && wordsOn(shown.card);
  };
  const line = '2026-11-24 22:40:12:073 880 117c EP All is well';
  const answer = await answerTo(line);
  assert.match(answer ?? '', /1 line/);
  assert.equal(await answerTo(`diagnose ${line}`), answer);
});

test('a command behind diagnose is not carried out', async (t) => {
  const scene = await startDesk(t);
  await scene.say('diagnose freeze Year end, nothing moves');
  assert.equal((await scene.desk.freezeState()).kind, 'none');
});
