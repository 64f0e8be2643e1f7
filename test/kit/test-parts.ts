import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/** Test files that share one process: most of what a test file costs is loading what the file beside it loads, too. */
export interface TestPart {
  /** Folder or file that the part is named after: "test/bot/store". */
  readonly name: string;
  readonly files: readonly string[];
}

/** How a part ended. */
export interface PartEnd {
  readonly part: TestPart;
  /** Everything that the part printed, its summary last. */
  readonly output: string;
  /** Why the part does not count as passed, or undefined. */
  readonly trouble: string | undefined;
}

export interface RunOptions {
  /** How many parts run side by side. */
  readonly atOnce: number;
  readonly onEnd: (end: PartEnd) => void;
  /** Ends what is running and starts nothing more. */
  readonly signal?: AbortSignal;
}

/**
 * Files, each with slashes, in parts: the longest of the names that a file lies under, or is, has it; what no name has is
 * the last part, "test". Throws for a name that has no file: it is wrong, or its tests are gone.
 */
export const partsOf = (files: readonly string[], names: readonly string[]): TestPart[] => {
  const longestFirst = names.toSorted((a, b) => b.length - a.length);
  const nameOf = (file: string) =>
    longestFirst.find((name) => file === name || file.startsWith(`${name}/`)) ?? 'test';
  const byName = Map.groupBy(files.toSorted(), nameOf);
  const lost = names.find((name) => !byName.has(name));
  if (lost !== undefined) throw new Error(`dividing the tests: there is none in ${lost}`);
  return [...new Set([...names, 'test'])].flatMap((name) => {
    const own = byName.get(name);
    return own === undefined ? [] : [{ name, files: own }];
  });
};

/** Runs every part, whatever becomes of the others, and gives how they ended in the order in which they did. */
export const runParts = async (
  parts: readonly TestPart[],
  { atOnce, onEnd, signal }: RunOptions,
): Promise<PartEnd[]> => {
  const waiting = parts.values();
  const ends: PartEnd[] = [];
  const lane = async () => {
    for (const part of waiting) {
      const end = await runPart(part, signal);
      ends.push(end);
      onEnd(end);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return ends;
};

const runPart = async (part: TestPart, signal: AbortSignal | undefined): Promise<PartEnd> => {
  if (signal?.aborted === true) return { part, output: '', trouble: 'was not started' };
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  const child = spawn(
    process.execPath,
    ['--test', '--test-isolation=none', '--test-reporter=spec', ...part.files],
    { env: environment, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const stop = () => child.kill();
  signal?.addEventListener('abort', stop);
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  signal?.removeEventListener('abort', stop);
  const output = Buffer.concat(chunks).toString();
  return { part, output, trouble: troubleOf(code, stripVTControlCharacters(output)) };
};

/** A process that leaves before its summary leaves tests out, and Node passes a file without a test as a test of its name. */
const troubleOf = (code: number | null, output: string): string | undefined => {
  if (code !== 0) return code === null ? 'was ended by a signal' : `ended with ${code}`;
  if (!/^ℹ tests \d+$/m.test(output)) return 'ended before its summary';
  // What a process says that was told to end while it still loaded its files.
  if (/^ℹ tests 0$/m.test(output)) return 'ran no test';
  const empty = /^✔ (\S+\.test\.m?[jt]s) \(/m.exec(output)?.[1];
  return empty === undefined ? undefined : `has no test in ${empty}`;
};
