import { test } from 'node:test';
import { inMemory, nextTurn, runModel } from './model/run-model.ts';

const claim =
  'whatever happens in whatever order, nothing unapproved runs, nothing runs twice, every card is true';

test(`${claim}: the same runs each time`, async () => {
  await runModel({ store: inMemory, round: nextTurn, parameters: { seed: 20261125, numRuns: 8 } });
});

test(`${claim}: new runs each time`, async () => {
  const parameters = { numRuns: 40, interruptAfterTimeLimit: 4_000 };
  await runModel({ store: inMemory, round: nextTurn, parameters });
});
