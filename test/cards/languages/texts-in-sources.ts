import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface FoundText {
  /** As the catalogues name it: "Raised from {0} to {1}". */
  readonly text: string;
  readonly file: string;
}

/** Every literal that is tagged `own` or `said`, in reading order, and every text of a template. */
export const textsInSources = (): readonly FoundText[] =>
  globSync(['cards/**/*.ts', 'cards/*.json', 'bot/conversation/*.ts', 'bot/teams/*.ts'], { cwd: root })
    .toSorted()
    .flatMap((file) => {
      const source = readFileSync(join(root, file), 'utf8');
      const texts = file.endsWith('.json') ? textsOfTemplate(JSON.parse(source)) : textsIn(source);
      return texts.map((text) => ({ text, file }));
    });

const textsOfTemplate = (template: unknown): readonly string[] => {
  if (typeof template !== 'object' || template === null) return [];
  return Object.entries(template).flatMap(([name, value]) =>
    name === 'text' && typeof value === 'string' && !value.startsWith('${')
      ? [value]
      : textsOfTemplate(value),
  );
};

/** The same of one source. */
export const textsIn = (code: string): readonly string[] => {
  const found: string[] = [];
  scanCode(code, 0, found);
  return found;
};

/** Goes through code up to the bracket that closes it, or to its end. @returns the index behind it. */
const scanCode = (code: string, from: number, found: string[]): number => {
  let open = 0;
  for (let at = from; at < code.length; at += 1) {
    const two = code.slice(at, at + 2);
    const one = code[at];
    if (two === '//') at = endOf(code, '\n', at);
    else if (two === '/*') at = endOf(code, '*/', at) + 1;
    else if (one === "'" || one === '"') at = endOfString(code, at);
    else if (one === '`') at = scanTemplate(code, at, found, /\b(?:own|said)$/.test(code.slice(0, at))) - 1;
    else if (one === '{') open += 1;
    else if (one === '}' && open-- === 0) return at + 1;
  }
  return code.length;
};

const endOf = (code: string, end: string, at: number): number => {
  const found = code.indexOf(end, at);
  return found < 0 ? code.length : found;
};

const endOfString = (code: string, at: number): number => {
  let end = at + 1;
  while (end < code.length && code[end] !== code[at] && code[end] !== '\n') end += code[end] === '\\' ? 2 : 1;
  return end;
};

/** @returns the index behind the closing backtick. */
const scanTemplate = (code: string, from: number, found: string[], isText: boolean): number => {
  const place = found.length;
  let text = '';
  let gaps = 0;
  let at = from + 1;
  while (at < code.length && code[at] !== '`') {
    if (code.startsWith('${', at)) {
      text += `{${gaps++}}`;
      at = scanCode(code, at + 2, found);
    } else if (code[at] === '\\') {
      const hex = /^\\u([0-9a-f]{4})/i.exec(code.slice(at, at + 6))?.[1];
      text += hex === undefined ? (code[at + 1] ?? '') : String.fromCharCode(Number.parseInt(hex, 16));
      at += hex === undefined ? 2 : 6;
    } else {
      text += code[at];
      at += 1;
    }
  }
  // Before those inside it.
  if (isText) found.splice(place, 0, text);
  return at + 1;
};
