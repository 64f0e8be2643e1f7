import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { diagnose } from '../../diagnosis/diagnose.ts';
import type { RunCommand } from '../command.ts';
import { decodeText } from '../decode-text.ts';
import { diagnosisDocument } from '../diagnosis-document.ts';
import { exitCodes } from '../exit-codes.ts';
import { FileError } from '../file-error.ts';
import { LineOrigins } from '../line-origins.ts';
import { printDiagnosis } from '../print-diagnosis.ts';
import { Printer, type Terminal } from '../terminal.ts';
import { toJsonLine } from '../visible-text.ts';

export const run: RunCommand = async ({ words: paths, json }, terminal) => {
  const origins = new LineOrigins();
  // Read as one text: a fault in the client's log and its twin in the server's are joined by their ID.
  for (const path of paths)
    origins.add(path === '-' ? 'standard input' : path, await readText(path, terminal));
  const diagnosis = diagnose(origins.text());
  if (json) terminal.stdout.write(`${toJsonLine(diagnosisDocument(diagnosis, origins))}\n`);
  else printDiagnosis(new Printer(terminal.stdout), diagnosis, origins);
  return exitCodes.fine;
};

async function readText(path: string, { stdin }: Terminal): Promise<string> {
  try {
    return decodeText(path === '-' ? await buffer(stdin) : readFileSync(path));
  } catch (error) {
    throw new FileError('cli.file-not-readable', `reading ${path}`, error);
  }
}
