import assert from 'node:assert/strict';
import type { FuzzResult } from './run-activity-fuzz.ts';

/** What every run has to show. */
export const assertFuzz = ({ complaints, states, writes }: FuzzResult): void => {
  assert.deepEqual(complaints, []);
  // The button was there all the time: pressed as it must be, it starts the change.
  assert.ok(states.includes('wsus01 succeeded'), states.join(', '));
  assert.deepEqual(writes, [0, 1]);
};
