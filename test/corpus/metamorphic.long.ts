import { describe, test } from 'node:test';
import {
  causeStays,
  causeStaysInCompany,
  causeStaysInItsBeginning,
  otherAnswersStayAway,
  twoOthersNeverMakeIt,
} from './metamorphic-properties.ts';

// A new seed each time; fast-check prints it with the failure.
describe('the corpus, mangled by new seeds', () => {
  test('never turns another answer into KB 4096317: 100,000 runs', () =>
    otherAnswersStayAway({ numRuns: 100_000 }));

  test('never makes KB 4096317 of two clients: 50,000 runs', () => twoOthersNeverMakeIt({ numRuns: 50_000 }));

  test('stays KB 4096317 while it is readable: 50,000 runs', () => causeStays({ numRuns: 50_000 }));

  test('stays KB 4096317 when it is cut behind its fields: 20,000 runs', () =>
    causeStaysInItsBeginning({ numRuns: 20_000 }));

  test('stays KB 4096317 in company: 50,000 runs', () => causeStaysInCompany({ numRuns: 50_000 }));
});
