import { matrix, scores } from './confusion.ts';
import { runCorpus } from './run-corpus.ts';

const percent = (share: number | null): string =>
  (share === null ? '–' : `${(share * 100).toFixed(1)} %`).padStart(9);

const { outcomes, wrongProposals, misses } = await runCorpus();
console.log(`${outcomes.length} pastes; rows: expected, columns: answered\n`);
console.log(matrix(outcomes));
console.log(`\n${'signature'.padEnd(28)}pastes precision   recall`);
for (const { signature, pastes, precision, recall } of scores(outcomes)) {
  console.log(`${signature.padEnd(28)}${String(pastes).padStart(6)} ${percent(precision)}${percent(recall)}`);
}
for (const [name, wrong] of misses) console.log(`\n✕ ${name}\n  ${wrong.join('\n  ')}`);
console.log(
  `\nEdit offered for a wrong case: ${wrongProposals.length}${wrongProposals.map((name) => ` ${name}`).join('')}`,
);
console.log(
  `Pastes answered in every part as expected: ${outcomes.length - misses.size} of ${outcomes.length}`,
);
process.exitCode = misses.size === 0 ? 0 : 1;
