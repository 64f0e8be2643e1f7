import { readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Secret } from './secret.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A secret, nothing (nobody named one), or why the one that was named cannot be used. */
export type SecretAnswer = { readonly secret: Secret | undefined } | { readonly problem: string };

const maxSecretBytes = 4096;

/** The variable `name`, or the file that `name`_FILE names. Empty counts as not set; both at once is refused. */
export function secretFromEnvironment(name: string, env: Environment): SecretAnswer {
  const direct = env[name];
  const file = env[`${name}_FILE`];
  if (direct && file) return { problem: `${name} and ${name}_FILE are both set; one of them is expected` };
  if (direct) return { secret: new Secret(direct) };
  if (!file) return { secret: undefined };
  const answer = secretFromFile(file, '.');
  return 'problem' in answer ? { problem: `${name}_FILE: ${answer.problem}` } : answer;
}

/** The content of a file without its last line end. At most 4096 bytes of UTF-8. */
export function secretFromFile(path: string, folder: string): SecretAnswer {
  const shown = JSON.stringify(basename(path));
  try {
    const full = resolve(folder, path);
    if (statSync(full).size > maxSecretBytes)
      return { problem: `the file ${shown} is longer than ${maxSecretBytes} bytes` };
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(full)).replace(/\r?\n$/, '');
    if (text === '') return { problem: `the file ${shown} is empty` };
    if (/[\r\n]/.test(text)) return { problem: `the file ${shown} has more than one line` };
    return { secret: new Secret(text) };
  } catch (error) {
    return { problem: `the file ${shown} cannot be read: ${fileReason(error)}` };
  }
}

/** Words for the errors of node:fs that a reader of the message can act on. */
export function fileReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'access denied';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EEXIST') return 'a file of that name is there already';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'it is not UTF-8 text';
  return typeof code === 'string' ? code : 'it cannot be read';
}
