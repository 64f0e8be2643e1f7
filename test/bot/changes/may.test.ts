import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayApprove, mayRequest } from '../../../bot/changes/may.ts';

const approvers = [{ id: 'AAAAAAAA-0000-4000-8000-000000000001' }];
const approver = { aadObjectId: 'aaaaaaaa-0000-4000-8000-000000000001' };
const requester = { aadObjectId: 'bbbbbbbb-0000-4000-8000-000000000002' };
const stranger = { aadObjectId: 'cccccccc-0000-4000-8000-000000000003' };
const nobody = { aadObjectId: '' };

test('an approver is known by the object id, whatever its case', () => {
  assert.equal(mayApprove({ approvers }, approver), true);
  assert.equal(mayApprove({ approvers }, requester), false);
});

test('a person without an id may nothing, not even when a rule has an empty id', () => {
  assert.equal(mayApprove({ approvers: [{ id: '' }] }, nobody), false);
  assert.equal(mayRequest({ approvers: [], requesters: [{ id: '' }] }, nobody), false);
});

test('without approvers nobody may approve', () => {
  assert.equal(mayApprove({ approvers: [] }, approver), false);
});

test('a list of requesters lets in those on it and the approvers, and nobody else', () => {
  const rules = { approvers, requesters: [{ id: requester.aadObjectId.toUpperCase() }] };
  assert.equal(mayRequest(rules, requester), true);
  assert.equal(mayRequest(rules, approver), true);
  assert.equal(mayRequest(rules, stranger), false);
});

test('everyone may request when the configuration says so', () => {
  assert.equal(mayRequest({ approvers, requesters: 'everyone' }, stranger), true);
});
