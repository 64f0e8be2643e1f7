import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { CodedError } from '../../../remote/coded-error.ts';
import { sourceOfFile } from '../../intake/byte-source.ts';
import type { LogsDiagnoser } from '../../intake/diagnose-logs.ts';
import { fileKind, kindBytes } from '../../intake/file-kind.ts';
import { FileError } from '../file-error.ts';
import { findLogs } from './find-logs.ts';
import type { UnreadFile } from './unread-file.ts';

/** Reads every file that the words mean, one after another. @returns those that could not be read. */
export async function readFiles(
  words: readonly string[],
  stdin: Readable,
  logs: LogsDiagnoser,
): Promise<UnreadFile[]> {
  const unread: UnreadFile[] = [];
  for (const word of words) {
    const files = await tried(word, () => findLogs(word), unread);
    for (const file of files ?? []) await tried(file, () => readFile(file, stdin, logs), unread);
  }
  return [...unread, ...logs.skipped.map(({ name, error }) => ({ file: name, error }))];
}

async function tried<Result>(
  file: string,
  action: () => Promise<Result>,
  unread: UnreadFile[],
): Promise<Result | undefined> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    unread.push({ file, error });
    return undefined;
  }
}

async function readFile(path: string, stdin: Readable, logs: LogsDiagnoser): Promise<void> {
  if (path === '-') return logs.addFile('standard input', stdin);
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    if (!(await file.stat()).isFile()) {
      await logs.addFile(path, file.createReadStream({ autoClose: false }));
      return;
    }
    const head = new Uint8Array(kindBytes);
    const { bytesRead } = await file.read(head, 0, kindBytes, 0);
    // Plain text goes straight into the scanner's memory.
    if (fileKind(head.subarray(0, bytesRead)).kind === 'text') await logs.addLog(path, sourceOfFile(file));
    else await logs.addFile(path, file.createReadStream({ start: 0, autoClose: false }));
  } catch (error) {
    if (error instanceof CodedError || !isSystemError(error)) throw error;
    throw new FileError('cli.file-not-readable', `reading ${path}`, error);
  } finally {
    await file?.close();
  }
}

const isSystemError = (error: unknown): boolean => error instanceof Error && 'syscall' in error;
