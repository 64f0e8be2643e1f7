import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { type Change, changeStates } from '../../../bot/changes/change.ts';
import { cardOfChange } from '../../../bot/conversation/card-of-change.ts';
import type { Reader } from '../../../bot/store/posted.ts';
import { changeWith, journalUpTo } from '../changes/sample-change.ts';
import { oldWorker, raisePlan, restartPlan, rollBackPlan } from '../changes/scene.ts';
import { minutes } from '../store/sample-store.ts';
import { group, personal, startDesk, titlesOn, wordsOn } from './desk-scene.ts';

const reason = {
  code: 'remote.connection-lost',
  text: 'the connection was lost',
  remedy: null,
  serverText: null,
};
const proof = {
  readAt: minutes(3).toISOString(),
  sha256: raisePlan.sha256After,
  values: [{ key: 'maxInstalledPrerequisites', before: 400, now: 800 }],
  restart: { before: oldWorker, after: { pid: 7316, startedAt: minutes(2).toISOString() }, seen: true },
  service: {
    status: 200,
    milliseconds: 210,
    pool: 'WsusPool',
    poolState: 'Started',
    sites: 2,
    sitesStarted: 2,
  },
  backup: `Web.config.${raisePlan.changeId}.bak`,
  leftDifferent: [],
};

type Result = NonNullable<Change['result']>;
const unknownResult = (fields: Partial<Extract<Result, { kind: 'unknown' }>> = {}): Result => ({
  kind: 'unknown',
  at: 'restart',
  reason,
  file: 'not-seen',
  seenAt: null,
  wayBackFailed: false,
  ...fields,
});

const resultOf: Partial<Record<Change['state'], Result>> = {
  succeeded: { kind: 'proven', proof },
  failed: { kind: 'not-done', at: 'write', reason, seenAt: null },
  unknown: unknownResult(),
  stale: { kind: 'stale', seenAt: minutes(3).toISOString() },
};

const change = (state: Change['state'], fields: Partial<Change> = {}): Change => ({
  ...changeWith(journalUpTo('restart')),
  state,
  result: resultOf[state],
  endedAt: minutes(3),
  ...fields,
});

const cardFor = async (t: TestContext, shown: Change, reader: Reader = 'approver', where = personal('a')) => {
  const { desk } = await startDesk(t);
  return cardOfChange(desk, shown, { where, reader, zone: 'UTC', personId: undefined });
};

const unknownCard = (t: TestContext, fields: Parameters<typeof unknownResult>[0]) =>
  cardFor(t, change('unknown', { result: unknownResult(fields) }));

describe('a change has a card', () => {
  const readers: Reader[] = ['approver', 'requester', 'reader', 'everybody'];
  for (const state of changeStates) {
    test(`when it is ${state}, for everybody who may see it`, async (t) => {
      for (const reader of readers) {
        for (const where of [personal('a'), group('g')]) {
          for (const plan of [raisePlan, rollBackPlan, restartPlan]) {
            const shown = { ...change(state), ...changeWith([], plan), state, result: resultOf[state] };
            const card = await cardFor(t, shown, reader, where);
            assert.notEqual(card.in('en').summary, '');
            assert.match(wordsOn(card), /wsus01/);
          }
        }
      }
    });
  }
});

describe('the button Approve', () => {
  for (const state of changeStates) {
    for (const reader of ['approver', 'requester', 'reader', 'everybody'] as const) {
      const expected = state === 'proposed' && reader === 'approver';
      if (state !== 'proposed' && reader !== 'approver') continue;
      test(`is ${expected ? '' : 'not '}on the card of a change that is ${state}, for the ${reader}`, async (t) => {
        const titles = titlesOn(await cardFor(t, change(state), reader));
        assert.equal(titles.includes('Approve and run'), expected);
      });
    }
  }
});

describe('the card of an unknown change', () => {
  test('says that contact was lost when the file was not seen', async (t) => {
    const card = await unknownCard(t, {});
    assert.match(wordsOn(card), /Contact lost during/);
    assert.ok(titlesOn(card).includes('Restore'));
  });

  test('does not call a server silent that answers and is still at work', async (t) => {
    const card = await unknownCard(t, { seenAt: minutes(3).toISOString() });
    assert.doesNotMatch(wordsOn(card), /silent|Contact lost/);
    assert.match(wordsOn(card), /Whether it restarted was not seen/);
  });

  test('says that somebody else changed the file, and offers nothing that would write over it', async (t) => {
    const card = await unknownCard(t, { file: 'other', seenAt: minutes(3).toISOString() });
    assert.match(wordsOn(card), /Somebody else changed the file/);
    assert.ok(!titlesOn(card).includes('Restore'));
  });

  test('says that the way back failed when that was seen', async (t) => {
    const card = await unknownCard(t, { at: 'undo-write', file: 'after', seenAt: 'x', wayBackFailed: true });
    assert.match(wordsOn(card), /so did the way back/);
    assert.ok(titlesOn(card).includes('Restore'));
  });

  test('does not say that the way back failed when nobody saw it', async (t) => {
    const card = await unknownCard(t, { at: 'undo-write', wayBackFailed: true });
    assert.doesNotMatch(wordsOn(card), /so did the way back/);
    assert.match(wordsOn(card), /Contact lost during/);
  });

  test('does not offer to put back the old file when that is there already', async (t) => {
    const card = await unknownCard(t, {
      at: 'undo-verify',
      file: 'before',
      seenAt: 'x',
      wayBackFailed: true,
    });
    assert.ok(!titlesOn(card).includes('Restore'));
    assert.ok(titlesOn(card).includes('Look again'));
  });

  test('says that the bot was down when that is why', async (t) => {
    const stopped = { ...reason, code: 'bot-stopped' };
    const card = await unknownCard(t, { file: 'after', seenAt: 'x', reason: stopped });
    assert.match(wordsOn(card), /I was down during/);
  });
});

describe('the card of a failed change', () => {
  const failed = (t: TestContext, result: Result, fields: Partial<Change> = {}) =>
    cardFor(t, change('failed', { result, ...fields }));

  test('that wrote nothing says so, and offers nothing to take back', async (t) => {
    const card = await failed(t, { kind: 'not-done', at: 'write', reason, seenAt: null });
    assert.match(wordsOn(card), /The file was not changed/);
    assert.ok(!titlesOn(card).includes('Roll back'));
  });

  test('that wrote and did not restart plans the restart first, and can be taken back', async (t) => {
    const card = await failed(t, { kind: 'not-active', at: 'restart', reason, seenAt: 'x' });
    assert.deepEqual(titlesOn(card).slice(0, 2), ['Plan the restart', 'Roll back']);
  });

  test('that left a silent service says that it does not answer', async (t) => {
    const silent = { ...reason, code: 'service-silent' };
    const card = await failed(t, { kind: 'not-active', at: 'verify', reason: silent, seenAt: 'x' });
    assert.match(wordsOn(card), /does not answer/);
  });

  test('that was restored says that the old file is back', async (t) => {
    const card = await failed(t, { kind: 'restored', at: 'undo-verify', reason, proof });
    assert.match(wordsOn(card), /The old file is back/);
    assert.ok(!titlesOn(card).includes('Roll back'));
  });

  test('shows what the server said as outside text beside our words', async (t) => {
    const said = { ...reason, serverText: 'read only' };
    const card = await failed(t, { kind: 'not-done', at: 'write', reason: said, seenAt: null });
    assert.match(wordsOn(card), /the connection was lost: read only/);
  });
});

test('a change that succeeded without a proof has no card: the store was tampered with', async (t) => {
  await assert.rejects(cardFor(t, change('succeeded', { result: undefined })));
});

describe('what could not be put back as it was', () => {
  const leftDifferent = [
    'The owner is Administrators: icacls x /setowner y',
    'Read-only is gone: attrib +R x',
  ];
  for (const [what, state, result] of [
    ['a change that succeeded', 'succeeded', { kind: 'proven', proof: { ...proof, leftDifferent } }],
    [
      'a change that was taken back',
      'failed',
      { kind: 'restored', at: 'wait', reason, proof: { ...proof, leftDifferent } },
    ],
    [
      'a change that is written and not in use',
      'failed',
      { kind: 'not-active', at: 'restart', reason, seenAt: minutes(3).toISOString(), leftDifferent },
    ],
  ] satisfies readonly (readonly [string, Change['state'], Result])[]) {
    test(`stands on the card of ${what}, with the commands as text`, async (t) => {
      const card = await cardFor(t, change(state, { result }));
      assert.match(
        wordsOn(card).replaceAll('\u00a0', ' '),
        /! Not as it was before: The owner is Administrators\nicacls x \/setowner y\nRead-only is gone\nattrib \+R x/,
      );
      assert.ok(titlesOn(card).includes('Command as text'));
      assert.ok(titlesOn(card).length <= 3);
    });
  }

  test('is nothing as a rule', async (t) => {
    const card = await cardFor(t, change('succeeded'));
    assert.doesNotMatch(wordsOn(card), /Not as it was/);
    assert.ok(!titlesOn(card).includes('Command as text'));
  });
});
