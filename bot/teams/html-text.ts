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

/** What a Teams message in HTML says. */
export interface HtmlMessage {
  /** The person's own words. */
  readonly text: string;
  /** What they answered to or passed on, as far as Teams sends it along; of the bot's own messages nothing. */
  readonly quoted: string;
  /** It shows a file or a message that does not come along. */
  readonly namesAttachment: boolean;
}

/** Lines as they come together. */
class Lines {
  text = '';
  // Asked of the piece: asked of the whole text at each block, a long message would take minutes.
  #isNewLine = true;
  #isAfterBlank = true;
  #isAfterTag = false;

  /** Text as it stands between two tags. A line end right after a block or a break is how the HTML is laid out, and no line. */
  add(piece: string): void {
    const shown = this.#isAfterTag ? piece.replace(/^[\r\n]+/, '') : piece;
    const isLayout = shown.length < piece.length && /^[ \t\r\n]*$/.test(shown);
    if (!isLayout) this.addAsIs(shown);
  }

  addAsIs(piece: string): void {
    if (piece === '') return;
    this.text += piece;
    this.#isNewLine = piece.endsWith('\n');
    this.#isAfterBlank = /[ \t\n]$/.test(piece);
    this.#isAfterTag = false;
  }

  break(): void {
    this.addAsIs('\n');
    this.#isAfterTag = true;
  }

  block(): void {
    if (!this.#isNewLine) this.addAsIs('\n');
    this.#isAfterTag = true;
  }

  /** The cells of a row stand on one line, a tab before each but the first. */
  cell(isEnd: boolean): void {
    if (!isEnd && !this.#isNewLine) this.addAsIs('\t');
    this.#isAfterTag = true;
  }

  /** A paragraph inside a cell starts no line. */
  paragraphInCell(isEnd: boolean): void {
    if (!isEnd && !this.#isAfterBlank) this.addAsIs(' ');
    this.#isAfterTag = true;
  }
}

/** The message that a person answers to (its beginning) or passes on. */
const quoteTag = /\bitemtype\s{0,9}=\s{0,9}["']https?:\/\/schema\.skype\.com\/(?:Reply|Forward)\b/i;
/** Who wrote a quoted message, and when. */
const quoteHead = /\bitemprop\s{0,9}=\s{0,9}["'](?:mri|time)["']/i;
/** Teams shows an emoji as a picture, or as a tag of its own; `alt` is the character. */
const emojiTag = /^(?:emoji\b|img\b.*\bitemtype\s{0,9}=\s{0,9}["']https?:\/\/schema\.skype\.com\/Emoji\b)/is;
const altText = /\balt\s{0,9}=\s{0,9}(?:"([^"]{0,50})"|'([^']{0,50})')/i;
/** Teams puts 28: before the id of a bot. */
const botId = /\bitemid\s{0,9}=\s{0,9}["']28:/i;

interface Quote {
  readonly lines: Lines;
  depth: number;
  isOfBot: boolean;
}

/**
 * Reads a Teams message in HTML: block elements and breaks are new lines, entities are decoded once, other tags go.
 * A mention (`<span itemtype=".../Mention">` or `<at>`) is left out with its name. What is quoted
 * (`<blockquote itemtype=".../Reply">` or `.../Forward`) is kept apart. An emoji is its character, a row of a table a line.
 * Reads the text once, from left to right.
 */
export const readHtml = (html: string): HtmlMessage => {
  const own = new Lines();
  const quotes: Quote[] = [];
  let quote: Quote | undefined;
  let skipped: { readonly name: string; depth: number } | undefined;
  let verbatim = 0;
  let cells = 0;
  let namesAttachment = false;
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    const until = open === -1 ? html.length : open;
    const lines = quote?.lines ?? own;
    if (skipped === undefined) {
      const piece = decoded(html.slice(at, until));
      if (verbatim > 0) lines.addAsIs(piece);
      else lines.add(piece);
    }
    if (open === -1) break;
    const close = html.indexOf('>', open);
    if (close === -1) break;
    const tag = html.slice(open + 1, close);
    at = close + 1;
    const name = /^\/?([a-z][a-z0-9]*)/i.exec(tag)?.[1]?.toLowerCase() ?? '';
    const isEnd = tag.startsWith('/');
    if (skipped !== undefined) {
      if (name === skipped.name) skipped.depth += isEnd ? -1 : 1;
      if (skipped.depth === 0) skipped = undefined;
      continue;
    }
    if (name === 'at' || (name === 'span' && tag.includes('schema.skype.com/Mention'))) {
      if (!isEnd) skipped = { name, depth: 1 };
    } else if (quote !== undefined && !isEnd && quoteHead.test(tag)) {
      if (botId.test(tag)) quote.isOfBot = true;
      if (!tag.endsWith('/')) skipped = { name, depth: 1 };
    } else if (name === 'br') {
      lines.break();
    } else if (emojiTag.test(tag)) {
      const alt = altText.exec(tag);
      lines.addAsIs(decoded(alt?.[1] ?? alt?.[2] ?? ''));
    } else if (name === 'attachment') {
      namesAttachment ||= quote === undefined;
    } else if (name === 'td' || name === 'th') {
      lines.cell(isEnd);
      cells = Math.max(0, cells + (isEnd ? -1 : 1));
    } else if (cells > 0 && (name === 'p' || name === 'div')) {
      lines.paragraphInCell(isEnd);
    } else if (blocks.has(name)) {
      lines.block();
      if (name === 'pre' || name === 'codeblock') verbatim = Math.max(0, verbatim + (isEnd ? -1 : 1));
      if (name !== 'blockquote') continue;
      if (quote !== undefined) {
        quote.depth += isEnd ? -1 : 1;
        if (quote.depth === 0) quote = undefined;
      } else if (!isEnd && quoteTag.test(tag)) {
        quote = { lines: new Lines(), depth: 1, isOfBot: false };
        quotes.push(quote);
      }
      (quote?.lines ?? own).block();
    }
  }
  const quoted = quotes.filter(({ isOfBot }) => !isOfBot).map(({ lines }) => lines.text);
  return { text: own.text, quoted: quoted.join('\n'), namesAttachment };
};

const decoded = (text: string): string =>
  text.replace(/&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{1,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
