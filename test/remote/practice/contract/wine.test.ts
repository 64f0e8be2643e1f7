import assert from 'node:assert/strict';
import { createHash, randomInt } from 'node:crypto';
import { after, afterEach, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findWine, wineMissing } from '../../../../remote/practice/powershell/find-wine.ts';
import {
  startWinePowershell,
  type WinePowershell,
} from '../../../../remote/practice/powershell/wine-powershell.ts';
import { startPracticeServers } from '../../../../remote/practice/start-practice-servers.ts';
import { Bench } from './bench.ts';
import { contractSuite } from './contract-suite.ts';
import { powershellDifferences } from './engine-differences.ts';
import type { EngineUnderTest } from './engine-under-test.ts';
import { wineFileTests } from './wine-file-tests.ts';
import { probeModule, WineProbe } from './wine-probe.ts';
import { wineSystemTests } from './wine-system-tests.ts';

const installation = findWine();
let wine: WinePowershell | undefined;
const started = (): WinePowershell => {
  assert.ok(wine !== undefined);
  return wine;
};

const wineWindows = fileURLToPath(
  new URL('../../../../remote/practice/powershell/practice-windows/WineWindows.psm1', import.meta.url),
);

const engine: EngineUnderTest = {
  name: 'the Windows build of PowerShell',
  skip: false,
  has: new Set(['lists-functions', 'stops-functions', 'hard-links', 'unicode-paths']),
  start: (options) =>
    startPracticeServers({
      ...options,
      engine: 'powershell',
      powershell: started(),
      extraModules: [{ path: wineWindows, functions: [] }, probeModule],
    }),
  differences: powershellDifferences((path) => started().pathOf(path), 'Archive'),
};

describe('the Windows build of PowerShell under Wine', {
  skip: installation === undefined && wineMissing,
}, () => {
  const passed = { tests: 0 };
  before(async () => {
    assert.ok(installation !== undefined);
    wine = await startWinePowershell(installation);
  });
  afterEach(() => {
    passed.tests += 1;
  });
  after(async () => {
    await wine?.close();
  });

  contractSuite(engine);
  wineFileTests(engine);
  wineSystemTests(engine);

  // An engine that ends well and does nothing must not count as one.
  describe('the engine', () => {
    const bench = Bench.of(engine, 'limit-too-low');

    test('is Windows to .NET, did what it was asked, and had every session of this run', async (t) => {
      const probe = await WineProbe.open(bench.server.target);
      t.after(() => probe.close());
      const number = randomInt(2 ** 40);
      const { sessions, ...proof } = await probe.proof(number);
      assert.deepEqual(proof, {
        isWindows: true,
        platform: 'Win32NT',
        square: String(BigInt(number) ** 2n),
        sha256: createHash('sha256')
          .update(Buffer.from(String(number), 'utf16le'))
          .digest('hex'),
        fromRegistry: String(number),
      });
      assert.ok(sessions >= 20, `${sessions} sessions`);
      assert.ok(passed.tests >= 80, `${passed.tests} tests`);
    });
  });
});
