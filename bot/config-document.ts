import {
  type Document,
  isAlias,
  isMap,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import type { ConfigProblem } from './config-error.ts';

type Path = readonly PropertyKey[];

/** A parsed YAML text that still knows where each value stands. */
export interface ConfigDocument {
  /** Plain data; meaningless when there are problems. */
  readonly data: unknown;
  readonly problems: readonly ConfigProblem[];
  /** Place of the value at the path, or of its nearest ancestor that is there. */
  at(path: Path): { line: number; column: number };
  /** Place of the key `key` in the mapping at the path. */
  atKey(path: Path, key: string): { line: number; column: number };
}

/** Reads one YAML 1.2 document. Problems of the syntax come with their place; none is thrown. */
export function parseConfigDocument(text: string): ConfigDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    version: '1.2',
    logLevel: 'error',
  });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems: ConfigProblem[] = [...document.errors, ...document.warnings].map((error) => ({
    ...place(error.pos[0]),
    text: syntaxText(error),
  }));
  visit(document, {
    Alias(_, node) {
      if (node.resolve(document) === undefined)
        problems.push({ ...place(startOf(node) ?? 0), text: unknownAlias });
    },
  });
  let data: unknown;
  if (problems.length === 0) {
    try {
      // An alias bomb stops here: the library counts what aliases expand to.
      data = document.toJS({ maxAliasCount: 100 });
    } catch {
      problems.push({ line: 1, column: 1, text: 'the aliases (*name) of this file expand too often' });
    }
  }
  return {
    data,
    problems,
    at: (path) => place(offsetOf(document, path)),
    atKey: (path, key) => place(keyOffset(document, path, key)),
  };
}

const unknownAlias = 'this alias (*name) points to nothing; a value that begins with * needs quotes';

function syntaxText(error: YAMLError): string {
  switch (error.code) {
    case 'DUPLICATE_KEY':
      return 'this key stands here a second time in the same place';
    case 'TAB_AS_INDENT':
      return 'a tab is used to indent; YAML takes blanks only';
    case 'BAD_INDENT':
      return 'the indentation does not fit, or a quote or bracket above is not closed';
    case 'MULTIPLE_DOCS':
      return 'a second document begins here; one is expected';
    case 'MISSING_CHAR':
      return 'a closing quote or bracket, a comma or a colon is missing here';
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return 'a value with a colon needs quotes, or the line is indented too far';
    case 'BAD_ALIAS':
      return unknownAlias;
    case 'TAG_RESOLVE_FAILED':
      return 'tags (!name) are not known here';
    case 'BAD_DQ_ESCAPE':
      return 'a backslash in double quotes begins an escape; use single quotes';
    default:
      return 'this is not well-formed YAML';
  }
}

/** Follows aliases, so that a value reached through one is found where it was written. */
function nodeAt(document: Document, path: Path): unknown[] {
  let node: unknown = document.contents;
  const seen: unknown[] = [node];
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) node = node.get(step, true);
    else if (isSeq(node)) node = node.get(Number(step), true);
    else node = undefined;
    seen.push(node);
  }
  return seen;
}

function offsetOf(document: Document, path: Path): number {
  return (
    nodeAt(document, path)
      .map(startOf)
      .findLast((offset) => offset !== undefined) ?? 0
  );
}

function keyOffset(document: Document, path: Path, key: string): number {
  let parent = nodeAt(document, path).at(-1);
  if (isAlias(parent)) parent = parent.resolve(document);
  if (isMap(parent)) {
    const pair = parent.items.find((item) => String(item.key) === key);
    const offset = startOf(pair?.key);
    if (offset !== undefined) return offset;
  }
  return offsetOf(document, path);
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  const range = node.range;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : undefined;
}
