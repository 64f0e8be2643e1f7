import { isDeepStrictEqual } from 'node:util';
import type { Diagnosis } from '../../bot/diagnosis/diagnosis.ts';
import { diagnosisToJson } from '../../bot/diagnosis/diagnosis-json.ts';
import type { Expected } from './expected.ts';

/** One thing an answer says differently from the expert. */
interface Miss {
  readonly field: string;
  readonly expected: unknown;
  readonly got: unknown;
}

/** @returns what the answer to a paste has wrong, read as another program reads it: from its JSON. Nothing when all is right. */
export function judge(expected: Expected, diagnosis: Diagnosis): Miss[] {
  const got = diagnosisToJson(diagnosis);
  const [first, ...others] = got.findings;
  const misses: Miss[] = [];
  const hold = (field: string, wanted: unknown, found: unknown) => {
    if (wanted !== undefined && !isDeepStrictEqual(wanted, found))
      misses.push({ field, expected: wanted, got: found });
  };
  hold('verdict', expected.verdict, got.verdict);
  hold('mayPropose', expected.mayPropose, got.mayPropose);
  hold('hresults', expected.hresults, got.hresults);
  hold('isExample', expected.isExample, got.isExample);
  hold(
    'askFor',
    expected.askFor,
    got.askFor.map(({ id }) => id),
  );
  hold('findings[0].signature', got.verdict === 'no-fault' ? undefined : got.verdict, first?.signature);
  if (expected.further !== 'any') {
    hold(
      'further',
      expected.further,
      others.map(({ signature }) => signature),
    );
  }
  for (const field of ['server', 'servers', 'clients', 'count', 'firstSeen', 'lastSeen', 'zone'] as const) {
    hold(field, expected[field], first?.[field]);
  }
  return misses;
}

/** Evidence is shown as written: each line, or the entry of a log in it, must stand in the text under its own number. What is masked differs. */
export function falseEvidence(text: string, diagnosis: Diagnosis): string[] {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/);
  return diagnosis.findings
    .flatMap(({ evidence }) => evidence)
    .filter(({ line, text: shown }) => !shown.includes('***') && lines[line - 1]?.includes(shown) !== true)
    .map(({ line, text: shown }) => `line ${line} is not “${shown.slice(0, 60)}”`);
}

export const tellMiss = ({ field, expected, got }: Miss): string =>
  `${field}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`;
