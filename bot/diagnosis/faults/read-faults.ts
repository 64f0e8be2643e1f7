import { type NumberedLine, RecordReader } from '../records/records.ts';
import type { SourceLog } from './fault.ts';
import { nearbyLines } from './fault-draft.ts';
import { FaultReader } from './fault-reader.ts';
import type { Observation } from './observation.ts';
import { serverUrlIn } from './server-url.ts';
import { SignReader } from './sign-reader.ts';
import { TellingQueue } from './telling-queue.ts';

/** Takes the lines of one text in order, numbers rising; lines that tell nothing may be left out (see anchors.ts). */
export interface Observer {
  line(line: NumberedLine): void;
  /** No further line comes: what is still open is told. */
  end(): void;
}

/**
 * Reads lines to observations, in time linear in the text and in constant memory.
 * The same fault may be told more than once, by each log or rendering that tells it: `Fault.id` joins them.
 *
 * @param known The log the lines come from, when they do not tell.
 * @param tell Called with each observation in the order of the text, some lines after the place it stands at.
 */
export function createObserver(known: SourceLog | undefined, tell: (seen: Observation) => void): Observer {
  const queue = new TellingQueue(tell);
  const faults = new FaultReader(queue);
  const signs = new SignReader(queue);
  const records = new RecordReader(known, (record) => {
    queue.finishBefore((record.lines[0]?.line ?? 0) - nearbyLines);
    if (record.lines[0]?.entry !== undefined && record.lines.length === 1) {
      faults.read(record);
      return;
    }
    const url = serverUrlIn(record);
    if (url !== undefined) queue.hearServer(record.prefix?.thread ?? '', url, record.prefix?.time ?? null);
    faults.read(record);
    signs.read(record);
  });
  return {
    line: (line) => records.line(line),
    end: () => {
      records.end();
      queue.finishBefore(Number.POSITIVE_INFINITY);
    },
  };
}
