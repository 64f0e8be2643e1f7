import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { diagnose } from '../../../bot/diagnosis/diagnose.ts';
import { createDiagnoser } from '../../../bot/diagnosis/diagnoser.ts';
import type { Diagnosis } from '../../../bot/diagnosis/diagnosis.ts';
import { sourceOfChunks } from '../../../bot/intake/byte-source.ts';
import { type ReadLogOptions, readLog } from '../../../bot/intake/read-log.ts';
import { logText, quietHead } from './log-lines.ts';

/** Through the scanner even if short, in blocks of so many bytes. */
const picked = async (text: string, block: number): Promise<{ diagnosis: Diagnosis; fed: number[] }> => {
  const sizes = { block, history: 32_768, longestLine: 65_536 };
  const options: ReadLogOptions = { wholeUpTo: 0, sizes };
  const diagnoser = createDiagnoser();
  const fed: number[] = [];
  const bytes = Buffer.from(text);
  const chunks = async function* () {
    yield bytes.subarray(0, 10);
    yield bytes.subarray(10);
  };
  const size = await readLog(
    sourceOfChunks(chunks()),
    (line) => {
      fed.push(line.line);
      diagnoser.line(line);
    },
    options,
  );
  return { diagnosis: diagnoser.finish(size), fed };
};

/** Any line may tell which Windows wrote a log; that decides how a command to be run there is written, and no more. */
const asked = ({ askFor, ...diagnosis }: Diagnosis) => ({ ...diagnosis, askFor: askFor.map(({ id }) => id) });

test('the picked lines of a log mean the same as all of them', async () => {
  await fc.assert(
    fc.asyncProperty(logText, fc.integer({ min: 64, max: 5_000 }), async (parts, block) => {
      const text = quietHead + parts;
      const { diagnosis, fed } = await picked(text, block);
      assert.deepEqual(asked(diagnosis), asked(diagnose(text)));
      assert.deepEqual(
        fed,
        [...new Set(fed)].toSorted((a, b) => a - b),
        'numbers rise',
      );
    }),
    { numRuns: 100 },
  );
});

test('a line end of three bytes is counted wherever a block ends', async () => {
  for (let before = 0; before < 70; before += 1) {
    const text = `${quietHead}${'x'.repeat(before)}\u2028\n\u2029\rthe last`;
    const { diagnosis } = await picked(text, 64);
    assert.equal(diagnosis.lines, 75, `after ${before} letters`);
  }
});
