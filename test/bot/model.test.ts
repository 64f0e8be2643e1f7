import { test } from 'node:test';
import { inMemory, nextTurn, runModel } from './model/run-model.ts';

// The same runs each time: `npm run test:long` makes new ones.
test('whatever happens in whatever order, nothing unapproved runs, nothing runs twice, every card is true', async () => {
  await runModel({ store: inMemory, round: nextTurn, parameters: { seed: 20261125, numRuns: 24 } });
});
