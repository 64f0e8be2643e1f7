import assert from 'node:assert/strict';
import { createHash, randomInt } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, test } from 'node:test';
import { contractSuite } from './contract-suite.ts';
import { WineBench } from './wine-bench.ts';
import { skipWine, wineEngine } from './wine-engine.ts';
import { wineFileTests } from './wine-file-tests.ts';
import { wineSystemTests } from './wine-system-tests.ts';

describe('under Wine', { skip: skipWine }, () => {
  let prefix = '';

  describe('PowerShell for Windows', () => {
    const engine = wineEngine('WsusBot');
    const ran = { tests: 0 };
    afterEach(() => {
      ran.tests += 1;
    });

    contractSuite(engine);

    describe('beside the contract', () => {
      const bench = WineBench.of(engine);
      wineFileTests(bench);
      wineSystemTests(bench);

      // An engine that ends well and does nothing must not count as one.
      test('is Windows to .NET, did what it was asked, and had every session of this run', async () => {
        prefix = engine.prefix;
        const number = randomInt(2 ** 31);
        const { sessions, processId: _, ...proof } = await bench.probe.proof(number);
        assert.deepEqual(proof, {
          isWindows: true,
          platform: 'Win32NT',
          square: String(BigInt(number) ** 2n),
          sha256: createHash('sha256')
            .update(Buffer.from(String(number), 'utf16le'))
            .digest('hex'),
          fromRegistry: String(number),
        });
        assert.ok(sessions >= 15, `${sessions} sessions`);
        assert.ok(ran.tests >= 80, `${ran.tests} tests`);
      });
    });
  });

  test('nothing of it is left when it has ended', () => {
    assert.notEqual(prefix, '');
    assert.equal(existsSync(prefix), false);
    assert.deepEqual(
      readdirSync('/proc').filter((id) => runsIn(id, prefix)),
      [],
    );
  });
});

function runsIn(processId: string, prefix: string): boolean {
  try {
    return readFileSync(`/proc/${processId}/environ`, 'utf8').includes(`WINEPREFIX=${prefix}\0`);
  } catch {
    // No process, or one that has ended.
    return false;
  }
}
