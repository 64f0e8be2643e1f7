import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Person } from '../../../bot/changes/person.ts';
import type { Policy } from '../../../bot/changes/policy.ts';
import type { ServerConfig } from '../../../bot/config.ts';
import { Secret } from '../../../bot/secret.ts';
import { keepToken } from '../../../bot/store/tokens.ts';
import { approver, requester } from '../changes/sample-change.ts';
import { memberOf, policyWith } from '../changes/sample-policy.ts';
import {
  cardIn,
  type DeskScene,
  group,
  personal,
  type Shown,
  startDesk,
  stranger,
  titlesOn,
  wordsOn,
} from './desk-scene.ts';

// Servers of one batch under rules of their own.

const second: Person = { aadObjectId: 'dddddddd-0000-4000-8000-000000000004', name: 'Kim Larsen' };

const serverWith = (name: string, policy: Partial<Policy>): ServerConfig => ({
  name,
  host: `${name}.corp.example`,
  port: 5985,
  endpoint: 'WsusBot',
  account: { domain: 'LAB', user: 'svc', password: new Secret('swordfish') },
  policy: policyWith({ approvers: [memberOf(approver)], ...policy }),
});

const startWith = (t: TestContext, ...policies: readonly Partial<Policy>[]): Promise<DeskScene> => {
  const servers = policies.map((policy, index) => serverWith(`wsus0${index + 1}`, policy));
  return startDesk(t, { servers, config: { servers } });
};

const statesOf = async ({ desk }: DeskScene): Promise<string[]> =>
  (await desk.database.selectFrom('changes').select('state').orderBy('number').execute()).map(
    ({ state }) => state,
  );

const votesIn = async ({ desk }: DeskScene): Promise<number> =>
  (await desk.database.selectFrom('decisions').select('personId').execute()).length;

const fix = async (scene: DeskScene, who = approver, where = personal('a'), names = 'wsus01 wsus02') =>
  cardIn(await scene.say(`fix ${names}`, who, where));

test('who may not approve on one of the servers approves on none, and the card says how to go on', async (t) => {
  const scene = await startWith(t, {}, { approvers: [memberOf(second)] });
  const shown = await fix(scene, approver, group('team'));
  assert.deepEqual(titlesOn(shown.card), ['Review']);
  const { text } = await scene.press(shown, 'Review', { who: approver });
  assert.match(text ?? '', /Kim Larsen/);
  assert.match(wordsOn(shown.card), /No approver is listed for all of these servers: ask for them apart/);
  const alone = await fix(scene, second, personal('second'));
  assert.match(wordsOn(alone.card), /You asked for this|may not approve changes on all/);
  assert.equal(await votesIn(scene), 0);
});

test('a press that the rules of one server refuse counts on no server', async (t) => {
  const both = [memberOf(approver), memberOf(second)];
  const scene = await startWith(t, { approvers: both }, { approvers: both, fourEyes: true });
  const team = group('team');
  const shown = await fix(scene, approver, team);
  const { card } = await scene.press(shown, 'Review', { who: second });
  assert.ok(card !== undefined);
  const { text } = await scene.press({ ...shown, card }, 'Approve and run', { who: approver });
  assert.match(text ?? '', /four eyes/);
  assert.equal(await votesIn(scene), 0);
  const refused = await scene.desk.database
    .selectFrom('audit')
    .select('kind')
    .where('kind', '=', 'refused')
    .execute();
  assert.equal(refused.length, 1);
  await scene.press({ ...shown, card }, 'Approve and run', { who: second });
  assert.deepEqual(await statesOf(scene), ['approved', 'queued']);
});

test('a press on a batch that is refused is on record as what was pressed', async (t) => {
  const scene = await startWith(t, {}, {});
  const team = group('team');
  await fix(scene, approver, team);
  const { id: batchId } = await scene.desk.database
    .selectFrom('batches')
    .select('id')
    .executeTakeFirstOrThrow();
  for (const action of [
    { kind: 'approve-batch', batchId, listed: '' },
    { kind: 'break-glass-batch', batchId, listed: '' },
    { kind: 'decline-batch', batchId },
  ] as const) {
    const token = await keepToken(
      scene.desk.database,
      scene.desk.randomToken(),
      team.conversationId,
      action,
      scene.desk.now(),
    );
    await scene.pressToken(token, undefined, { who: stranger, where: team });
  }
  const refused = await scene.desk.database
    .selectFrom('audit')
    .select('entryJson')
    .where('kind', '=', 'refused')
    .orderBy('seq')
    .execute();
  assert.deepEqual(
    refused.map(({ entryJson }) => JSON.parse(entryJson).detail),
    [
      { wanted: 'approve', because: 'not-approver' },
      { wanted: 'break-glass', because: 'not-break-glass' },
      { wanted: 'decline', because: 'may-not-decline' },
    ],
  );
});

test('where one server needs two approvals, the others wait for the second', async (t) => {
  const both = [memberOf(approver), memberOf(second)];
  const scene = await startWith(t, { approvers: both }, { approvers: both, approvals: 2 });
  const shown = await fix(scene);
  assert.match(wordsOn(shown.card), /Needs 2 approvals/);
  await scene.press(shown, 'Approve');
  assert.deepEqual(await statesOf(scene), ['proposed', 'proposed']);
  assert.match(wordsOn(shown.card), /You approved this/);
  assert.deepEqual(scene.started, []);
  const other = await fix(scene, second, personal('second'));
  await scene.press(other, 'Approve and run', { who: second });
  assert.deepEqual(await statesOf(scene), ['approved', 'queued']);
});

test('a server in its window starts before one that waits for its own', async (t) => {
  const windows: Policy['windows'] = [{ days: ['sunday'], from: '02:00', to: '04:00', zone: 'UTC' }];
  const scene = await startWith(t, { windows, outsideWindows: 'queue' }, {});
  const shown = await fix(scene);
  await scene.press(shown, 'Approve');
  assert.deepEqual(await statesOf(scene), ['queued', 'approved']);
});

test('where one server takes approvals in its window only, the batch is refused until then', async (t) => {
  const windows: Policy['windows'] = [{ days: ['sunday'], from: '02:00', to: '04:00', zone: 'UTC' }];
  const scene = await startWith(t, {}, { windows, outsideWindows: 'refuse' });
  const shown = await fix(scene);
  assert.match((await scene.press(shown, /Approve/)).text ?? '', /maintenance window/);
  assert.deepEqual(await statesOf(scene), ['proposed', 'proposed']);
});

test('a server where this person may not ask is left out, and not read', async (t) => {
  const scene = await startWith(t, {}, {}, { requesters: [memberOf(second)] });
  const shown = await fix(scene, requester, personal('r'), 'wsus01 wsus02 wsus03');
  assert.match(wordsOn(shown.card), /Left out: wsus03 \(you may not ask there\)/);
  assert.equal(scene.events.filter((event) => event === 'call report').length, 2);
});

test('a server that another change holds is left out, and not read', async (t) => {
  const scene = await startWith(t, {}, {}, {});
  const single = cardIn(await scene.say('check wsus02'));
  await scene.press(single, 'Approve and run');
  const shown = await fix(scene, approver, personal('a'), 'wsus01 wsus02 wsus03');
  assert.match(wordsOn(shown.card), /Left out: wsus02 \(another change holds it\)/);
});

test('more servers than one approval covers are refused before anything is read', async (t) => {
  const scene = await startDesk(t, {
    servers: Array.from({ length: 51 }, (_, index) => ({ name: `s${index}`, host: `s${index}.example` })),
  });
  const names = Array.from({ length: 51 }, (_, index) => `s${index}`).join(' ');
  const shown = await fix(scene, approver, personal('a'), names);
  assert.match(wordsOn(shown.card), /at most 50 servers, and these are 51/);
  assert.deepEqual(scene.events, []);
});

test('fifty are read and planned, on one card', async (t) => {
  const servers = Array.from({ length: 50 }, (_, index) => ({
    name: `s${index}`,
    host: `s${index}.example`,
  }));
  const scene = await startDesk(t, { servers });
  const shown = await fix(scene, approver, personal('a'), servers.map(({ name }) => name).join(','));
  assert.match(shown.card.in('en').summary, /Raise the limit on 50 servers/);
  assert.equal(scene.events.filter((event) => event === 'call report').length, 50);
});

test('an old button of a batch that went on is answered with its state, and starts nothing', async (t) => {
  const scene = await startWith(t, {}, {});
  const shown = await fix(scene);
  const old: Shown = { ...shown, card: shown.card };
  await scene.press(shown, 'Approve and run');
  const started = scene.started.length;
  for (const title of ['Approve and run', 'Decline'] as const) {
    const { card, text } = await scene.press(old, title, title === 'Decline' ? { who: stranger } : {});
    if (title === 'Decline') assert.match(text ?? '', /may not decline/);
    else assert.match(card?.in('en').summary ?? '', /^Running: batch of 2 servers/);
  }
  assert.equal(scene.started.length, started);
  assert.deepEqual(await statesOf(scene), ['approved', 'queued']);
});

test('the glass of a batch holds without a reason, and for anybody else', async (t) => {
  const breakGlass = [memberOf(stranger)];
  const scene = await startWith(t, { breakGlass, fourEyes: true }, { breakGlass, fourEyes: true });
  const shown = await fix(scene, stranger, personal('s'));
  const alone = { who: stranger, inputs: { reason: 'now' } };
  assert.match((await scene.press(shown, 'Run now, alone', alone)).text ?? '', /too short/);
  const other = { who: requester, inputs: { reason: 'x'.repeat(40) } };
  assert.match((await scene.press(shown, 'Run now, alone', other)).text ?? '', /Sam Stranger/);
  assert.deepEqual(await statesOf(scene), ['proposed', 'proposed']);
});
