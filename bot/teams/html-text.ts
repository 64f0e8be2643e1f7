const blocks = new Set([
  'address',
  'blockquote',
  'br',
  'div',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'hr',
  'li',
  'ol',
  'p',
  'pre',
  'table',
  'tr',
  'ul',
  'codeblock',
]);

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  ndash: '–',
  mdash: '—',
  hellip: '…',
};

/**
 * The text of a Teams message in HTML: block elements and breaks are new lines, entities are decoded once, other tags go.
 * A mention (`<span itemtype=".../Mention">` or `<at>`) is left out with its name. Reads the text once, from left to right.
 */
export const textOfHtml = (html: string): string => {
  let text = '';
  let mention: { readonly name: string; depth: number } | undefined;
  let at = 0;
  // Asked of the piece: asked of the whole text at each block, a long message would take minutes.
  let isNewLine = true;
  const add = (piece: string): void => {
    if (piece === '') return;
    text += piece;
    isNewLine = piece.endsWith('\n');
  };
  const newLine = (): void => {
    if (!isNewLine) add('\n');
  };
  while (at < html.length) {
    const open = html.indexOf('<', at);
    const until = open === -1 ? html.length : open;
    if (mention === undefined) add(decoded(html.slice(at, until)));
    if (open === -1) break;
    const close = html.indexOf('>', open);
    if (close === -1) break;
    const tag = html.slice(open + 1, close);
    const name = /^\/?([a-z][a-z0-9]*)/i.exec(tag)?.[1]?.toLowerCase() ?? '';
    if (mention !== undefined) {
      if (name === mention.name) mention.depth += tag.startsWith('/') ? -1 : 1;
      if (mention.depth === 0) mention = undefined;
    } else if (name === 'at' || (name === 'span' && tag.includes('schema.skype.com/Mention'))) {
      mention = tag.startsWith('/') ? undefined : { name, depth: 1 };
    } else if (name === 'br') {
      add('\n');
    } else if (blocks.has(name)) {
      newLine();
    }
    at = close + 1;
  }
  return text;
};

const decoded = (text: string): string =>
  text.replace(/&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{1,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
