import { readFileSync } from 'node:fs';

export interface FoundExpression {
  /** "bot/diagnosis/log-time.ts:31" */
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

/** A slash behind one of these, or behind a keyword, begins an expression; behind anything else it divides. */
const opensExpression = /(?:[([{,;:=!&|?+\-*%<>~^]|\b(?:return|typeof|case|of|in|yield|await|void|delete))$/;

/** @returns the index behind a string, template or comment that begins at `at`, or `at` when none does. Templates with code in them are left alone: their strings are not. */
function skipped(code: string, at: number): number {
  const two = code.slice(at, at + 2);
  if (two === '//') return code.indexOf('\n', at) < 0 ? code.length : code.indexOf('\n', at);
  if (two === '/*') return code.indexOf('*/', at + 2) + 2;
  const quote = code[at];
  if (quote !== "'" && quote !== '"' && quote !== '`') return at;
  let end = at + 1;
  while (end < code.length && code[end] !== quote) end += code[end] === '\\' ? 2 : 1;
  return end + 1;
}

/** @returns the index behind the expression's closing slash. */
function endOfExpression(code: string, at: number): number {
  let inClass = false;
  for (let end = at + 1; end < code.length; end += 1) {
    const letter = code[end];
    if (letter === '\\') end += 1;
    else if (letter === '[') inClass = true;
    else if (letter === ']') inClass = false;
    else if (letter === '/' && !inClass) return end + 1;
    else if (letter === '\n') break;
  }
  throw new Error(`no end of the expression ${code.slice(at, at + 60)}`);
}

/** Finds every regular expression literal of a TypeScript source. `new RegExp` is reported as an expression nobody can read. */
export function expressionsIn(file: string, code: string): FoundExpression[] {
  const found: FoundExpression[] = [];
  const where = (at: number) => `${file}:${code.slice(0, at).split('\n').length}`;
  let before = '';
  let at = 0;
  while (at < code.length) {
    const behind = skipped(code, at);
    if (behind > at) {
      if (code[at] !== '/') before = code[at] ?? '';
      at = behind;
      continue;
    }
    if (code[at] === '/' && (before === '' || opensExpression.test(before))) {
      const end = endOfExpression(code, at);
      const flags = /^[a-z]*/.exec(code.slice(end))?.[0] ?? '';
      found.push({ where: where(at), source: code.slice(at + 1, end - 1), flags });
      at = end + flags.length;
      before = '/';
      continue;
    }
    if (code.startsWith('new RegExp(', at)) throw new Error(`${where(at)}: an expression made at run time`);
    const letter = code[at] ?? '';
    if (letter.trim() !== '') before = (before + letter).slice(-12);
    else if (/\w$/.test(before)) before += ' ';
    if (before.endsWith(' ')) before = before.trimEnd();
    at += 1;
  }
  return found;
}

export const expressionsOf = (root: string, files: readonly string[]): FoundExpression[] =>
  files.flatMap((file) => expressionsIn(file, readFileSync(`${root}/${file}`, 'utf8')));
