import { diagnose } from '../../diagnosis/diagnose.ts';
import type { RunCommand } from '../command.ts';
import { diagnosisDocument } from '../diagnosis-document.ts';
import { exitCodes } from '../exit-codes.ts';
import { LineOrigins } from '../line-origins.ts';
import { printDiagnosis } from '../print-diagnosis.ts';
import { readInput } from '../read-input.ts';
import { Printer } from '../terminal.ts';
import { toJsonLine } from '../visible-text.ts';

const bytesPerFile = 64 * 1024 * 1024;

export const run: RunCommand = async ({ words: paths, json }, { stdin, stdout }) => {
  const origins = new LineOrigins();
  let cut = false;
  // Read as one text: a fault in the client's log and its twin in the server's are joined by their ID.
  for (const path of paths) {
    const input = await readInput(path, stdin, bytesPerFile);
    origins.add(path === '-' ? 'standard input' : path, input.text);
    cut ||= input.cut;
  }
  const text = origins.text();
  const diagnosis = { ...diagnose(text, { cap: text.length }), truncated: cut };
  if (json) stdout.write(`${toJsonLine(diagnosisDocument(diagnosis, origins))}\n`);
  else printDiagnosis(new Printer(stdout), diagnosis, origins);
  return exitCodes.fine;
};
