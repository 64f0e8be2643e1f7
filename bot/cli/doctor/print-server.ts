import type { Way } from '../../../remote/way.ts';
import type { Printer } from '../terminal.ts';
import { type DeepResult, deepItems } from './deep/deep-items.ts';
import { type StepResult, serverSteps } from './server-steps.ts';

/** A server as doctor saw it. */
export interface ServerExamination {
  readonly name: string;
  readonly way: Way;
  readonly ok: boolean;
  readonly steps: readonly StepResult[];
  /** With --deep, and when all steps went well. */
  readonly deep?: readonly DeepResult[];
}

/** Wide enough for the names of all steps. */
const column = Math.max(...serverSteps.map((step) => step.length)) + 2;

/**
 * Step by step with its name, what was not tried, and with --deep item by item: for one that differs also what was expected.
 * The code is the one of docs/connecting.md and docs/errors.md.
 */
export function printServer(print: Printer, { name, steps, deep }: ServerExamination): void {
  print.line();
  print.heading(name);
  for (const { step, ok, isWarning, text, code, serverText, remedy } of steps) {
    const seen = `${step.padEnd(column)}${text}${code === undefined ? '' : ` (${code})`}`;
    print.marked(ok ? (isWarning ? 'warning' : 'good') : 'bad', seen, 2);
    if (serverText !== undefined) print.line(`    Answer: ${serverText}`);
    if (remedy !== undefined) print.line(`    Next: ${remedy}`);
  }
  for (const step of serverSteps.filter((one) => !steps.some((tried) => tried.step === one))) {
    print.marked('skipped', `${step.padEnd(column)}not tried`, 2);
  }
  if (deep !== undefined) printDeep(print, deep);
}

const marks = { pass: 'good', differs: 'warning', 'not-tried': 'skipped' } as const;

function printDeep(print: Printer, results: readonly DeepResult[]): void {
  print.line();
  for (const { item, outcome, seen } of results) {
    print.marked(marks[outcome], `${item}: ${outcome === 'not-tried' ? `not tried, ${seen}` : seen}`, 2);
    if (outcome !== 'differs') continue;
    print.line(`    How it was asked: ${deepItems[item].how}`);
    print.line(`    Expected: ${deepItems[item].expected}`);
  }
  print.line(
    '  Nothing was changed there. What is left is done by hand on a test server: docs/deep-check.md',
  );
}
