import assert from 'node:assert/strict';
import type { FuzzResult } from './run-activity-fuzz.ts';

/** What every run has to show. */
export const assertFuzz = ({ complaints, states, writes }: FuzzResult): void => {
  assert.deepEqual(complaints, []);
  const [before, after] = states;
  const started = before.filter((state) => !/ (proposed|declined|superseded|expired)$/.test(state));
  assert.deepEqual(started, [], 'started by a mutated activity');
  // The button was there all the time: pressed as it must be, it starts the change.
  assert.ok(after.includes('wsus01 succeeded'), after.join(', '));
  assert.deepEqual(writes, [0, 1]);
};
