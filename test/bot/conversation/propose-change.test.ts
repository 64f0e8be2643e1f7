import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import type { Change } from '../../../bot/changes/change.ts';
import { planHash } from '../../../bot/changes/plan.ts';
import { logTimeOf } from '../../../bot/conversation/propose-change.ts';
import { findChange } from '../../../bot/store/read-change.ts';
import { inputIds } from '../../../cards/press.ts';
import { requester } from '../changes/sample-change.ts';
import { webConfig } from '../changes/scene.ts';
import { cardIn, type DeskScene, personal, startDesk, wordsOn } from './desk-scene.ts';

const bothKeys = Buffer.from(
  [
    '<configuration>',
    '  <appSettings>',
    '    <add key="maxCachedUpdates" value="22000"/>',
    '    <add key="maxInstalledPrerequisites" value="400"/>',
    '  </appSettings>',
    '</configuration>',
    '',
  ].join('\r\n'),
);
const raisedTo = (limit: number, cached = 22_000): Buffer =>
  Buffer.from(bothKeys.toString().replace('"400"', `"${limit}"`).replace('"22000"', `"${cached}"`));
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const newest = async ({ desk }: DeskScene): Promise<Change> => {
  const row = await desk.database
    .selectFrom('changes')
    .select('id')
    .orderBy('number', 'desc')
    .executeTakeFirst();
  const change = row === undefined ? undefined : await findChange(desk.database, row.id);
  assert.ok(change !== undefined, 'there is a change');
  return change;
};

describe('the plan of a raise', () => {
  test('is the file with other digits, by its two hashes, for the server that was read', async (t) => {
    const scene = await startDesk(t, { world: { file: bothKeys } });
    await scene.say('check wsus01', requester);
    const { plans, ...change } = await newest(scene);
    const plan = plans[0]?.plan;
    assert.equal(plan?.sha256Before, sha256(bothKeys));
    assert.equal(plan?.sha256After, sha256(raisedTo(800)));
    assert.deepEqual(plan?.edits, [{ key: 'maxInstalledPrerequisites', from: 400, to: 800 }]);
    assert.equal(plan?.server, 'wsus01');
    assert.equal(plan?.changeId, change.id);
    assert.equal(plan?.requesterId, requester.aadObjectId);
    assert.equal(plan?.activation, 'IISReset');
    assert.equal(plan?.expiresAt, '2026-11-25T03:00:00.000Z');
    assert.deepEqual(change.expiresAt, new Date('2026-11-25T03:00:00.000Z'));
    assert.deepEqual(change.requester, requester);
  });

  test('comes in two variants when the second key may be raised too, each with its own hash', async (t) => {
    const scene = await startDesk(t, { world: { file: bothKeys } });
    await scene.say('check wsus01');
    const { plans } = await newest(scene);
    assert.equal(plans.length, 2);
    assert.deepEqual(
      plans.map(({ plan }) => plan.sha256After),
      [sha256(raisedTo(800)), sha256(raisedTo(800, 44_000))],
    );
    for (const { plan, hash } of plans) assert.equal(hash, planHash(plan));
    assert.notEqual(plans[0]?.hash, plans[1]?.hash);
  });

  test('has one variant when the second key is high enough', async (t) => {
    const scene = await startDesk(t, { world: { file: raisedTo(400, 50_000) } });
    await scene.say('check wsus01');
    assert.equal((await newest(scene)).plans.length, 1);
  });

  test('keeps the lines that it edits, with their numbers', async (t) => {
    const scene = await startDesk(t, { world: { file: bothKeys } });
    await scene.say('check wsus01');
    const { context } = await newest(scene);
    assert.deepEqual(
      context.lines.map(({ key, line, text }) => [key, line, text.trim()]),
      [
        ['maxInstalledPrerequisites', 4, '<add key="maxInstalledPrerequisites" value="400"/>'],
        ['maxCachedUpdates', 3, '<add key="maxCachedUpdates" value="22000"/>'],
      ],
    );
  });
});

describe('the press on a plan with a second key', () => {
  for (const [what, inputs, variant] of [
    ['left off', { [inputIds.secondKey]: 'false' }, 0],
    ['switched on', { [inputIds.secondKey]: 'true' }, 1],
    ['not said', {}, 0],
    ['said in other words', { [inputIds.secondKey]: 'yes' }, 0],
  ] as const) {
    test(`approves the ${variant === 0 ? 'small' : 'large'} variant when the toggle is ${what}`, async (t) => {
      const scene = await startDesk(t, { world: { file: bothKeys } });
      const plan = cardIn(await scene.say('check wsus01'));
      await scene.press(plan, 'Approve and run', { inputs });
      const change = await newest(scene);
      assert.equal(change.planHash, change.plans[variant]?.hash);
      assert.deepEqual(scene.started, [change.id]);
    });
  }

  test('approves the only variant there is, whatever the toggle says', async (t) => {
    const scene = await startDesk(t);
    const plan = cardIn(await scene.say('check wsus01'));
    await scene.press(plan, 'Approve and run', { inputs: { [inputIds.secondKey]: 'true' } });
    const change = await newest(scene);
    assert.equal(change.planHash, change.plans[0]?.hash);
  });
});

describe('a newer plan for the same server', () => {
  test('takes the place of the older one, whose card says so', async (t) => {
    const scene = await startDesk(t);
    const older = cardIn(await scene.say('check wsus01'));
    scene.world.file = webConfig(500);
    const newer = cardIn(await scene.say('check wsus01', requester, personal('b')));
    assert.match(older.card.in('en').summary, /^Superseded/);
    assert.match(newer.card.in('en').summary, /^Waiting for approval/);
  });

  test('leaves plans for other servers alone', async (t) => {
    const scene = await startDesk(t);
    const first = cardIn(await scene.say('check wsus01'));
    await scene.say('check wsus02');
    assert.match(first.card.in('en').summary, /^Needs approval/);
  });
});

test('while a change is under way, a check shows it instead of a new plan', async (t) => {
  const scene = await startDesk(t);
  const plan = cardIn(await scene.say('check wsus01'));
  await scene.press(plan, 'Approve and run');
  const again = cardIn(await scene.say('check wsus01', requester, personal('b')));
  assert.match(again.card.in('en').summary, /^Running/);
  assert.equal((await newest(scene)).number, 1);
});

test('the restart that a raised file waits for leaves the file as it is', async (t) => {
  const scene = await startDesk(t, { world: { file: raisedTo(800) } });
  scene.world.writtenAt = '2026-11-25T01:30:00.000Z';
  const verdict = cardIn(await scene.say('check wsus01'));
  assert.match(verdict.card.in('en').summary, /^Raised, not active/);
  await scene.press(verdict, 'Plan the restart');
  const { kind, plans } = await newest(scene);
  assert.equal(kind, 'restart');
  assert.equal(plans[0]?.plan.sha256Before, sha256(raisedTo(800)));
  assert.equal(plans[0]?.plan.sha256After, sha256(raisedTo(800)));
  assert.deepEqual(plans[0]?.plan.edits, []);
  assert.match(verdict.card.in('en').summary, /^Needs approval/);
});

test('a restart that is not needed any more is not planned: the answer says what is true now', async (t) => {
  const scene = await startDesk(t, { world: { file: raisedTo(800) } });
  scene.world.writtenAt = '2026-11-25T01:30:00.000Z';
  const verdict = cardIn(await scene.say('check wsus01'));
  scene.restartWorker();
  await scene.press(verdict, 'Plan the restart');
  assert.match(verdict.card.in('en').summary, /^Healthy/);
  assert.doesNotMatch(wordsOn(verdict.card), /approval/);
});

test('a time of a zone that nobody named is shown as the log has it', () => {
  assert.equal(logTimeOf(null), null);
  assert.deepEqual(logTimeOf({ iso: '2026-11-24T21:40:12.345', zone: 'local' }), {
    asLogged: '2026-11-24 21:40:12',
  });
  assert.deepEqual(logTimeOf({ iso: '2026-11-24T21:40:12.345Z', zone: 'utc' }), {
    at: new Date('2026-11-24T21:40:12.345Z'),
  });
});
