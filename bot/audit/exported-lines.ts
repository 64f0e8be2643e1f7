import type { AuditRow } from '../store/audit-rows.ts';
import type { ChainLine } from './verify-audit.ts';

/** An entry as one line of an export: `{"entry":…,"hash":"…"}`, the entry's text inside as it was hashed. */
export const exportedLine = ({ entryJson, hash }: Pick<AuditRow, 'entryJson' | 'hash'>): string =>
  `{"entry":${entryJson},"hash":${JSON.stringify(hash)}}`;

/** The entry of an exported line. A line of another form is taken as a whole, so that its place shows as no entry. */
export const readExportedLine = (line: string): ChainLine => {
  const match = /^\{"entry":(\{.*\}),"hash":"([0-9a-f]*)"\}$/s.exec(line);
  return match === null ? { text: line, hash: '' } : { text: match[1] ?? '', hash: match[2] ?? '' };
};

/** A row of the store as a line to verify. */
export const storedLine = ({ seq, at, kind, entryJson, hash }: AuditRow): ChainLine => ({
  text: entryJson,
  hash,
  row: { seq, at, kind },
});

/** The lines of a text that comes in pieces, without their ends. An empty last one is no line. */
export async function* linesOf(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (
      rest + (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))
    ).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
