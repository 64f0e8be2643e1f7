import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { inNoGroup, type Membership, unreadMembership } from '../../../bot/changes/membership.ts';
import type { Person } from '../../../bot/changes/person.ts';
import { tokenFor } from '../../../bot/conversation/desk.ts';
import type { Directory } from '../../../bot/directory/directory.ts';
import { findChange } from '../../../bot/store/read-change.ts';
import { configBelow } from '../../docs/config-on-page.ts';
import { cardIn, type DeskScene, group, personal, type Shown, startDesk, wordsOn } from './desk-scene.ts';

// What docs/approvals.md promises, with its own configurations, in the chat.

const person = (digit: number, name: string): Person => ({
  aadObjectId: `${`${digit}`.repeat(8)}-${`${digit}`.repeat(4)}-4${`${digit}`.repeat(3)}-8${`${digit}`.repeat(3)}-${`${digit}`.repeat(12)}`,
  name,
});
const [ada, kim, noor, luis, sam] = [
  person(1, 'Ada Novak'),
  person(2, 'Kim Larsen'),
  person(4, 'Noor Haddad'),
  person(5, 'Luis Ortega'),
  person(9, 'Sam Reed'),
];

const thursday = new Date('2026-11-26T12:00:00Z');
const sundayHalfPastTwo = new Date('2026-11-29T01:30:00Z');
const team = group('team');

interface Options {
  readonly now?: Date;
  readonly server?: string;
  readonly directory?: Directory;
}

const deskBelow = async (t: TestContext, heading: string, options: Options = {}): Promise<DeskScene> => {
  const { servers, policy } = configBelow(t, heading);
  const named = servers.find(({ name }) => name === (options.server ?? 'wsus01'));
  assert.ok(named !== undefined);
  // The server that the scene has, under the policy of the one on the page.
  return startDesk(t, {
    world: { now: options.now ?? thursday },
    policy: { ...policy, ...named.policy },
    ...(options.directory === undefined ? {} : { directory: options.directory }),
  });
};

const asked = async (scene: DeskScene, who: Person): Promise<Shown> =>
  cardIn(await scene.say('check wsus01', who, team));

const changeOf = async (scene: DeskScene) => {
  const { database } = scene.desk;
  const { id } = await database.selectFrom('changes').select('id').executeTakeFirstOrThrow();
  const change = await findChange(database, id);
  assert.ok(change !== undefined);
  return change;
};

/** Presses the button that lies on the card of this person, wherever they see it. */
const press = async (
  scene: DeskScene,
  who: Person,
  kind: 'approve' | 'break-glass',
  shown: Shown,
  inputs: Record<string, string> = {},
) => {
  const token = await tokenFor(scene.desk, team, { kind, changeId: (await changeOf(scene)).id });
  return scene.pressToken(token, shown, { who, inputs });
};

describe('two approvers, four eyes, a window on Sunday, break-glass', () => {
  const heading = 'Two approvers, four eyes, a window, break-glass';

  test('on Thursday an approval waits for Sunday, and nothing starts', async (t) => {
    const scene = await deskBelow(t, heading);
    const shown = await asked(scene, sam);
    await press(scene, kim, 'approve', shown);
    const change = await changeOf(scene);
    assert.equal(change.state, 'queued');
    assert.equal(change.startAfter?.toISOString(), '2026-11-29T01:00:00.000Z');
    assert.deepEqual(scene.started, []);
  });

  test('on Sunday at 02:30 it starts at once', async (t) => {
    const scene = await deskBelow(t, heading, { now: sundayHalfPastTwo });
    await press(scene, kim, 'approve', await asked(scene, sam));
    assert.equal((await changeOf(scene)).state, 'approved');
    assert.equal(scene.started.length, 1);
  });

  test('who asked does not approve; the answer names the rule and the other one', async (t) => {
    const scene = await deskBelow(t, heading, { now: sundayHalfPastTwo });
    const shown = await asked(scene, ada);
    const answer = await press(scene, ada, 'approve', shown);
    assert.match(answer.text ?? '', /four eyes.*Kim Larsen/i);
    assert.equal((await changeOf(scene)).state, 'proposed');
    await press(scene, kim, 'approve', shown);
    assert.equal((await changeOf(scene)).state, 'approved');
  });

  test('who is on no list approves nothing, and is told who may', async (t) => {
    const scene = await deskBelow(t, heading, { now: sundayHalfPastTwo });
    const shown = await asked(scene, sam);
    for (const who of [sam, noor]) {
      assert.match((await press(scene, who, 'approve', shown)).text ?? '', /Ada Novak.*Kim Larsen/);
    }
    assert.equal((await changeOf(scene)).state, 'proposed');
  });

  test('Noor breaks the glass on Thursday with a reason, and the approvers are told it', async (t) => {
    const scene = await deskBelow(t, heading);
    await scene.install(ada, personal('ada'));
    await scene.install(kim, personal('kim'));
    const shown = await asked(scene, sam);
    const reason = 'Branches cannot patch before the audit';
    await press(scene, noor, 'break-glass', shown, { reason });
    assert.equal((await changeOf(scene)).state, 'approved');
    assert.equal(scene.started.length, 1);
    const announced = scene.messages.filter(({ card }) =>
      /One person runs this change without an approval/.test(wordsOn(card)),
    );
    assert.deepEqual(
      announced.map(({ posted, card }) => [posted.where.conversationId, wordsOn(card).includes(reason)]),
      [
        ['ada', true],
        ['kim', true],
      ],
    );
  });

  test('without a reason, and by anybody else, the glass holds', async (t) => {
    const scene = await deskBelow(t, heading);
    const shown = await asked(scene, sam);
    assert.match((await press(scene, noor, 'break-glass', shown, { reason: 'now' })).text ?? '', /reason/);
    assert.match(
      (await press(scene, kim, 'break-glass', shown, { reason: 'x'.repeat(40) })).text ?? '',
      /Noor/,
    );
    assert.equal((await changeOf(scene)).state, 'proposed');
  });
});

describe('two of three approve', () => {
  const heading = 'Both have to approve';

  test('the second one lets it run; a person counts once, and who asked not at all', async (t) => {
    const scene = await deskBelow(t, heading);
    const shown = await asked(scene, luis);
    await press(scene, ada, 'approve', shown);
    assert.equal((await changeOf(scene)).state, 'proposed');
    assert.match((await press(scene, ada, 'approve', shown)).text ?? '', /counts once/);
    assert.match((await press(scene, luis, 'approve', shown)).text ?? '', /four eyes/);
    assert.deepEqual(scene.started, []);
    await press(scene, kim, 'approve', shown);
    assert.equal((await changeOf(scene)).state, 'approved');
    assert.equal(scene.started.length, 1);
  });
});

describe('a group of Entra', () => {
  const heading = 'A group of Entra approves';
  const board: Membership = { groups: new Set([person(3, '').aadObjectId]), unread: null };
  const directoryWith = (kims: Membership): Directory => ({
    groupsOf: async (personId) => (personId === kim.aadObjectId ? kims : inNoGroup),
  });

  test('approves through its members', async (t) => {
    const scene = await deskBelow(t, heading, { directory: directoryWith(board) });
    await press(scene, kim, 'approve', await asked(scene, sam));
    assert.equal((await changeOf(scene)).state, 'approved');
  });

  test('lets nobody in while the directory does not answer, and the answer says so', async (t) => {
    const scene = await deskBelow(t, heading, { directory: directoryWith(unreadMembership('no answer')) });
    const shown = await asked(scene, sam);
    assert.match((await press(scene, kim, 'approve', shown)).text ?? '', /directory/);
    assert.equal((await changeOf(scene)).state, 'proposed');
    await press(scene, ada, 'approve', shown);
    assert.equal((await changeOf(scene)).state, 'approved');
  });
});

describe('a server that is changed in its window only', () => {
  test('refuses an approval at another time, and names the next window', async (t) => {
    const scene = await deskBelow(t, 'Other rules for some servers', { server: 'wsus02' });
    const answer = await press(scene, ada, 'approve', await asked(scene, sam));
    assert.match(answer.text ?? '', /window.*The next one: /);
    assert.equal((await changeOf(scene)).state, 'proposed');
  });
});
