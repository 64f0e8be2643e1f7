import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Expected, expectedListSchema } from './expected.ts';

export interface Paste {
  /** "folder/file" */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly expected: Expected;
}

const cases = fileURLToPath(new URL('cases', import.meta.url));
const index = 'expected.json';

/** @throws when a file has no expected answer, or an answer no file. */
function loadFolder(folder: string): Paste[] {
  const read = (file: string) => readFileSync(join(cases, folder, file));
  const expected = expectedListSchema.parse(JSON.parse(read(index).toString('utf8')));
  const files = new Set(readdirSync(join(cases, folder)).filter((file) => file !== index));
  const pastes = expected.map((each) => {
    if (!files.delete(each.file)) throw new Error(`${folder}/${each.file} is missing, or named twice`);
    return { name: `${folder}/${each.file}`, bytes: read(each.file), expected: each };
  });
  if (files.size > 0) throw new Error(`no expected answer for ${folder}/${[...files].join(', ')}`);
  return pastes;
}

/** @returns every paste of the corpus, by folder. */
export function loadCorpus(): Paste[] {
  return readdirSync(cases).toSorted().flatMap(loadFolder);
}
