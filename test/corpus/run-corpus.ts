import { diagnose } from '../../bot/diagnosis/diagnose.ts';
import { LogsDiagnoser } from '../../bot/intake/diagnose-logs.ts';
import { decodeText } from '../../bot/intake/encoding.ts';
import type { Outcome } from './confusion.ts';
import { falseEvidence, judge, tellMiss } from './judge.ts';
import { loadCorpus, type Paste } from './load-corpus.ts';

export interface CorpusRun {
  readonly outcomes: readonly (Outcome & { readonly name: string })[];
  /** Pastes for which the edit was offered although it must not be. */
  readonly wrongProposals: readonly string[];
  /** What is wrong, by the name of the paste. */
  readonly misses: ReadonlyMap<string, readonly string[]>;
}

/** Odd sizes, so that words, letters and line ends are cut between pieces. */
async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 7 + 3) % 997) {
    yield bytes.subarray(at, at + size);
  }
}

async function diagnoseFile(bytes: Uint8Array) {
  const logs = new LogsDiagnoser();
  await logs.addFile('the file', inPieces(bytes));
  return logs.finish();
}

async function answerTwice({ bytes, expected }: Paste) {
  const text = decodeText(bytes);
  const asMessage = diagnose(text);
  const asFile = await diagnoseFile(bytes);
  const wrong = [
    ...judge(expected, asMessage).map(tellMiss),
    ...judge(expected, asFile).map((miss) => `as a file: ${tellMiss(miss)}`),
    ...falseEvidence(text, asMessage),
    ...falseEvidence(text, asFile).map((what) => `as a file: ${what}`),
  ];
  return { wrong, verdict: asMessage.verdict, proposes: asMessage.mayPropose || asFile.mayPropose };
}

/** Diagnoses every paste of the corpus, as a message and as a file, and holds the answers against the expected ones. */
export async function runCorpus(): Promise<CorpusRun> {
  const misses = new Map<string, readonly string[]>();
  const wrongProposals: string[] = [];
  const outcomes: CorpusRun['outcomes'][number][] = [];
  for (const paste of loadCorpus()) {
    const { name, expected } = paste;
    const { wrong, verdict, proposes } = await answerTwice(paste);
    if (wrong.length > 0) misses.set(name, wrong);
    if (proposes && !expected.mayPropose) wrongProposals.push(name);
    outcomes.push({ name, expected: expected.verdict, got: verdict });
  }
  return { outcomes, wrongProposals, misses };
}
