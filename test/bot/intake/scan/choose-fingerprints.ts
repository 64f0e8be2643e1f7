import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chosenFingerprints } from '../../../../bot/intake/scan/chosen-fingerprints.ts';
import { type Fingerprint, fingerprintLength } from '../../../../bot/intake/scan/fingerprints.ts';
import { linePatterns } from '../../../../bot/intake/scan/line-patterns.ts';
import type { ByteClass, Pattern } from '../../../../bot/intake/scan/pattern.ts';
import { generateLog } from '../../../bench/generated-log.ts';
import { logSample } from './log-sample.ts';

/**
 * Chooses for each pattern the bytes that the scanner looks for and the bucket in which they mix least with others: hill climbing on a
 * sample of logs, from what was chosen last and from many other beginnings. Run it after the anchors changed; it writes bot/intake/scan/chosen-fingerprints.ts.
 */
const buckets = 6;
const rounds = 40;
const target = fileURLToPath(new URL('../../../../bot/intake/scan/chosen-fingerprints.ts', import.meta.url));

const [generated = Buffer.alloc(0)] = generateLog({ bytes: 40_000, matches: 0, seed: 7 });
const sample = Buffer.concat([generated, Buffer.from(logSample.repeat(3), 'latin1')]);

/** For each place the low and the high halves that may stand there, as sixteen bits each. */
type Halves = readonly { readonly low: number; readonly high: number }[];

const halvesOf = (places: readonly ByteClass[]): Halves =>
  places.map((bytes) => ({
    low: bytes.reduce((bits, byte) => bits | (1 << (byte & 15)), 0),
    high: bytes.reduce((bits, byte) => bits | (1 << (byte >> 4)), 0),
  }));

const alarms = (members: readonly Halves[]): number => {
  const tables = Array.from({ length: fingerprintLength }, (_, place) => ({
    low: members.reduce((bits, halves) => bits | (halves[place]?.low ?? 0), 0),
    high: members.reduce((bits, halves) => bits | (halves[place]?.high ?? 0), 0),
  }));
  const passes = tables.map(({ low, high }) =>
    Uint8Array.from({ length: 256 }, (_, byte) => (low >> (byte & 15)) & (high >> (byte >> 4)) & 1),
  );
  const [first, second, third, fourth, fifth] = passes as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  let count = 0;
  for (let at = 0; at + 4 < sample.length; at += 1)
    if (
      first[sample[at] as number] &&
      second[sample[at + 1] as number] &&
      third[sample[at + 2] as number] &&
      fourth[sample[at + 3] as number] &&
      fifth[sample[at + 4] as number]
    )
      count += 1;
  // By chance in other text: a small weight, so that it decides between equals.
  const chance = passes.reduce(
    (product, each) => product * (each.reduce((sum, one) => sum + one, 0) / 256),
    1,
  );
  return count + chance * 50;
};

interface Choice {
  readonly pattern: Pattern;
  offset: number;
  bucket: number;
}

const halves = (pattern: Pattern, offset: number): Halves =>
  halvesOf(pattern.classes.slice(offset, offset + fingerprintLength));

/** From a random beginning, or from a good one of which a part is thrown about. */
function climb(
  patterns: readonly Pattern[],
  random: () => number,
  good?: readonly (Choice | undefined)[],
): { choices: Choice[]; cost: number } {
  const offsets = ({ classes }: Pattern) => classes.length - fingerprintLength + 1;
  const choices = patterns.map((pattern, index) => {
    const kept = good?.[index];
    if (kept !== undefined && random() < 0.8) return { ...kept };
    const offset = Math.floor(random() * offsets(pattern));
    return { pattern, offset, bucket: Math.floor(random() * buckets) };
  });
  const costOf = (bucket: number, without?: Choice): number =>
    alarms(
      choices
        .filter((choice) => choice.bucket === bucket && choice !== without)
        .map(({ pattern, offset }) => halves(pattern, offset)),
    );
  let improved = true;
  while (improved) {
    improved = false;
    for (const choice of choices) {
      const before = { offset: choice.offset, bucket: choice.bucket };
      let best = { ...before, more: costOf(choice.bucket) - costOf(choice.bucket, choice) };
      for (let bucket = 0; bucket < buckets; bucket += 1) {
        const without = costOf(bucket, choice);
        for (let offset = 0; offset < offsets(choice.pattern); offset += 1) {
          Object.assign(choice, { offset, bucket });
          const more = costOf(bucket) - without;
          if (more < best.more - 1e-9) best = { offset, bucket, more };
        }
      }
      improved ||= best.offset !== before.offset || best.bucket !== before.bucket;
      Object.assign(choice, { offset: best.offset, bucket: best.bucket });
    }
  }
  const cost = Array.from({ length: buckets }, (_, bucket) => costOf(bucket)).reduce((a, b) => a + b, 0);
  return { choices, cost };
}

let state = 12345;
const random = (): number => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
  return state / 2 ** 32;
};

const patterns = linePatterns;
const before = patterns.map((pattern) => {
  const known = chosenFingerprints.get(pattern.source);
  return known === undefined ? undefined : { pattern, ...known };
});
let best = climb(patterns, random, before);
for (let round = 1; round < Number(process.argv[2] ?? rounds); round += 1) {
  const next = climb(patterns, random, round % 4 === 0 ? undefined : best.choices);
  if (next.cost < best.cost) best = next;
  process.stdout.write(
    `${round}: ${next.cost.toFixed(1)}, best ${best.cost.toFixed(1)} in ${sample.length} bytes\n`,
  );
}
const rows = best.choices.map(({ pattern, offset, bucket }): [string, Fingerprint] => [
  pattern.source,
  { offset, bucket },
]);
const body = rows
  .map(([source, { offset, bucket }]) => `  [${quoted(source)}, { offset: ${offset}, bucket: ${bucket} }],`)
  .join('\n');
writeFileSync(
  target,
  `import type { Fingerprint } from './fingerprints.ts';

/** Written by test/bot/intake/scan/choose-fingerprints.ts: for each pattern the bytes to look for, and with which others. */
export const chosenFingerprints: ReadonlyMap<string, Fingerprint> = new Map([
${body}
]);
`,
);
process.stdout.write(`${readFileSync(target, 'utf8').split('\n').length} lines written\n`);

function quoted(source: string): string {
  return `'${source.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
