import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

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

export interface SourceExpressions {
  readonly literals: readonly FoundExpression[];
  /** Where `new RegExp` makes one while the program runs. */
  readonly made: readonly string[];
}

/** Finds every regular expression of a TypeScript source. */
export function expressionsIn(file: string, code: string): SourceExpressions {
  const found: FoundExpression[] = [];
  const made: string[] = [];
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
    if (code.startsWith('new RegExp(', at)) made.push(where(at));
    const letter = code[at] ?? '';
    if (letter.trim() !== '') before = (before + letter).slice(-12);
    else if (/\w$/.test(before)) before += ' ';
    if (before.endsWith(' ')) before = before.trimEnd();
    at += 1;
  }
  return { literals: found, made };
}

/** @returns the expressions that a module makes when it is loaded: it is loaded once more, with an eye on the constructor. */
async function madeBy(root: string, file: string, made: readonly string[]): Promise<FoundExpression[]> {
  const recorded: FoundExpression[] = [];
  const original = globalThis.RegExp;
  globalThis.RegExp = new Proxy(original, {
    construct(target, args, newTarget) {
      const expression: RegExp = Reflect.construct(target, args, newTarget);
      recorded.push({ where: made[0] ?? file, source: expression.source, flags: expression.flags });
      return expression;
    },
  });
  try {
    await import(`${pathToFileURL(`${root}/${file}`).href}?watched`);
  } finally {
    globalThis.RegExp = original;
  }
  // One inside a function would be made of something that comes later.
  if (recorded.length < made.length)
    throw new Error(`${made.join(', ')}: not made while the module is loaded`);
  return recorded;
}

/** Finds every regular expression of some files, those included that are put together from pieces. */
export async function expressionsOf(root: string, files: readonly string[]): Promise<FoundExpression[]> {
  const found: FoundExpression[] = [];
  for (const file of files) {
    const { literals, made } = expressionsIn(file, readFileSync(`${root}/${file}`, 'utf8'));
    found.push(...literals);
    if (made.length > 0) found.push(...(await madeBy(root, file, made)));
  }
  return found;
}
