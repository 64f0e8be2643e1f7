import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { readEntry } from '../../audit/audit-entry.ts';
import { cefLine } from '../../audit/cef.ts';
import { exportedLine } from '../../audit/exported-lines.ts';
import { loadConfig } from '../../config.ts';
import { type AuditRow, storedChain } from '../../store/audit-rows.ts';
import type { RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { FileError } from '../file-error.ts';
import { numberOption } from '../number-option.ts';
import { withStore } from '../open-store.ts';
import { Printer } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { programVersion } from '../version.ts';

type Format = (row: AuditRow) => string | undefined;

const formats = new Map<string, Format>([
  ['jsonl', exportedLine],
  [
    'cef',
    (row) => {
      const entry = readEntry(row.entryJson);
      return entry && cefLine(entry, row.hash, programVersion());
    },
  ],
]);

export const run: RunCommand = async ({ values, out, config: path }, terminal) => {
  const format = formats.get(values.format ?? '');
  if (format === undefined) throw new UsageError('audit export needs --format jsonl or --format cef');
  const first = numberOption('from', values.from) ?? 1;
  const config = loadConfig(path, terminal.env, { secrets: 'store' });
  const skipped = await withStore(config, async (database) => {
    const { rows } = storedChain(database, first - 1);
    if (out === undefined) return write(rows, format, terminal.stdout);
    const file = createWriteStream(out, { mode: 0o600 });
    try {
      await once(file, 'open');
      const count = await write(rows, format, file);
      file.end();
      await finished(file);
      return count;
    } catch (error) {
      throw new FileError('cli.file-not-writable', `writing ${out}`, error);
    }
  });
  if (skipped === 0) return exitCodes.fine;
  new Printer(terminal.stderr).marked(
    'bad',
    `${skipped} ${skipped === 1 ? 'row is' : 'rows are'} no entry and left out; see wsus-bot audit verify`,
  );
  return exitCodes.auditBroken;
};

/** Writes a line for each entry, as fast as they are taken. Answers how many rows could not be written as one. */
const write = async (
  rows: AsyncIterable<AuditRow>,
  format: Format,
  stream: NodeJS.WritableStream,
): Promise<number> => {
  let skipped = 0;
  for await (const row of rows) {
    const line = format(row);
    if (line === undefined) skipped++;
    else if (!stream.write(`${line}\n`)) await once(stream, 'drain');
  }
  return skipped;
};
