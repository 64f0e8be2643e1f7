import { suite, test } from 'node:test';
import { cells, runCell } from './fault-matrix.ts';

/** Of each fault a few cells, other ones for each fault, so that every message and every call has its share; and where a second try would do harm. */
const step = 23;

// They wait more than they work.
suite('a fair sample of faults on messages of calls: no wrong claim, nothing done twice', {
  concurrency: 8,
}, () => {
  for (const cell of cells.filter(
    ({ name }, index) => index % step === 0 || name.startsWith('drops after on Command 1'),
  )) {
    test(cell.name, (t) => runCell(t, cell));
  }
});
