import { describe } from 'node:test';
import { Bench } from './bench.ts';
import { courseTests } from './course-tests.ts';
import type { EngineUnderTest } from './engine-under-test.ts';
import { faultTests } from './fault-tests.ts';
import { refusalTests } from './refusal-tests.ts';
import { reportTests } from './report-tests.ts';
import { sessionTests } from './session-tests.ts';

/** What a practice server does, whichever engine is behind it: the same for all of them, but for `EngineDifferences`. */
export function contractSuite(engine: EngineUnderTest): void {
  describe(`the contract on ${engine.name}`, { skip: engine.skip }, () => {
    const tooLow = Bench.of(engine, 'limit-too-low');
    const notWsus = Bench.of(engine, 'not-wsus');
    const keyMissing = Bench.of(engine, 'key-missing');
    const others = [Bench.of(engine, 'raised-not-active'), Bench.of(engine, 'healthy')];
    // First those that look at a server that nobody has touched.
    reportTests(engine, [tooLow, notWsus, keyMissing, ...others], tooLow);
    courseTests(engine, tooLow);
    refusalTests(tooLow, notWsus, keyMissing);
    faultTests(engine, tooLow);
    sessionTests(engine, tooLow);
  });
}
