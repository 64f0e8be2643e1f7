import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultError, isOperationTimeout } from '../../../remote/winrm/faults.ts';

for (const [code, subcode, error, outcome] of [
  [2150858793, 'TimedOut', 'remote.timed-out', 'unknown'],
  [2150858843, 'InvalidSelectors', 'remote.connection-lost', 'refused'],
  [2150859082, '', 'remote.connection-lost', 'refused'],
  [995, '', 'remote.connection-lost', 'unknown'],
  [170, '', 'remote.busy', 'refused'],
  [2150859173, 'QuotaLimit', 'remote.shell-quota', 'refused'],
  [2150859180, '', 'remote.shells-not-allowed', 'refused'],
  [2150859259, '', 'remote.virtual-account', 'refused'],
  [2150858824, '', 'remote.envelope-too-large', 'unknown'],
  [14, '', 'remote.out-of-memory', 'unknown'],
  [1115, '', 'remote.restarting', 'unknown'],
  [2150859179, 'QuotaLimit', 'remote.busy', 'refused'],
  [2150859236, 'QuotaLimit', 'remote.busy', 'refused'],
  [2150859241, 'QuotaLimit', 'remote.busy', 'refused'],
  [2150858811, 'DestinationUnreachable', 'remote.endpoint-missing', 'refused'],
  [5, 'AccessDenied', 'remote.access-denied', 'refused'],
  [undefined, 'AccessDenied', 'remote.access-denied', 'refused'],
  [undefined, 'TimedOut', 'remote.timed-out', 'unknown'],
  [2150858817, 'SchemaValidationError', 'remote.fault', 'unknown'],
  [2150859242, '', 'remote.fault', 'unknown'],
  [undefined, '', 'remote.fault', 'unknown'],
] as const) {
  test(`fault ${code ?? 'without a code'} ${subcode} is ${error}, outcome ${outcome}`, () => {
    const result = faultError({ code, subcode, reason: 'text of the server' }, 'reading wsus01');
    assert.deepEqual(
      [result.code, result.outcome, result.serverText],
      [error, outcome, 'text of the server'],
    );
    assert.equal(result.message.includes('text of the server'), false);
    if (code !== undefined) assert.match(result.message, new RegExp(`\\(fault ${code}\\)$`));
  });
}

test('only the operation timeout means that a Receive is to be repeated', () => {
  assert.ok(isOperationTimeout({ code: 2150858793, subcode: 'TimedOut', reason: '' }));
  assert.ok(isOperationTimeout({ code: undefined, subcode: 'TimedOut', reason: '' }));
  assert.equal(isOperationTimeout({ code: 5, subcode: 'TimedOut', reason: '' }), false);
});
