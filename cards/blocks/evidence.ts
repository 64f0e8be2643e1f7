import { codeColumns, cutLines, ellipsis } from '../cut-text.ts';
import type { EvidenceLine } from '../evidence-view.ts';
import { outside } from '../outside-text.ts';
import { own } from '../own-text.ts';
import { codeLine, sourceLine } from './code-band.ts';
import type { Element } from './element.ts';
import { type Part, run } from './text-line.ts';

/** Words that decide between the known faults; at most three are shown in bold. */
const decisive =
  /InvalidParameters|InstalledNonLeafUpdateIDs|OtherCachedUpdateIDs|InternalServerError|GetAuthorizationCookie|ServerSyncWebService|TestProduct|(?<=\b|0[xX])8[0-9A-Fa-f]{7}(?![-\w])/g;
/** Characters of the end of a line without such a word that are shown. */
const endShown = 40;
/** Characters of a raw line that are shown at most. */
const budget = 150;

interface Span {
  readonly start: number;
  end: number;
}

/** The beginning of what the line says: of the exception, when it is one, else of the line. */
function beginning(line: string): Span {
  const start = Math.max(0, line.indexOf('ThrowException'));
  const first = line.slice(start, start + codeColumns - 4);
  return { start, end: start + Math.max(first.lastIndexOf(' '), 12) };
}

/** A line of a log as at most `budget` characters around the words that decide, "…" for what is left out. */
function shortened(text: string): string {
  const whole = text.replace(/\s+/g, ' ').trim();
  if (whole.length <= budget) return whole;
  // ReportingEvents.log begins with an id of the event, which tells nothing.
  const line = whole.replace(/^\{[0-9A-Fa-f-]{36}\} /, '');
  const hits = [...line.matchAll(decisive)].slice(0, 3);
  // The end tells the most after the beginning: a status, a code in decimal.
  if (hits.length === 0) {
    return `${ellipsis(line, budget - endShown)} ${line.slice(line.indexOf(' ', line.length - endShown) + 1)}`;
  }
  const spans = [beginning(line)];
  for (const hit of hits) {
    const before = line.slice(Math.max(0, hit.index - 24), hit.index);
    const cut = Math.max(before.lastIndexOf(' ') + 1, before.lastIndexOf('<'), before.lastIndexOf(',') + 1);
    const start = hit.index - before.length + cut;
    const end = hit.index + hit[0].length;
    const last = spans.at(-1);
    if (last !== undefined && start <= last.end + 2) last.end = Math.max(last.end, end);
    else spans.push({ start, end });
  }
  const shown = spans.map(({ start, end }) => line.slice(start, end).trim()).join(' … ');
  return (spans.at(-1)?.end ?? 0) < line.length ? `${shown} …` : shown;
}

interface Piece {
  readonly text: string;
  readonly bold: boolean;
}

/** The line in pieces, the words that decide apart. */
function pieces(line: string): readonly Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const hit of [...line.matchAll(decisive)].slice(0, 3)) {
    if (hit.index > at) found.push({ text: line.slice(at, hit.index), bold: false });
    found.push({ text: hit[0], bold: true });
    at = hit.index + hit[0].length;
  }
  if (at < line.length) found.push({ text: line.slice(at), bold: false });
  return found;
}

/** Lines without a word of more than 36 columns, each as its pieces; a word that decides is cut only when it must be. */
function layOut(line: string): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [[]];
  let column = 0;
  const put = (piece: Piece) => {
    lines.at(-1)?.push(piece);
    column += piece.text.length;
  };
  const breakLine = () => {
    lines.push([]);
    column = 0;
  };
  for (const word of line.split(/(?<= )/)) {
    if (word.trimEnd().length <= codeColumns) {
      for (const piece of pieces(word)) put(piece);
      continue;
    }
    if (column > 0) breakLine();
    for (const piece of pieces(word)) {
      if (piece.bold && column + piece.text.length > codeColumns) breakLine();
      for (const [index, text] of cutLines(piece.text, codeColumns, '.,;=/\\_>').entries()) {
        if (index > 0 || column + text.length > codeColumns) breakLine();
        put({ text, bold: piece.bold });
      }
    }
  }
  return lines.filter((parts) => parts.some((part) => part.text.trim() !== ''));
}

/** The runs keep the blanks between them: a piece is trimmed by `outside`, so its blank is given back. */
function runsOf(line: readonly Piece[]): readonly Part[] {
  return line.flatMap((piece): Part[] => {
    if (piece.text.trim() === '') return [own` `];
    const text = outside(piece.text);
    const made = run(text, piece.bold ? { bold: true } : { subtle: true });
    const start = piece.text.startsWith(' ') ? [own` `] : [];
    return [...start, piece.text.endsWith(' ') ? { ...made, text: `${text.plainCharacters()} ` } : made];
  });
}

function whereFrom(evidence: EvidenceLine): readonly Part[] {
  const source =
    evidence.source === undefined
      ? own`Your text`
      : outside(evidence.source).map((name) => ellipsis(name, 40));
  return evidence.line === undefined ? [source] : [source, own`, line ${evidence.line}`];
}

/** Where the line is from, then the line itself with the words that decide in bold. */
export function evidenceLines(evidence: EvidenceLine, first: boolean): readonly Element[] {
  return [
    sourceLine(whereFrom(evidence), first ? 'None' : 'Small'),
    ...layOut(shortened(evidence.text)).map((line) => codeLine(runsOf(line), 'None')),
  ];
}

/** The same without emphasis, for a list of further lines. */
export function plainEvidenceLines(evidence: EvidenceLine): readonly Element[] {
  return [sourceLine(whereFrom(evidence), 'None'), codeLine([outside(shortened(evidence.text))], 'None')];
}
