import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ProtocolError } from '../../remote/protocol-error.ts';
import { mutated } from './mutate.ts';

/** Something that reads what came over the wire: valid samples, and the reading of one. */
export interface Target {
  readonly samples: readonly Buffer[];
  readonly read: (bytes: Buffer) => unknown;
}

/** What one reading may add to the heap for each byte that came, and at all. */
const roomPerByte = 400;
const room = 64 * 1024 * 1024;

/** Reads changed samples: each is read, or refused with a ProtocolError. @param seed so that a failure can be had again */
export function fuzz({ samples, read }: Target, numRuns: number, seed: number): void {
  fc.assert(
    fc.property(mutated(samples), (bytes) => {
      const before = process.memoryUsage().heapUsed;
      try {
        read(bytes);
      } catch (error) {
        assert.ok(error instanceof ProtocolError, String(error));
      }
      assert.ok(
        process.memoryUsage().heapUsed - before < room + roomPerByte * bytes.length,
        'it took too much memory',
      );
    }),
    { numRuns, seed },
  );
}
