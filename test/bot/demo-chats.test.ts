import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { demoChats, playgroundFile } from '../../bot/demo-chats.ts';
import { demoPeople, demoTenantId } from '../../bot/demo-config.ts';

const id = z.object({ id: z.string() });
const { currentUser, users, ...file } = z
  .looseObject({
    tenantId: z.string(),
    currentUser: z.object({ id: z.string(), aadObjectId: z.string() }),
    users: z.array(z.object({ id: z.string(), aadObjectId: z.string() })),
    personalChat: id,
    groupChat: id,
    team: id,
  })
  .parse(JSON.parse(playgroundFile()));

test('the approver of the demo is the one who writes in the playground', () => {
  assert.equal(currentUser.aadObjectId, demoPeople.approver.aadObjectId);
  assert.equal(file.tenantId, demoTenantId);
});

test('five others are there, the requester among them, and no two are one', () => {
  assert.equal(users.length, 5);
  assert.ok(users.some(({ aadObjectId }) => aadObjectId === demoPeople.requester.aadObjectId));
  for (const key of ['id', 'aadObjectId'] as const) {
    assert.equal(new Set([currentUser, ...users].map((user) => user[key])).size, 6);
  }
});

test('the chats have the ids that are told', () => {
  assert.deepEqual([file.personalChat.id, file.groupChat.id, file.team.id], Object.values(demoChats));
});
