import { describe, test } from 'node:test';
import { causes, manglings, others } from './metamorphic.ts';
import {
  causeStays,
  causeStaysInCompany,
  causeStaysInItsBeginning,
  otherAnswersStayAway,
  twoOthersNeverMakeIt,
} from './metamorphic-properties.ts';

const seed = 20_261_124;

describe(`${causes.length + others.length} pastes, mangled in ${manglings.length} ways`, () => {
  test('never turn another answer into KB 4096317', () => otherAnswersStayAway({ seed, numRuns: 3000 }));

  test('of two clients, mixed, never make KB 4096317', () => twoOthersNeverMakeIt({ seed, numRuns: 1000 }));

  test('stay KB 4096317 while ErrorCode, Message and service are readable', () =>
    causeStays({ seed, numRuns: 2000 }));

  test('stay KB 4096317 when they are cut behind them', () =>
    causeStaysInItsBeginning({ seed, numRuns: 1000 }));

  test('stay KB 4096317 with another client’s failures between their lines', () =>
    causeStaysInCompany({ seed, numRuns: 1000 }));
});
