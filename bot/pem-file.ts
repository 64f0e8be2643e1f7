import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { fileReason } from './config-secrets.ts';
import { isOpenToOthers, openToOthers } from './open-to-others.ts';

/** What a file holds, or what is wrong with it, in words that quote nothing of it. */
export type FileAnswer<T> = { readonly value: T } | { readonly problem: string };

/** The text of a PEM file. @param isPrivate nobody but its owner may read it */
export function readPemFile(
  file: string,
  { maxBytes, isPrivate }: { readonly maxBytes: number; readonly isPrivate: boolean },
): FileAnswer<string> {
  try {
    if (isPrivate && isOpenToOthers(file)) return { problem: openToOthers(file) };
    if (statSync(file).size > maxBytes)
      return { problem: `${shownFile(file)} is longer than ${maxBytes} bytes` };
    return { value: readFileSync(file, 'utf8') };
  } catch (error) {
    return { problem: `${shownFile(file)} cannot be read: ${fileReason(error)}` };
  }
}

/** The key in the text of that file. */
export function readPrivateKey(pem: string, file: string): FileAnswer<KeyObject> {
  try {
    return { value: createPrivateKey(pem) };
  } catch {
    return { problem: `${shownFile(file)} holds no private key without a passphrase, in PEM` };
  }
}

export const shownFile = (file: string): string => `the file ${JSON.stringify(basename(file))}`;
