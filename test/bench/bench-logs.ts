import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeGeneratedLog } from './generated-log.ts';
import { median } from './statistics.ts';
import { megabytes, ratio, seconds, table } from './table.ts';
import { type CommandCost, timedCommand } from './timed-command.ts';

const rounds = 5;
const size = 1_000_000_000;
const word = 'InstalledNonLeafUpdateIDs';
const start = fileURLToPath(new URL('../../bot/start.mjs', import.meta.url));

/**
 * `wsus-bot diagnose` on a generated log of 1 GB beside `grep -c -F` and ripgrep, by turns on the same file, which lies in the
 * page cache. The start of Node.js is in it; Node's compile cache is warm, as from the second start on.
 */
export const benchLogs = async (): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-bench-'));
  try {
    const rows = [0, 10, 100_000].map((matches) => measure(folder, size, matches));
    const small = measure(folder, size / 10, 10_000);
    return [
      table(
        [
          `1 GB, median of ${rounds}`,
          'WSUS Bot',
          'grep',
          'ratio',
          'ripgrep',
          'ratio',
          'WSUS Bot, most memory',
        ],
        rows.flatMap((row) => [
          [
            `${row.name} matching lines, time`,
            ...compared(row, ({ wall }) => wall),
            megabytes(Math.max(...row.ours.map(({ peak }) => peak))),
          ],
          [`${row.name} matching lines, processor time`, ...compared(row, ({ cpu }) => cpu), ''],
        ]),
      ),
      `A tenth of it (100 MB, 10,000 matching lines) takes ${megabytes(median(small.ours.map(({ peak }) => peak)))} of memory.`,
    ].join('\n\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

interface Measured {
  readonly name: string;
  readonly ours: CommandCost[];
  readonly grep: CommandCost[];
  readonly ripgrep: CommandCost[];
}

const hasRipgrep = (): boolean => spawnSync('rg', ['--version']).error === undefined;

const measure = (folder: string, bytes: number, matches: number): Measured => {
  const path = join(folder, 'generated.log');
  writeGeneratedLog(path, { bytes, matches });
  const cache = { XDG_CACHE_HOME: join(folder, 'cache') };
  const diagnose = (): CommandCost => {
    const cost = timedCommand([process.execPath, start, 'diagnose', path, '--json'], cache);
    const { findings } = JSON.parse(cost.stdout) as { findings: { signature: string; count: number }[] };
    const found = findings.find(({ signature }) => signature === 'kb4096317')?.count ?? 0;
    if (found !== matches) throw new Error(`diagnosing ${bytes} bytes: ${found} of ${matches} were found`);
    return cost;
  };
  const measured: Measured = { name: matches.toLocaleString('en'), ours: [], grep: [], ripgrep: [] };
  diagnose();
  for (let round = 0; round < rounds; round += 1) {
    measured.ours.push(diagnose());
    measured.grep.push(timedCommand(['grep', '-c', '-F', word, path]));
    if (hasRipgrep()) measured.ripgrep.push(timedCommand(['rg', '-c', '-F', word, path]));
  }
  rmSync(path);
  return measured;
};

const compared = (
  { ours, grep, ripgrep }: Measured,
  pick: (cost: CommandCost) => number,
): [string, string, string, string, string] => {
  const [a, b] = [median(ours.map(pick)), median(grep.map(pick))];
  const c = ripgrep.length > 0 ? median(ripgrep.map(pick)) : undefined;
  return [
    seconds(a),
    seconds(b),
    ratio(a, b),
    c === undefined ? 'not installed' : seconds(c),
    c === undefined ? '' : ratio(a, c),
  ];
};
