import { encode } from './generated-config.ts';

export interface ConfigVariant {
  readonly what: string;
  readonly bytes: Uint8Array;
  /** The file with maxInstalledPrerequisites at 800; without it the edit is refused. */
  readonly after?: Uint8Array;
}

const limit = '<add key="maxInstalledPrerequisites" value="400"/>';
const settings = (body: string, attributes = '') =>
  `<?xml version="1.0"?>\r\n<configuration>\r\n  <appSettings${attributes}>\r\n    ${body}\r\n  </appSettings>\r\n</configuration>\r\n`;
const plain = settings(`${limit}\r\n    <add key="maxCachedUpdates" value="22000"/>`);
const declared = (encoding: string) => plain.replace('?>', ` encoding="${encoding}"?>`);
const value = (written: string) => settings(limit.replace('400', written));

type Row = readonly [what: string, text: string | Uint8Array, after?: string | Uint8Array];

/** The text is edited at its first `400` in quotes unless `after` says otherwise. */
const editedTexts: readonly Row[] = [
  ['UTF-8 without a mark', plain],
  ['UTF-8 with a mark', encode(plain, 'utf-8 with a mark'), encode(raised(plain), 'utf-8 with a mark')],
  ['UTF-16 little-endian', encode(plain, 'utf-16le'), encode(raised(plain), 'utf-16le')],
  ['UTF-16 big-endian', encode(plain, 'utf-16be'), encode(raised(plain), 'utf-16be')],
  ['a declared UTF-8', declared('utf-8')],
  ['a declared UTF-8 in capitals', declared('UTF-8')],
  [
    'a declared UTF-16',
    encode(declared('utf-16'), 'utf-16le'),
    encode(raised(declared('utf-16')), 'utf-16le'),
  ],
  [
    'a declared UTF-16BE',
    encode(declared('UTF-16BE'), 'utf-16be'),
    encode(raised(declared('UTF-16BE')), 'utf-16be'),
  ],
  ['no declaration', plain.slice(plain.indexOf('<configuration'))],
  ['line ends LF', plain.replaceAll('\r\n', '\n')],
  ['line ends CR', plain.replaceAll('\r\n', '\r')],
  ['line ends of all kinds', plain.replace('\r\n', '\n').replace('\r\n', '\r').replace('\r\n', '\n\r')],
  ['all in one line', plain.replaceAll('\r\n', '')],
  ['no final line end', plain.trimEnd()],
  ['tabs', plain.replaceAll('  ', '\t')],
  [
    'single quotes',
    plain.replaceAll('"400"', "'400'").replace('"maxInst', "'maxInst").replace('sites"', "sites'"),
    plain.replaceAll('"400"', "'800'").replace('"maxInst', "'maxInst").replace('sites"', "sites'"),
  ],
  ['the value before the key', settings('<add value="400" key="maxInstalledPrerequisites" />')],
  ['blanks around =', settings('<add key = "maxInstalledPrerequisites"  value\t=\r\n"400" />')],
  ['an end tag', settings('<add key="maxInstalledPrerequisites" value="400"></add>')],
  [
    'lockItem',
    settings('<add key="maxInstalledPrerequisites" value="400" lockItem="true"/>', ' lockItem="true"'),
  ],
  ['letters of other scripts', settings(`<!-- Prüfgrenze 検査 𝒳 -->${limit}`)],
  [
    'a namespace',
    plain.replace(
      '<configuration',
      '<configuration xmlns="http://schemas.microsoft.com/.NetConfiguration/v2.0"',
    ),
  ],
  [
    'a decoy in a comment',
    settings(`<!-- ${limit} -->${limit}`),
    settings(`<!-- ${limit} -->${raised(limit)}`),
  ],
  [
    'a decoy in a CDATA section',
    settings(`<other><![CDATA[${limit}]]></other>${limit}`),
    settings(`<other><![CDATA[${limit}]]></other>${raised(limit)}`),
  ],
  [
    'a decoy in an instruction',
    settings(`<?note ${limit}?>${limit}`),
    settings(`<?note ${limit}?>${raised(limit)}`),
  ],
  [
    'another key of the same value',
    settings(`<add key="other" value="400"/>${limit}`),
    settings(`<add key="other" value="400"/>${raised(limit)}`),
  ],
  [
    'a key that begins alike',
    settings(`<add key="maxInstalledPrerequisites2" value="400"/>${limit}`),
    settings(`<add key="maxInstalledPrerequisites2" value="400"/>${raised(limit)}`),
  ],
  [
    'an attribute of the name in a namespace',
    settings(`<add xmlns:a="urn:a" a:value="400" key="maxInstalledPrerequisites" value="400"/>`),
    settings(`<add xmlns:a="urn:a" a:value="400" key="maxInstalledPrerequisites" value="800"/>`),
  ],
  ['the value 0', value('0'), value('800')],
  ['the value 799', value('799'), value('800')],
  ['removal of another key', settings(`<remove key="other"/>${limit}`)],
  [
    'a location element without the key',
    plain.replace('<appSettings>', '<location path="."><system.web/></location><appSettings>'),
  ],
];

const refusedTexts: readonly Row[] = [
  ['an empty file', ''],
  ['a file of blanks', ' \r\n'],
  ['a mark alone', encode('', 'utf-8 with a mark')],
  ['one byte', new Uint8Array([0xff])],
  ['a web page', '<html><body/></html>'],
  ['no key', settings('<add key="other" value="400"/>')],
  ['no appSettings', '<configuration/>'],
  ['the key twice', settings(`${limit}${limit}`)],
  ['the key twice, once in other letters', settings(`${limit}${limit.replace('max', 'MAX')}`)],
  ['the key twice, once with a reference', settings(`${limit}${limit.replace('max', '&#109;ax')}`)],
  ['the key in other letters', settings(limit.replace('max', 'Max'))],
  ['the key with a reference', settings(limit.replace('max', '&#x6D;ax'))],
  ['the key with a blank', settings(limit.replace('sites"', 'sites "'))],
  ['the key in another section', `<configuration><settings>${limit}</settings></configuration>`],
  ['the key in two sections', plain.replace('<appSettings>', `<settings>${limit}</settings><appSettings>`)],
  [
    'the key in a location element',
    plain.replace(
      '<appSettings>',
      `<location path="."><appSettings>${limit}</appSettings></location><appSettings>`,
    ),
  ],
  ['the key deeper in appSettings', settings(`<group>${limit}</group>`)],
  ['the key in a comment only', settings(`<!-- ${limit} -->`)],
  ['the key in a CDATA section only', settings(`<![CDATA[${limit}]]>`)],
  ['appSettings twice', plain.replace('</configuration>', '<appSettings/></configuration>')],
  ['configSource', settings('', ' configSource="limits.config"')],
  ['another file over appSettings', settings(limit, ' file="user.config"')],
  ['a protection provider', settings(limit, ' configProtectionProvider="RsaProtectedConfigurationProvider"')],
  ['encrypted data', settings(`<EncryptedData><CipherData/></EncryptedData>`)],
  ['encrypted data beside the key', settings(`${limit}<EncryptedData/>`)],
  ['clear', settings(`<clear/>${limit}`)],
  ['clear after the key', settings(`${limit}<clear/>`)],
  ['removal of the key', settings(`<remove key="maxInstalledPrerequisites"/>${limit}`)],
  ['removal of the key in other letters', settings(`<remove key="MAXINSTALLEDPREREQUISITES"/>${limit}`)],
  ['no value', settings('<add key="maxInstalledPrerequisites"/>')],
  ...[
    '',
    '0400',
    '400 ',
    ' 400',
    '+400',
    '-400',
    '1e3',
    '400.0',
    '0x190',
    '4&#48;0',
    '&#x34;00',
    '４００',
    '٤٠٠',
    '4\u00a000',
    '2147483648',
    '99999999999999999999',
  ].map((written): Row => [`the value "${written}"`, value(written)]),
  ...['800', '1000', '2147483647'].map((written): Row => [`${written} already`, value(written)]),
  ['a document type', plain.replace('<configuration>', '<!DOCTYPE configuration>\r\n<configuration>')],
  [
    'an entity of its own',
    value('&limit;').replace('<configuration>', '<!DOCTYPE c [<!ENTITY limit "400">]><configuration>'),
  ],
  [
    'an entity bomb',
    value('&b;').replace(
      '<configuration>',
      '<!DOCTYPE c [<!ENTITY a "400"><!ENTITY b "&a;&a;&a;">]><configuration>',
    ),
  ],
  ['an unknown entity', settings(`${limit}<add key="a" value="&limit;"/>`)],
  ['a bare ampersand', settings(`${limit}<add key="a" value="1 & 2"/>`)],
  ['an unclosed element', plain.replace('</appSettings>', '')],
  [
    'elements that cross',
    plain.replace('</appSettings>\r\n</configuration>', '</configuration></appSettings>'),
  ],
  ['a second root', `${plain}<configuration/>`],
  ['text after the root', `${plain}x`],
  ['an attribute twice', settings(limit.replace('value', 'value="800" value'))],
  ['an attribute without quotes', settings(limit.replace('"400"', '400'))],
  ['two hyphens in a comment', settings(`${limit}<!-- a -- b -->`)],
  ['a comment without end', settings(`${limit}<!-- `)],
  ['a control character', settings(`${limit}\u0001`)],
  ['the end cut off', plain.slice(0, -20)],
  ['elements a hundred deep', settings(`${'<a>'.repeat(100)}${'</a>'.repeat(100)}${limit}`)],
  ['bytes that are not UTF-8', new Uint8Array(Buffer.from(settings(`${limit}<!-- ü -->`), 'latin1'))],
  [
    'an overlong NUL',
    new Uint8Array(
      Buffer.concat([Buffer.from(`${plain}<!--`), Buffer.from([0xc0, 0x80]), Buffer.from('-->')]),
    ),
  ],
  [
    'UTF-8 in which a surrogate is written',
    new Uint8Array(
      Buffer.concat([Buffer.from(`${plain}<!--`), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('-->')]),
    ),
  ],
  ['UTF-16 without a mark', new Uint8Array(Buffer.from(plain, 'utf16le'))],
  ['UTF-16 without a mark, big-endian', new Uint8Array(Buffer.from(plain, 'utf16le').swap16())],
  [
    'UTF-32',
    new Uint8Array([0xff, 0xfe, 0, 0, ...[...plain].flatMap((letter) => [letter.charCodeAt(0), 0, 0, 0])]),
  ],
  ['half a character of UTF-16', encode(plain, 'utf-16le').subarray(0, -1)],
  ['a lone surrogate', encode(settings(`${limit}<!-- \uD800 -->`), 'utf-16le')],
  ['two marks', encode(`\uFEFF${plain}`, 'utf-8 with a mark')],
  ['UTF-8 that says it is Latin-1', declared('iso-8859-1')],
  ['UTF-8 that says it is UTF-16', declared('utf-16')],
  ['UTF-8 that says it is windows-1252', declared('windows-1252')],
  ['UTF-16 that says it is UTF-8', encode(declared('utf-8'), 'utf-16be')],
  ['UTF-16 that says it is of the other kind', encode(declared('utf-16le'), 'utf-16be')],
  ['5 MB', settings(`${limit}<!--${'x'.repeat(5 * 1024 * 1024)}-->`)],
  ['one byte more than 1 MB', padded(1024 * 1024 + 1)],
];

/** As large as a file may be. */
const largest: Row = ['1 MB', padded(1024 * 1024), raised(padded(1024 * 1024))];

export const configVariants: readonly ConfigVariant[] = [
  ...[...editedTexts, largest].map(([what, text, after]) => ({
    what,
    bytes: bytesOf(text),
    after: bytesOf(after ?? (typeof text === 'string' ? raised(text) : text)),
  })),
  ...refusedTexts.map(([what, text]) => ({ what, bytes: bytesOf(text) })),
];

function raised(text: string): string {
  return text.replace('"400"', '"800"');
}

function padded(length: number): string {
  const text = settings(`${limit}<!---->`);
  return text.replace('<!---->', `<!--${'\n'.repeat(length - text.length)}-->`);
}

function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? encode(text) : text;
}
