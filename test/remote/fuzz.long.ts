import { test } from 'node:test';
import { fuzz } from './fuzz.ts';
import { targets } from './fuzz-targets.ts';

for (const [what, target] of Object.entries(targets)) {
  test(`${what} with bytes changed is read or refused, 100,000 times`, () => {
    fuzz(target, 100_000, 8);
  });
}
