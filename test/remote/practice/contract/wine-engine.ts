import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findWine, wineMissing } from '../../../../remote/practice/powershell/find-wine.ts';
import {
  startWinePowershell,
  type WinePowershell,
} from '../../../../remote/practice/powershell/wine-powershell.ts';
import type { PracticeEndpoint } from '../../../../remote/practice/practice-server.ts';
import { startPracticeServers } from '../../../../remote/practice/start-practice-servers.ts';
import { powershellDifferences } from './engine-differences.ts';
import type { EngineUnderTest } from './engine-under-test.ts';
import { probeModule } from './wine-probe.ts';

const installation = findWine();

/** Why tests on it are left out; false when they are not. */
export const skipWine = installation === undefined && wineMissing;

const wineWindows = {
  path: fileURLToPath(
    new URL('../../../../remote/practice/powershell/practice-windows/WineWindows.psm1', import.meta.url),
  ),
  functions: [],
} as const;

/** The Windows build of PowerShell, for the tests of the surrounding group. `prefix` is Wine's folder while it runs, and after. */
export function wineEngine(endpoint: PracticeEndpoint): EngineUnderTest & { readonly prefix: string } {
  let wine: WinePowershell | undefined;
  const started = (): WinePowershell => {
    assert.ok(wine !== undefined);
    return wine;
  };
  before(async () => {
    assert.ok(installation !== undefined);
    wine = await startWinePowershell(installation);
  });
  after(() => wine?.close());
  const isJea = endpoint === 'WsusBot';
  return {
    name: `the Windows build of PowerShell, through ${endpoint}`,
    skip: skipWine,
    has: new Set([
      'stops-functions',
      'hard-links',
      'unicode-paths',
      ...(isJea ? ['lists-functions' as const] : []),
    ]),
    start: (options) =>
      startPracticeServers({
        ...options,
        engine: 'powershell',
        endpoint,
        powershell: started(),
        extraModules: [wineWindows, probeModule],
      }),
    differences: powershellDifferences((path) => started().pathOf(path), 'Archive'),
    get prefix() {
      return started().env.WINEPREFIX ?? '';
    },
  };
}
