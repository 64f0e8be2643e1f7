import { decodeText } from '../../bot/intake/encoding.ts';
import { diagnose } from '../../bot/diagnosis/diagnose.ts';
import type { Outcome } from './confusion.ts';
import { falseEvidence, judge, tellMiss } from './judge.ts';
import { loadCorpus } from './load-corpus.ts';

export interface CorpusRun {
  readonly outcomes: readonly (Outcome & { readonly name: string })[];
  /** Pastes for which the edit was offered although it must not be. */
  readonly wrongProposals: readonly string[];
  /** What is wrong, by the name of the paste. */
  readonly misses: ReadonlyMap<string, readonly string[]>;
}

/** Diagnoses every paste of the corpus and holds the answers against the expected ones. */
export function runCorpus(): CorpusRun {
  const misses = new Map<string, readonly string[]>();
  const wrongProposals: string[] = [];
  const outcomes = loadCorpus().map(({ name, bytes, expected }) => {
    const text = decodeText(bytes);
    const diagnosis = diagnose(text);
    const wrong = [...judge(expected, diagnosis).map(tellMiss), ...falseEvidence(text, diagnosis)];
    if (wrong.length > 0) misses.set(name, wrong);
    if (diagnosis.mayPropose && !expected.mayPropose) wrongProposals.push(name);
    return { name, expected: expected.verdict, got: diagnosis.verdict };
  });
  return { outcomes, wrongProposals, misses };
}
