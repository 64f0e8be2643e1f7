import { decodeText } from '../../bot/intake/encoding.ts';
import type { Expected } from './expected.ts';
import { loadCorpus } from './load-corpus.ts';
import { characterManglings } from './manglings/characters.ts';
import { companyManglings } from './manglings/company.ts';
import { fieldManglings } from './manglings/fields.ts';
import { lineManglings } from './manglings/lines.ts';
import type { Mangling } from './manglings/mangling.ts';

export interface Sample {
  readonly name: string;
  readonly text: string;
  readonly expected: Expected;
}

export const manglings: readonly Mangling[] = [
  ...lineManglings,
  ...characterManglings,
  ...fieldManglings,
  ...companyManglings,
];

const samples: readonly Sample[] = loadCorpus().map(({ name, bytes, expected }) => ({
  name,
  text: decodeText(bytes).replace(/\r\n|\r/g, '\n'),
  expected,
}));

/** Somewhere in them is the fault, though the answer may be another: it may come out when the rest is cut away. */
const holdTheFault: readonly string[] = ['kb4096317', 'recovered', 'test-detectoid-flood'];

/** Pastes that hold no fault of KB 4096317, whatever is done to them. */
export const others = samples.filter(({ expected }) => !holdTheFault.includes(expected.verdict));

export const causes = samples.filter(({ expected }) => expected.verdict === 'kb4096317');

/** As a log or an article has them. What is constructed was mangled once already: twice need not be readable. */
export const plainCauses = causes.filter(({ expected }) => expected.kind !== 'constructed');

const entry = /^(?:\d{4}[./-]\d\d[./-]\d\d[ \t]|<!\[LOG\[|\{[\dA-F]{8}-|[ \t]+\S+ [\w.]+\()/i;

/** Every line is an entry of a log, or a stack frame: only such texts can be mixed line by line and still be read. */
export const isLog = ({ text }: Sample): boolean =>
  text.split('\n').every((line) => line.trim() === '' || entry.test(line));

/**
 * @returns from which length on the beginning of a text holds ErrorCode, Message and service of its first fault;
 * Infinity when they cannot be told by looking for the words in this order.
 */
export function readableFrom(text: string): number {
  const ends = [
    /InvalidParameters/,
    /parameters\.InstalledNonLeafUpdateIDs/,
    /ClientWebService\/SyncUpdates|actor = https?:\/\/\S+\/client\.asmx/,
  ].map((word) => {
    const found = word.exec(text);
    return found === null ? Number.POSITIVE_INFINITY : found.index + found[0].length;
  });
  return Math.max(...ends);
}
