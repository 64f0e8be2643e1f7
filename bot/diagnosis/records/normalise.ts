const lineEnd = /\r\n|[\n\r\u2028\u2029]/;
/** Zero-width, soft hyphen, direction marks, variation selectors: what chat clients and browsers slip between letters. */
const invisible =
  /\u034F|[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069]|[\uFE00-\uFE0F]|\uFEFF/g;
const oddBlank = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;
const doubleQuote = /[\u201C-\u201F\u2033\u00AB\u00BB]/g;
const singleQuote = /[\u2018-\u201B\u2032\u2039\u203A]/g;
const dash = /[\u2010-\u2015\u2212]/g;
const fullWidth = /[\uFF01-\uFF5E]/g;
const foreignDigit = /(?![0-9])\p{Nd}/gu;
const reference = /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos|nbsp));/gi;
const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};
/** Emphasis around words; a log has blanks inside its own asterisks. */
const strong = /\*\*(?=[^\s*])([^*]{1,200}?)(?<=\S)\*\*/g;
const inlineCode = /`(?!\d)/g;
const markdownEscape = /\\([*_[\](){}<>#`~|!+.\-"'])/g;
/** @returns the lines of a text as written, without their ends. */
export function splitLines(text: string): string[] {
  return text.split(lineEnd);
}

const isDigit = (point: number): boolean => /\p{Nd}/u.test(String.fromCodePoint(point));

/** In Unicode the ten digits of a script follow each other, and sets of them that touch begin at a multiple of ten. */
function digitValue(digit: string): string {
  const point = digit.codePointAt(0) ?? 0;
  let start = point;
  while (isDigit(start - 1)) start -= 1;
  return String((point - start) % 10);
}

function resolveReferences(line: string): string {
  return line.replace(reference, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? whole;
    const point = hex === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hex, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

/**
 * A line as the log wrote it, whatever chat, mail and browsers did on the way: escaped up to twice as HTML, Markdown escapes,
 * typographic quotes and blanks, invisible characters, full-width letters.
 * For matching only; what is shown is the line as it came.
 */
export function normaliseLine(raw: string): string {
  let line = raw;
  if (line.includes('&')) line = resolveReferences(resolveReferences(line));
  if (/[^\t -~]/.test(line)) {
    line = line
      .replace(invisible, '')
      .replace(oddBlank, ' ')
      .replace(doubleQuote, '"')
      .replace(singleQuote, "'")
      .replace(dash, '-')
      .replace(fullWidth, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
      .replace(foreignDigit, digitValue);
  }
  if (line.includes('**')) line = line.replace(strong, '$1');
  if (line.includes('`')) line = line.replace(inlineCode, '');
  if (line.includes('\\')) line = line.replace(/\*FAILED\\\*/gi, '*FAILED*').replace(markdownEscape, '$1');
  return line;
}
