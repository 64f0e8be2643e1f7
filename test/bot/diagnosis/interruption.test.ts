import assert from 'node:assert/strict';
import { test } from 'node:test';
import { interruptionOf } from '../../../bot/diagnosis/interruption.ts';
import { accessDenied, interrupted, reportWith } from '../sample-report.ts';

test('a killed change is told with its step, the file as it is now and what was left different', () => {
  const report = reportWith({ activity: { ok: true, running: null, interrupted } });
  const { leftDifferent } = interrupted;
  assert.deepEqual(interruptionOf(report), {
    what: 'raise',
    startedAt: '2026-11-25T01:58:04.000Z',
    step: 'write',
    file: 'after',
    leftDifferent,
  });
});

test('a restart, a restore and a function of another version are told apart', () => {
  const what = (functionName: string) =>
    interruptionOf(
      reportWith({ activity: { ok: true, running: null, interrupted: { ...interrupted, functionName } } }),
    )?.what;
  assert.deepEqual(['Restart-WsusBotService', 'Restore-WsusBotBackup', 'Set-Other'].map(what), [
    'restart',
    'roll-back',
    'unknown',
  ]);
});

test('nothing interrupted and nothing known are the same', () => {
  assert.equal(interruptionOf(reportWith()), null);
  assert.equal(interruptionOf(reportWith({ activity: accessDenied })), null);
});
