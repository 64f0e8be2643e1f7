import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Member } from '../../../bot/changes/policy.ts';
import { approverChats } from '../../../bot/conversation/approver-chats.ts';
import type { Desk } from '../../../bot/conversation/desk.ts';
import type { Directory } from '../../../bot/directory/directory.ts';
import { rememberPerson } from '../../../bot/store/people.ts';
import { policyWith } from '../changes/sample-policy.ts';
import { personal, startDesk } from './desk-scene.ts';

const groupId = '33333333-3333-4333-8333-000000000001';
const group: Member = { kind: 'group', id: groupId, name: 'WSUS approvers' };
const idOf = (number: number) => `aaaaaaaa-0000-4000-8000-${String(number).padStart(12, '0')}`;
const named = (number: number): Member => ({ kind: 'person', id: idOf(number), name: `Person ${number}` });

/** Those with an even number are in the group. Each answer takes a turn of the event loop. */
const countingDirectory = () => {
  const asked: string[] = [];
  let now = 0;
  let most = 0;
  const directory: Directory = {
    groupsOf: async (personId) => {
      asked.push(personId);
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
      return { groups: new Set(Number(personId.slice(-12)) % 2 === 0 ? [groupId] : []), unread: null };
    },
  };
  return { directory, asked, most: () => most };
};

/** A desk that knows the personal chats of people 1 to `people`. */
const deskOf = async (t: TestContext, directory: Directory, people: number): Promise<Desk> => {
  const { desk } = await startDesk(t, { directory });
  for (let number = 1; number <= people; number++) {
    await rememberPerson(desk.database, idOf(number), personal(`chat ${number}`), 'UTC', desk.now());
  }
  return desk;
};

const numbersOf = (chats: readonly { readonly personId: string }[]): number[] =>
  chats.map(({ personId }) => Number(personId.slice(-12))).toSorted((one, other) => one - other);

test('where a policy names people alone, the directory is not asked', async (t) => {
  const { directory, asked } = countingDirectory();
  const desk = await deskOf(t, directory, 5);
  // A group that may ask for changes has no say in who approves them.
  const policy = policyWith({ approvers: [named(1), named(4)], requesters: [group] });
  assert.deepEqual(numbersOf(await approverChats(desk, [policy])), [1, 4]);
  assert.deepEqual(asked, []);
});

test('of many people, the directory is asked about those whom the policy does not name, and about a few at a time', async (t) => {
  const { directory, asked, most } = countingDirectory();
  const desk = await deskOf(t, directory, 40);
  const policy = policyWith({ approvers: [named(3), named(4), group] });
  const even = Array.from({ length: 20 }, (_, index) => 2 * (index + 1));
  assert.deepEqual(
    numbersOf(await approverChats(desk, [policy])),
    [3, ...even].toSorted((one, other) => one - other),
  );
  assert.equal(asked.length, 38);
  assert.ok(!asked.includes(idOf(3)) && !asked.includes(idOf(4)));
  assert.equal(most(), 8);
});

test('while the directory does not answer, those are told whom the policy names, and nobody else', async (t) => {
  const desk = await deskOf(
    t,
    { groupsOf: async () => ({ groups: new Set(), unread: 'the directory cannot be reached' }) },
    4,
  );
  const policy = policyWith({ approvers: [named(3), group] });
  assert.deepEqual(numbersOf(await approverChats(desk, [policy])), [3]);
});

test('of several policies, those are told who may approve under each; of none, nobody', async (t) => {
  const { directory } = countingDirectory();
  const desk = await deskOf(t, directory, 6);
  const policies = [
    policyWith({ approvers: [named(3), group] }),
    policyWith({ approvers: [named(3), named(4)] }),
  ];
  assert.deepEqual(numbersOf(await approverChats(desk, policies)), [3, 4]);
  assert.deepEqual(await approverChats(desk, []), []);
});
