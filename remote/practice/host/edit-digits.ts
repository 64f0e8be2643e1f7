import type { LimitKey } from '../../contract.ts';
import { appSettings, elements, type SettingsEntry } from './app-settings.ts';
import { decodeConfig, encodeDigits, NotEditable } from './config-encoding.ts';

/**
 * The bytes of a Web.config with new limits: a second implementation of the edit that the bot plans in
 * `remote/web-config.ts`, written apart from it, because both must agree on the bytes before a file is replaced. Works by
 * position only: everything outside the digits is copied. Throws NotEditable.
 */
export function editDigits(bytes: Uint8Array, edits: Partial<Record<LimitKey, number>>): Uint8Array {
  const config = decodeConfig(bytes);
  const { entries } = appSettings(config.text);
  const replacements = Object.entries(edits).map(([key, value]) => {
    const entry = onlyEntry(entries, key);
    return {
      start: config.byteAt(entry.valueStart),
      end: config.byteAt(entry.valueEnd),
      digits: encodeDigits(config, String(value)),
    };
  });
  replacements.sort((a, b) => a.start - b.start);
  const pieces: Uint8Array[] = [];
  let copied = 0;
  for (const { start, end, digits } of replacements) {
    pieces.push(bytes.subarray(copied, start), digits);
    copied = end;
  }
  return Buffer.concat([...pieces, bytes.subarray(copied)]);
}

/** The limits that a worker process reads from these bytes; a key that is not there or no number is left out. */
export function readLimit(bytes: Uint8Array, key: LimitKey): number | undefined {
  try {
    const { entries } = appSettings(decodeConfig(bytes).text);
    return Number(onlyEntry(entries, key).value);
  } catch (error) {
    if (error instanceof NotEditable) return undefined;
    throw error;
  }
}

/** Whether these bytes are an XML document, as far as tags tell. */
export function isWellFormed(bytes: Uint8Array): boolean {
  try {
    for (const _ of elements(decodeConfig(bytes).text));
    return true;
  } catch (error) {
    if (error instanceof NotEditable) return false;
    throw error;
  }
}

function onlyEntry(entries: readonly SettingsEntry[], key: string): SettingsEntry {
  // appSettings is a NameValueCollection: its keys differ in more than case, or they are the same.
  const matches = entries.filter((entry) => entry.key.toLowerCase() === key.toLowerCase());
  const [entry] = matches;
  if (entry === undefined) throw new NotEditable(`${key} is not in appSettings`);
  if (matches.length > 1) throw new NotEditable(`${key} is there ${matches.length} times`);
  if (!/^[1-9][0-9]{0,8}$/.test(entry.value))
    throw new NotEditable(`the value of ${key} is not a plain number`);
  return entry;
}
