import type { SourceLog } from './fault.ts';
import type { Observation } from './observation.ts';
import { readFaults } from './read-faults.ts';
import type { NumberedLine } from './records.ts';

export const createObserver = (known: SourceLog | undefined, tell: (seen: Observation) => void) => {
  const lines: NumberedLine[] = [];
  return {
    line: (line: NumberedLine) => lines.push(line),
    end: () => {
      for (const fault of readFaults(lines, known)) tell({ kind: 'fault', fault });
    },
  };
};
