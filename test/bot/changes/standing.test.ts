import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inNoGroup, unreadMembership } from '../../../bot/changes/membership.ts';
import type { Member } from '../../../bot/changes/policy.ts';
import { type Standing, standingOn } from '../../../bot/changes/standing.ts';
import { policyWith } from './sample-policy.ts';

const ada = { aadObjectId: 'aaaaaaaa-0000-4000-8000-000000000001' };
const adaEntry = (name: string): Member => ({ kind: 'person', id: ada.aadObjectId, name });
const board: Member = { kind: 'group', id: '33333333-3333-4333-8333-333333333333', name: 'Board' };

const shortOf = ({ servers, request, approve, breakGlass }: Standing) => ({
  servers,
  may: [request, approve, breakGlass].map((one) => (one.may ? one.because.rule : one.rule)),
});

test('servers with the same rules are taken together, however their people are called there', () => {
  const servers = [
    { name: 'a', policy: policyWith({ approvers: [adaEntry('Ada')], fourEyes: true }) },
    { name: 'b', policy: policyWith({ breakGlass: [adaEntry('Ada')] }) },
    { name: 'c', policy: policyWith({ approvers: [adaEntry('Ada Novak')], fourEyes: true }) },
  ];
  assert.deepEqual(standingOn(servers, ada, inNoGroup).map(shortOf), [
    { servers: ['a', 'c'], may: ['everyone', 'approvers', 'not-break-glass'] },
    { servers: ['b'], may: ['everyone', 'not-approver', 'break-glass'] },
  ]);
});

test('what the directory leaves open is said of what hangs on it, and of nothing else', () => {
  const servers = [{ name: 'a', policy: policyWith({ approvers: [board], breakGlass: [adaEntry('Ada')] }) }];
  assert.deepEqual(standingOn(servers, ada, unreadMembership('no answer')).map(shortOf), [
    { servers: ['a'], may: ['everyone', 'directory-unread', 'break-glass'] },
  ]);
});

test('without servers there is nothing to say', () => {
  assert.deepEqual(standingOn([], ada, inNoGroup), []);
});
