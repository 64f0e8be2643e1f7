/** The part of an expression's grammar that decides how long it takes. */
export type Node =
  | { readonly kind: 'letters'; readonly samples: readonly string[] }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'choice'; readonly branches: readonly Node[] }
  | { readonly kind: 'repeat'; readonly of: Node; readonly least: number; readonly most: number };

/** What an attack is made of: letters that tell classes apart first, then the others of ASCII. */
const alphabet = [
  ...new Set([
    ...' \t\n0aAgZ_-.,:;=/\\\'"<>()[]{}&#\r',
    ...Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index)),
    ...'é“\u00A0\u200B\uFEFF\uFF21\u4E2D',
  ]),
];

const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/;

/** Reads an expression by recursive descent. Look-around and back references count as nothing: they are tried in place. */
export function readTree(source: string, flags: string): Node {
  let at = 0;
  const unicode = /[uv]/.test(flags);
  const next = (text: string) => source.startsWith(text, at);

  const samplesOf = (piece: string): Node => {
    const one = new RegExp(`^(?:${piece})$`, flags.replace(/[gy]/g, ''));
    const literal = /^\\?[^\\\w\s]$|^[\w\s-]$/.test(piece) ? [piece.replace('\\', '')] : [];
    const samples = alphabet.filter((letter) => one.test(letter));
    const escaped = /^\\(?:u\{?([\dA-Fa-f]+)\}?|x([\dA-Fa-f]{2}))$/.exec(piece);
    const point =
      escaped === null ? [] : [String.fromCodePoint(Number.parseInt(escaped[1] ?? escaped[2] ?? '', 16))];
    const inRange = [...piece.matchAll(/\\u([\dA-Fa-f]{4})/g)].map(([, hex = '']) =>
      String.fromCodePoint(Number.parseInt(hex, 16)),
    );
    const all = [...new Set([...literal, ...point, ...samples, ...inRange])].filter((letter) =>
      one.test(letter),
    );
    if (all.length === 0) throw new Error(`no letter fits ${piece} of /${source}/${flags}`);
    return { kind: 'letters', samples: all };
  };

  const readClass = (): Node => {
    const start = at;
    at += 1;
    while (source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
    at += 1;
    return samplesOf(source.slice(start, at));
  };

  const readEscape = (): Node => {
    const whole =
      /^\\(?:u\{[\dA-Fa-f]+\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|p\{[^}]*\}|P\{[^}]*\}|k<\w+>|.)/u.exec(
        source.slice(at),
      );
    const piece = whole?.[0] ?? '';
    at += piece.length;
    return /^\\(?:[bB1-9]|k<)/.test(piece) ? { kind: 'nothing' } : samplesOf(piece);
  };

  const readGroup = (): Node => {
    const head = /^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/.exec(source.slice(at))?.[0] ?? '(';
    at += head.length;
    const inner = readChoice();
    at += 1;
    return /^\(\?(?:[=!]|<[=!])/.test(head) ? { kind: 'nothing' } : inner;
  };

  const readAtom = (): Node => {
    if (next('(')) return readGroup();
    if (next('[')) return readClass();
    if (next('\\')) return readEscape();
    const letter = unicode ? String.fromCodePoint(source.codePointAt(at) ?? 0) : (source[at] ?? '');
    at += letter.length;
    return letter === '^' || letter === '$'
      ? { kind: 'nothing' }
      : letter === '.'
        ? samplesOf('.')
        : samplesOf(letter);
  };

  const readRepeat = (): Node => {
    const of = readAtom();
    const found = quantifier.exec(source.slice(at))?.[0];
    if (found === undefined) return of;
    at += found.length;
    const [least = 0, most] = found.startsWith('{')
      ? found
          .replace(/[{}?]/g, '')
          .split(',')
          .map((part) => (part === '' ? Number.POSITIVE_INFINITY : Number(part)))
      : found.startsWith('*')
        ? [0, Number.POSITIVE_INFINITY]
        : found.startsWith('+')
          ? [1, Number.POSITIVE_INFINITY]
          : [0, 1];
    return { kind: 'repeat', of, least, most: most ?? least };
  };

  const readSequence = (): Node => {
    const parts: Node[] = [];
    while (at < source.length && !next('|') && !next(')')) parts.push(readRepeat());
    return { kind: 'sequence', parts };
  };

  function readChoice(): Node {
    const branches = [readSequence()];
    while (next('|')) {
      at += 1;
      branches.push(readSequence());
    }
    return branches.length === 1 ? (branches[0] ?? { kind: 'nothing' }) : { kind: 'choice', branches };
  }

  const tree = readChoice();
  if (at < source.length) throw new Error(`/${source}/${flags} is read up to ${at} only`);
  return tree;
}
