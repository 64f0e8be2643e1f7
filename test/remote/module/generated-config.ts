import fc from 'fast-check';
import type { LimitKey } from '../../../remote/contract.ts';

const encodings = ['utf-8', 'utf-8 with a mark', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof encodings)[number];

export function encode(text: string, encoding: Encoding = 'utf-8'): Uint8Array {
  if (encoding === 'utf-8') return new Uint8Array(Buffer.from(text, 'utf8'));
  if (encoding === 'utf-8 with a mark') return new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf8'));
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return new Uint8Array(encoding === 'utf-16le' ? bytes : bytes.swap16());
}

export interface GeneratedConfig {
  readonly encoding: Encoding;
  /** The text with the values of the limits left open. */
  readonly text: (limits: Readonly<Record<LimitKey, number>>) => string;
}

const blank = fc.constantFrom(' ', '  ', '\t', '\n', '\r\n', '\r', ' \t\r\n ');
const gap = fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 1, arbitrary: blank });
const quote = fc.constantFrom('"', "'");
const limitElements =
  '<add key="maxInstalledPrerequisites" value="400"/><add key="maxCachedUpdates" value="1"/>';

const word = fc.constantFrom(
  ...[
    'a',
    '400',
    '22000',
    'ü',
    '検',
    '𝒳',
    '&amp;',
    '&lt;',
    '&#x41;',
    '&#52;00',
    '&quot;',
    ' ',
    '\t',
    '>',
    '/>',
  ],
  ...['maxInstalledPrerequisites', 'MAXCACHEDUPDATES', '=', '\u0085', '\u2028'],
);
const words = fc.array(word, { maxLength: 6 }).map((parts) => parts.join(''));

/** What may stand between the settings and must stay as it is. */
const aside = fc.oneof(
  fc.tuple(blank, words).map(([at, text]) => `${at}<!--${text}${at}-->`),
  fc.constant(`<!-- ${limitElements} -->`),
  fc.constant(`<other><![CDATA[${limitElements}]]></other>`),
  fc
    .tuple(words, quote, gap)
    .map(([text, q, at]) => `<add key=${q}x.${text}${q}${at} value${at}=${at}${q}400${q}/>`),
  fc
    .tuple(words, quote)
    .map(([text, q]) => `<add value=${q}${text}${q} key=${q}refresh${q} lockItem=${q}true${q} ></add>`),
  fc.constant('<a:b xmlns:a="urn:a" a:key="maxCachedUpdates"><deep><deep/></deep></a:b>'),
  blank,
);
const instruction = fc.constant(`<?note ${limitElements}?>`);
const joined = (parts: fc.Arbitrary<string>) => fc.array(parts, { maxLength: 5 }).map((all) => all.join(''));

const setting = fc
  .record({
    quotes: fc.tuple(quote, quote),
    keyFirst: fc.boolean(),
    gaps: fc.array(gap, { minLength: 5, maxLength: 5 }),
    between: blank,
    extra: fc.constantFrom('', ' lockItem="true"', "\n xml:space='preserve'"),
    empty: fc.boolean(),
  })
  .map(
    ({ quotes: [first, second], keyFirst, gaps: [a, b, c, d, end], between, extra, empty }) =>
      (key: LimitKey, value: number) => {
        const parts = [`key${a}=${b}${first}${key}${first}`, `value${c}=${d}${second}${value}${second}`];
        if (!keyFirst) parts.reverse();
        return `<add${between}${parts.join(between)}${extra}${end}${empty ? '/>' : '></add>'}`;
      },
  );

/**
 * Any Web.config whose two limits can be edited: encodings, marks, line ends, blanks, quotes, order, and whatever looks like
 * a limit and is none. Processing instructions are among it if asked for.
 */
export const generatedConfig = (withInstructions: boolean): fc.Arbitrary<GeneratedConfig> => {
  const asides = joined(withInstructions ? fc.oneof(aside, instruction) : aside);
  return fc
    .record({
      encoding: fc.constantFrom<Encoding>(...encodings),
      declaration: fc.constantFrom('none', 'without encoding', 'with encoding'),
      namespace: fc.constantFrom('', ' xmlns="http://schemas.microsoft.com/.NetConfiguration/v2.0"'),
      ends: fc.array(fc.constantFrom('\r\n', '\n', '\r', '\n\n', ''), { minLength: 8, maxLength: 8 }),
      asides: fc.tuple(asides, asides, asides),
      settings: fc.tuple(setting, setting),
      prerequisitesFirst: fc.boolean(),
    })
    .map((parts) => ({
      encoding: parts.encoding,
      text: (limits) => {
        const { ends } = parts;
        const declared = parts.encoding.startsWith('utf-16') ? 'utf-16' : 'UTF-8';
        const encoding = parts.declaration === 'with encoding' ? ` encoding='${declared}'` : '';
        const keys: LimitKey[] = ['maxInstalledPrerequisites', 'maxCachedUpdates'];
        if (!parts.prerequisitesFirst) keys.reverse();
        const [first, second] = keys.map((key, index) =>
          parts.settings[index === 0 ? 0 : 1](key, limits[key]),
        );
        return [
          parts.declaration === 'none' ? '' : `<?xml version="1.0"${encoding}?>${ends[0]}`,
          `<configuration${parts.namespace}>${ends[1]}<section a='1' file='b'/>${ends[2]}<appSettings>${ends[3]}`,
          `${parts.asides[0]}${first}${ends[4]}${parts.asides[1]}${second}${ends[5]}${parts.asides[2]}`,
          `</appSettings>${ends[6]}</configuration>${ends[7]}`,
        ].join('');
      },
    }));
};
