import type { LimitKey } from './contract.ts';

/** Why web.config is not edited: one fixed text per code, ours, without a full stop. */
const refusalTexts = {
  'too-large': 'the file is larger than 1 MB',
  'not-a-plain-file': 'it is a link or a folder, not a plain file',
  'unknown-encoding': 'its encoding is not UTF-8 or UTF-16, or differs from the one it declares',
  malformed: 'it is not well-formed XML',
  dtd: 'it carries a document type declaration',
  'not-a-configuration': 'it has no configuration element at its root, or appSettings more than once',
  'config-source': 'appSettings takes its content from another file',
  encrypted: 'appSettings is encrypted',
  'key-missing': 'the key is not in appSettings',
  'key-commented-out': 'the key is only in a comment',
  'key-duplicated': 'the key is there more than once',
  'key-in-location': 'the key is inside a location element',
  'key-misplaced': 'the key is outside configuration/appSettings',
  'key-disguised': 'the key is written in other upper and lower case, or with character references',
  'clear-or-remove': 'appSettings clears or removes the key',
  'not-an-integer': 'the value is not a plain whole number',
  'already-high': 'the value is as high already',
  'target-out-of-range': 'the new value is not between 1 and 1,000,000',
  'no-edits': 'no new value was given',
  'readers-disagree': 'two ways of reading the file came to different results',
} as const;

export type RefusalCode = keyof typeof refusalTexts;

export interface Refusal {
  readonly code: RefusalCode;
  /** Ours, safe to show. */
  readonly text: string;
  /** The limit it is about; absent when it is about the whole file. */
  readonly key?: LimitKey;
  /** 1 for the first line. */
  readonly line?: number;
}

/** @returns the refusal of one code with its text. */
export function refusal(code: RefusalCode, at: { key?: LimitKey; line?: number } = {}): Refusal {
  return { code, text: refusalTexts[code], ...at };
}
