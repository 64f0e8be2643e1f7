import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Change, Ending } from '../../../bot/changes/change.ts';
import type { Person } from '../../../bot/changes/person.ts';
import type { Policy } from '../../../bot/changes/policy.ts';
import { changeReason } from '../../../bot/changes/reason.ts';
import { moveBatchOn } from '../../../bot/conversation/move-batch-on.ts';
import { freeze, thaw } from '../../../bot/store/freezes.ts';
import { claim, finish } from '../../../bot/store/lease.ts';
import { findChange } from '../../../bot/store/read-change.ts';
import { StoreError } from '../../../bot/store/store-error.ts';
import { approver, requester } from '../changes/sample-change.ts';
import { memberOf } from '../changes/sample-policy.ts';
import { reportOf } from '../changes/scene.ts';
import {
  cardIn,
  type DeskOptions,
  type DeskScene,
  group,
  personal,
  type Shown,
  startDesk,
  stranger,
  titlesOn,
  wordsOn,
} from './desk-scene.ts';

const second: Person = { aadObjectId: 'dddddddd-0000-4000-8000-000000000004', name: 'Kim Larsen' };
const team = group('team');
const names = ['wsus01', 'wsus02', 'wsus03'];
const servers = names.map((name) => ({ name, host: `${name}.corp.example` }));

const startThree = (
  t: TestContext,
  policy: Partial<Policy> = {},
  more: DeskOptions = {},
): Promise<DeskScene> => startDesk(t, { servers, policy, ...more });

const changesOf = async ({ desk }: DeskScene): Promise<Change[]> => {
  const rows = await desk.database.selectFrom('changes').select('id').orderBy('number').execute();
  const changes = await Promise.all(rows.map(({ id }) => findChange(desk.database, id)));
  return changes.filter((change) => change !== undefined);
};

const statesOf = async (scene: DeskScene): Promise<string[]> =>
  (await changesOf(scene)).map(({ state }) => state);

const failed: Ending = {
  state: 'failed',
  result: { kind: 'not-done', at: 'write', reason: changeReason('file-not-writable'), seenAt: null },
};
const stale: Ending = { state: 'stale', result: { kind: 'stale', seenAt: '2026-11-25T02:00:10.000Z' } };
const succeeded: Ending = {
  state: 'succeeded',
  result: {
    kind: 'proven',
    proof: {
      readAt: '2026-11-25T02:00:10.000Z',
      sha256: 'a'.repeat(64),
      values: [],
      restart: { before: null, after: null, seen: false },
      service: { status: 200, milliseconds: 1, pool: '', poolState: '', sites: 0, sitesStarted: 0 },
      backup: null,
      leftDifferent: [],
    },
  },
};

/** What the worker does: the change that was started last runs and ends so. */
const runNext = async (scene: DeskScene, ending: Ending): Promise<void> => {
  const { desk } = scene;
  const id = scene.started.shift();
  assert.ok(id !== undefined, 'a change was started');
  const lease = await claim(desk.database, id, 'one', desk.now(), new Date(desk.now().getTime() + 60_000));
  assert.ok(lease !== undefined);
  await finish(desk.database, lease, ending, new Date(desk.now().getTime() + 1_000));
  desk.onMoved(id);
  const batchId = (await findChange(desk.database, id))?.batch?.id;
  assert.ok(batchId !== undefined);
  await moveBatchOn(desk, batchId);
};

/** The card of the batch, brought up to date. */
const current = async (scene: DeskScene, shown: Shown): Promise<Shown> => {
  await scene.say('whoami');
  return shown;
};

const asked = async (scene: DeskScene, who = approver, where = personal('a')): Promise<Shown> =>
  cardIn(await scene.say('fix wsus01 wsus02 wsus03', who, where));

describe('fix, for several servers', () => {
  test('says at once that it reads, then shows one card with a plan for each', async (t) => {
    const scene = await startThree(t);
    const shown = await asked(scene);
    assert.match(shown.versions[0]?.in('en').summary ?? '', /^Reading 3 servers/);
    assert.match(
      shown.card.in('en').summary,
      /^Needs approval: Raise the limit on 3 servers from 400 to 800/,
    );
    assert.deepEqual(await statesOf(scene), ['proposed', 'proposed', 'proposed']);
    assert.equal(scene.messages.length, 1);
    assert.deepEqual(scene.troubles, []);
  });

  test('takes the name of a group, commas, and how many at a time', async (t) => {
    const scene = await startThree(
      t,
      {},
      { config: { groups: [{ name: 'branches', servers: ['wsus03', 'wsus02'] }] } },
    );
    const shown = cardIn(await scene.say('fix Branches, wsus01 parallel 2'));
    assert.match(wordsOn(shown.card), /2 at a time, in this order\n1\. wsus03.*\n2\. wsus02.*\n3\. wsus01/);
  });

  test('of one server is the same as check', async (t) => {
    const scene = await startThree(t);
    const shown = cardIn(await scene.say('fix wsus01'));
    assert.match(shown.card.in('en').summary, /^Needs approval: .*wsus01/);
    assert.equal((await changesOf(scene))[0]?.batch, undefined);
  });

  test('asks which server where a name is not in the inventory', async (t) => {
    const scene = await startThree(t);
    assert.match(
      cardIn(await scene.say('fix wsus01 wsus09')).card.in('en').summary,
      /^Unknown server: wsus09/,
    );
    assert.deepEqual(await changesOf(scene), []);
  });

  test('says how it is asked where nothing is named, or none at a time', async (t) => {
    const scene = await startThree(t);
    for (const text of ['fix', 'fix wsus01 wsus02 parallel 0', 'fix wsus01 wsus02 parallel']) {
      assert.match(wordsOn(cardIn(await scene.say(text)).card), /the names of servers/, text);
    }
  });

  test('leaves out those that need no change, with the reason', async (t) => {
    const scene = await startThree(t);
    const report = scene.server.report;
    let calls = 0;
    scene.server.report = async (options) => {
      calls += 1;
      if (calls !== 2) return report(options);
      return {
        ...reportOf(scene.world),
        wsus: { ok: true, installed: false, version: '', targetDir: '', port: 0 },
      };
    };
    const shown = await asked(scene);
    assert.match(wordsOn(shown.card), /Left out: wsus02 \(not WSUS\)\./);
    assert.equal((await changesOf(scene)).length, 2);
  });

  test('says of each why, where none needs the change', async (t) => {
    const scene = await startThree(t);
    scene.restartWorker();
    scene.write(Buffer.from(scene.world.file.toString().replace('400', '800')));
    scene.world.writtenAt = '2026-11-01T00:00:00.000Z';
    const shown = await asked(scene);
    assert.match(wordsOn(shown.card), /wsus01 \(healthy\), wsus02 \(healthy\), wsus03 \(healthy\)/);
    assert.deepEqual(await changesOf(scene), []);
  });

  test('is refused to a person who may ask nowhere', async (t) => {
    const scene = await startThree(t, { requesters: [] });
    const shown = await asked(scene, stranger, personal('s'));
    assert.match(shown.card.in('en').summary, /^Not done/);
    assert.deepEqual(scene.events, []);
  });

  test('of the same servers again shows the same batch, with its approvals', async (t) => {
    const scene = await startThree(t, { approvals: 2, approvers: [memberOf(approver), memberOf(second)] });
    const shown = await asked(scene, requester, team);
    await scene.press(shown, 'Review', { who: approver }).then(async ({ card }) => {
      assert.ok(card !== undefined);
      await scene.press({ ...shown, card }, 'Approve', { who: approver });
    });
    const again = await asked(scene, requester, personal('r'));
    assert.match(wordsOn(again.card), /1 of 2 approvals/);
    assert.equal((await changesOf(scene)).length, 3);
  });
});

describe('one approval for the batch', () => {
  test('starts the first, and only that one; the card says how far each is', async (t) => {
    const scene = await startThree(t);
    const shown = await asked(scene);
    await scene.press(shown, 'Approve and run');
    const changes = await changesOf(scene);
    assert.deepEqual(scene.started, [changes[0]?.id]);
    assert.deepEqual(await statesOf(scene), ['approved', 'queued', 'queued']);
    assert.match(wordsOn(shown.card), /wsus01\nrunning\n○\nwsus02\nwaiting/);
    assert.deepEqual(scene.troubles, []);
  });

  test('goes on to the next when one has ended well, to the end', async (t) => {
    const scene = await startThree(t);
    const shown = await asked(scene);
    await scene.press(shown, 'Approve and run');
    for (const _ of names) await runNext(scene, succeeded);
    assert.match((await current(scene, shown)).card.in('en').summary, /^Done and proven: batch of 3 servers/);
    assert.deepEqual(scene.started, []);
  });

  test('runs as many at a time as were asked for', async (t) => {
    const scene = await startThree(t);
    const shown = cardIn(await scene.say('fix wsus01 wsus02 wsus03 parallel 2'));
    await scene.press(shown, 'Approve and run');
    assert.equal(scene.started.length, 2);
    await runNext(scene, succeeded);
    assert.equal(scene.started.length, 2);
  });

  test('stops at the first that fails: the rest is cancelled, and Retry plans them again', async (t) => {
    const scene = await startThree(t);
    const shown = await asked(scene);
    await scene.press(shown, 'Approve and run');
    await runNext(scene, succeeded);
    await runNext(scene, failed);
    assert.deepEqual(await statesOf(scene), ['succeeded', 'failed', 'cancelled']);
    await current(scene, shown);
    assert.match(wordsOn(shown.card), /1 failed, 1 done, 1 not started/);
    await scene.press(shown, 'Retry 2 servers');
    const retry = scene.messages.at(-1);
    assert.match(retry?.card.in('en').summary ?? '', /^Needs approval: Raise the limit on 2 servers/);
    assert.deepEqual((await statesOf(scene)).slice(3), ['proposed', 'proposed']);
  });

  test('leaves out one whose file is another by now, and says so; the others go on', async (t) => {
    const scene = await startThree(t);
    const shown = await asked(scene);
    await scene.press(shown, 'Approve and run');
    await runNext(scene, stale);
    assert.deepEqual(await statesOf(scene), ['stale', 'approved', 'queued']);
    await runNext(scene, succeeded);
    await runNext(scene, succeeded);
    await current(scene, shown);
    assert.match(wordsOn(shown.card), /wsus01\nnot started: the file is not the one that was approved/);
  });

  test('waits for the window where the policy queues, and is taken back by one press', async (t) => {
    const windows: Policy['windows'] = [{ days: ['sunday'], from: '02:00', to: '04:00', zone: 'UTC' }];
    const scene = await startThree(t, { windows, outsideWindows: 'queue' });
    const shown = await asked(scene);
    await scene.press(shown, 'Approve');
    assert.deepEqual(await statesOf(scene), ['queued', 'queued', 'queued']);
    assert.match(wordsOn(shown.card), /Approved, waiting.*\nApproved\. It starts/);
    assert.deepEqual(scene.started, []);
    scene.world.now = new Date('2026-11-29T02:10:00Z');
    await moveBatchOn(scene.desk, (await changesOf(scene))[0]?.batch?.id ?? '');
    assert.equal(scene.started.length, 1);
    await current(scene, shown);
    await scene.press(shown, 'Withdraw');
    assert.deepEqual(await statesOf(scene), ['approved', 'declined', 'declined']);
  });

  test('needs as many approvals as the policy says, each for all; four eyes hold', async (t) => {
    const scene = await startThree(t, {
      approvals: 2,
      fourEyes: true,
      approvers: [memberOf(approver), memberOf(second), memberOf(requester)],
    });
    await scene.install(approver, personal('approver'));
    await scene.install(second, personal('second'));
    const shown = await asked(scene, requester, personal('r'));
    assert.deepEqual(titlesOn(shown.card), ['Withdraw']);
    const told = scene.messages.filter(({ card }) => card.in('en').summary.startsWith('Needs approval'));
    assert.deepEqual(
      told.map(({ posted }) => posted.where.conversationId),
      ['approver', 'second'],
    );
    const [first, last] = told as [Shown, Shown];
    await scene.press(first, 'Approve', { who: approver });
    assert.deepEqual(await statesOf(scene), ['proposed', 'proposed', 'proposed']);
    await scene.press(last, 'Approve and run', { who: second });
    assert.deepEqual(await statesOf(scene), ['approved', 'queued', 'queued']);
    assert.deepEqual(scene.troubles, []);
  });

  test('is refused as a whole while changes are frozen, and starts nothing before the thaw', async (t) => {
    const scene = await startThree(t);
    const shown = await asked(scene);
    const by = { reason: 'change freeze of the year', by: second, at: scene.desk.now() };
    await freeze(scene.desk.database, scene.desk.randomId(), by);
    assert.match((await scene.press(shown, 'Approve and run')).text ?? '', /frozen/);
    assert.deepEqual(await statesOf(scene), ['proposed', 'proposed', 'proposed']);
    await thaw(scene.desk.database, second, scene.desk.now());
    await scene.press(shown, 'Approve and run');
    assert.equal(scene.started.length, 1);
  });

  test('is for the plans that the card listed: where one was replaced meanwhile, the press only shows that', async (t) => {
    const scene = await startThree(t);
    const shown = await asked(scene);
    const old = { ...shown, card: shown.card };
    scene.write(Buffer.from(scene.world.file.toString().replace('<appSettings>', '<appSettings> ')));
    await scene.say('check wsus02', approver, personal('b'));
    await scene.press(old, 'Approve and run');
    assert.deepEqual(await statesOf(scene), ['proposed', 'superseded', 'proposed', 'proposed']);
    assert.match(wordsOn(shown.card), /Left out: wsus02 \(changed since it was read\)/);
  });

  test('is declined for all by one press', async (t) => {
    const scene = await startThree(t);
    const shown = await asked(scene);
    await scene.press(shown, 'Decline');
    assert.deepEqual(await statesOf(scene), ['declined', 'declined', 'declined']);
    assert.match(wordsOn(shown.card), /Cancelled · 3 servers\n3 not started/);
    assert.match(wordsOn(shown.card), /not started: declined by Alex Wilber/);
  });

  test('is broken the glass of with one reason, told to each approver once', async (t) => {
    const scene = await startThree(t, { fourEyes: true, breakGlass: [memberOf(stranger)] });
    await scene.install(approver, personal('approver'));
    const shown = await asked(scene, stranger, personal('s'));
    const inputs = { reason: 'Branches cannot patch before the audit' };
    await scene.press(shown, 'Run now, alone', { who: stranger, inputs });
    assert.deepEqual(await statesOf(scene), ['approved', 'queued', 'queued']);
    const announced = scene.messages.filter(({ card }) =>
      /One person runs these changes/.test(wordsOn(card)),
    );
    assert.equal(announced.length, 1);
    assert.match(announced[0]?.card.in('en').summary ?? '', /wsus01 and 2 more servers/);
  });
});

test('a check of a server whose plan waits in a batch shows the batch', async (t) => {
  const scene = await startThree(t);
  await asked(scene);
  const shown = cardIn(await scene.say('check wsus02', approver, personal('b')));
  assert.match(shown.card.in('en').summary, /^Needs approval: Raise the limit on 3 servers/);
  assert.deepEqual(await statesOf(scene), ['proposed', 'proposed', 'proposed']);
});

test('a change that was cancelled says on its own card at which server the batch stopped', async (t) => {
  const scene = await startThree(t);
  await scene.press(await asked(scene), 'Approve and run');
  await runNext(scene, failed);
  const history = cardIn(await scene.say('history wsus03'));
  await scene.press(history, /Cancelled/);
  assert.match(wordsOn(scene.messages.at(-1)?.card ?? history.card), /The batch stopped at wsus01/);
});

test('a check of a server that waits for its turn says so, and its plan can be taken back alone', async (t) => {
  const scene = await startThree(t);
  await scene.press(await asked(scene), 'Approve and run');
  const shown = cardIn(await scene.say('check wsus03', approver, personal('b')));
  assert.match(wordsOn(shown.card), /It waits for its turn in the batch\.\n2 servers come before it/);
  await scene.press(shown, 'Withdraw');
  assert.deepEqual(await statesOf(scene), ['approved', 'queued', 'declined']);
});

test('a retry of one server is a check of it', async (t) => {
  const scene = await startThree(t);
  const shown = await asked(scene);
  await scene.press(shown, 'Approve and run');
  await runNext(scene, succeeded);
  await runNext(scene, succeeded);
  await runNext(scene, failed);
  await current(scene, shown);
  await scene.press(shown, 'Retry 1 server');
  assert.match(scene.messages.at(-1)?.card.in('en').summary ?? '', /^Needs approval: .*wsus03/);
  assert.equal((await changesOf(scene)).at(-1)?.batch, undefined);
});

test('a store that goes away while servers are read is said on the card', async (t) => {
  const scene = await startThree(t);
  scene.server.report = async () => {
    throw new StoreError('store.unreachable', { doing: 'reading' });
  };
  const shown = await asked(scene);
  assert.match(shown.card.in('en').summary, /I cannot reach my store/);
});

test('a defect while servers are read does not leave a card that reads for ever', async (t) => {
  const scene = await startThree(t);
  scene.server.report = async () => {
    throw new Error('a defect');
  };
  const shown = await asked(scene);
  assert.match(wordsOn(shown.card), /stopped while I read the servers/);
  assert.equal(scene.troubles.length, 1);
});
