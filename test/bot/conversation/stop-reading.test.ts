import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { heedStops } from '../../../bot/conversation/stop-reading.ts';
import { stopRead } from '../../../bot/store/reads.ts';
import { keepToken } from '../../../bot/store/tokens.ts';
import { RemoteError } from '../../../remote/remote-error.ts';
import { approver, requester } from '../changes/sample-change.ts';
import { memberOf } from '../changes/sample-policy.ts';
import {
  type Answer,
  type DeskScene,
  group,
  personal,
  type Shown,
  startDesk,
  stranger,
  titlesOn,
  wordsOn,
} from './desk-scene.ts';

/** A server whose reports end when nobody wants them any more. Two people may have it read. */
const startHanging = async (t: TestContext): Promise<DeskScene & { readonly reports: () => number }> => {
  const scene = await startDesk(t, { policy: { requesters: [memberOf(requester), memberOf(approver)] } });
  let reports = 0;
  scene.server.report = ({ signal } = {}) => {
    reports += 1;
    return new Promise((_resolve, reject) => {
      const stop = () => reject(new RemoteError('remote.stopped', { doing: 'reading', outcome: 'unknown' }));
      if (signal?.aborted === true) stop();
      signal?.addEventListener('abort', stop);
    });
  };
  return { ...scene, reports: () => reports };
};

/** The card about a reading that is under way. */
const reading = async ({ messages, reports }: Awaited<ReturnType<typeof startHanging>>): Promise<Shown> => {
  while (reports() === 0) await setImmediate();
  const shown = messages.at(-1);
  assert.ok(shown !== undefined);
  assert.deepEqual(titlesOn(shown.card), ['Stop reading']);
  return shown;
};

const isStopped = async (asked: Promise<Answer>, shown: Shown): Promise<void> => {
  await asked;
  assert.match(wordsOn(shown.card), /Reading was stopped\n.*Nothing was changed/);
  assert.deepEqual(titlesOn(shown.card), ['Check again']);
};

test('a check is stopped by who asked for it, and by who might have asked', async (t) => {
  for (const who of [requester, approver]) {
    const scene = await startHanging(t);
    const asked = scene.say('check wsus01', requester, group('a'));
    const shown = await reading(scene);
    const { text } = await scene.press(shown, 'Stop reading', { who });
    assert.equal(text, 'I stop reading wsus01. Nothing is changed there.');
    await isStopped(asked, shown);
    assert.deepEqual(scene.troubles, []);
  }
});

test('a check goes on when somebody presses who may not have that server read', async (t) => {
  const scene = await startHanging(t);
  const asked = scene.say('check wsus01', requester, group('a'));
  const shown = await reading(scene);
  const { text } = await scene.press(shown, 'Stop reading', { who: stranger });
  assert.match(text ?? '', /You may not check servers here\. For checks ask .*Megan Bowen/);
  assert.deepEqual(titlesOn(shown.card), ['Stop reading']);
  await scene.press(shown, 'Stop reading', { who: requester });
  await isStopped(asked, shown);
});

test('who asked may stop it also when the right to ask was taken meanwhile', async (t) => {
  const scene = await startHanging(t);
  const asked = scene.say('check wsus01', requester, group('a'));
  const shown = await reading(scene);
  const [server] = scene.desk.config.servers;
  Object.assign(server?.policy ?? {}, { requesters: [] });
  await scene.press(shown, 'Stop reading', { who: requester });
  await isStopped(asked, shown);
});

test('the reading before a restart is planned is stopped as a whole: what would follow is not asked for', async (t) => {
  const scene = await startHanging(t);
  const where = personal('a');
  const token = await keepToken(
    scene.desk.database,
    scene.desk.randomToken(),
    where.conversationId,
    { kind: 'plan-restart', server: 'wsus01', here: true },
    scene.desk.now(),
  );
  const { shown } = await scene.say('help', approver, where);
  assert.ok(shown !== undefined);
  const pressed = scene.pressToken(token, shown);
  await scene.press(await reading(scene), 'Stop reading');
  await isStopped(pressed, shown);
});

test('what another replica was asked to stop is stopped at the next look, and nothing else', async (t) => {
  const scene = await startHanging(t);
  const asked = scene.say('check wsus01');
  const shown = await reading(scene);
  const [id = ''] = scene.desk.reads.ids();
  await heedStops(scene.desk);
  assert.deepEqual(titlesOn(shown.card), ['Stop reading']);
  assert.equal(await stopRead(scene.desk.database, id, scene.desk.now()), true);
  await heedStops(scene.desk);
  await isStopped(asked, shown);
  assert.deepEqual(scene.desk.reads.ids(), []);
});
