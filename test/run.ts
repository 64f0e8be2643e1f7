/** `npm test`: every `*.test.ts`, in a few processes. The longest parts come first. */
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { partsOf, runParts } from './kit/test-parts.ts';

const names = [
  'test/bot',
  'test/remote/module',
  'test/playground',
  'test/bot/host-faults.test.ts',
  'test/rendering',
  'test/bot/model.test.ts',
  'test/bot/conversation',
  'test/bot/store',
  'test/remote/practice',
  'test/witness',
  'test/cards',
  'test/bot/audit',
  'test/bot/teams',
  'test/bot/cli',
  'test/remote',
  'test/bot/changes',
  'test/bot/diagnosis',
  'test/bot/intake',
  'test/bot/download',
  'test/corpus',
  'test/regular-expressions',
];

if (process.argv.length > 2) {
  process.stderr.write(
    'npm test runs everything. A choice: npx node --test test/remote/psrp/clixml.test.ts\n',
  );
  process.exit(2);
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const files = globSync('test/**/*.test.ts').map((file) => file.replaceAll(sep, '/'));
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());

const ends = await runParts(partsOf(files, names), {
  // Tests wait for each other's processes and for time, too.
  atOnce: availableParallelism() + 1,
  signal: stop.signal,
  onEnd: ({ part, output, trouble }) => {
    const verdict = trouble === undefined ? '' : `, which ${trouble}`;
    process.stdout.write(`\n${part.name} (${part.files.length} files)${verdict}\n${output}`);
  },
});

const failed = ends.filter(({ trouble }) => trouble !== undefined);
for (const { part, trouble } of failed) process.stdout.write(`✖ ${part.name} ${trouble}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
