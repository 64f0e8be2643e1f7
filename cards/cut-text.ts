/** Columns of monospace text that fit a phone's card at 300 px. */
export const codeColumns = 36;
/** Characters of bold text without a place to break that fit beside a label at 300 px. */
export const boldColumns = 24;
/** The same over the whole width of a card: maxInstalledPrerequisites stays in one piece. */
export const boldLineColumns = 25;

/** At most `length` characters, the last one `…` when something was left out. */
export function ellipsis(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length
    ? text
    : `${characters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`;
}

/** At most `length` characters of a name. What is left out is in its middle: names of many servers differ at their end. */
export function shortName(name: string, length: number): string {
  const characters = [...name];
  if (characters.length <= length) return name;
  const end = Math.floor(length / 3);
  const start = characters.slice(0, length - 1 - end).join('');
  return `${start.trimEnd()}…${characters.slice(-end).join('').trimStart()}`;
}

/** A name inside a sentence: at most `length` characters, and no piece without blank or hyphen longer than 24. */
export function inlineName(text: string, length = 40): string {
  return shortName(text, length)
    .split(/(?<=[ -])/)
    .map((piece) => {
      const end = piece.endsWith(' ') || piece.endsWith('-') ? piece.slice(-1) : '';
      const word = piece.slice(0, piece.length - end.length);
      return `${shortName(word, boldColumns)}${end}`;
    })
    .join('');
}

/** Lines of at most `width` characters; cut after the last of `after` that fits, else hard. Nothing is lost or added. */
export function cutLines(text: string, width: number, after: string): readonly string[] {
  const lines: string[] = [];
  let rest = [...text];
  while (rest.length > width) {
    let end = width;
    for (let at = width; at > 1; at -= 1) {
      if (after.includes(rest[at - 1] ?? '')) {
        end = at;
        break;
      }
    }
    lines.push(rest.slice(0, end).join(''));
    rest = rest.slice(end);
  }
  if (rest.length > 0) lines.push(rest.join(''));
  return lines;
}

/** Words in lines of at most `width` characters, so that no client breaks the line inside a word, after its hyphen. A longer word has its own line. */
export function wordLines(text: string, width: number): readonly string[] {
  const [first = '', ...words] = text.split(' ');
  const lines = [first];
  for (const word of words) {
    const line = lines.at(-1) ?? '';
    if (line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}

/** A path in lines of at most 36 columns, cut after `\`. */
export function pathLines(path: string): readonly string[] {
  return cutLines(path, codeColumns, '\\/');
}

/** First label of a host of more than 20 characters in lines of at most 24, and its domain; a short host is one line. */
export function hostLines(host: string): {
  readonly name: readonly string[];
  readonly domain: string | undefined;
} {
  const dot = host.indexOf('.');
  if (host.length <= 20 || dot <= 0) return { name: cutLines(host, boldColumns, '-.'), domain: undefined };
  return { name: cutLines(host.slice(0, dot), boldColumns, '-'), domain: host.slice(dot + 1) };
}
