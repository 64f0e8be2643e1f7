import type { IisSettings } from './host/practice-iis.ts';
import { SimulatedHost } from './host/simulated-host.ts';
import type { PracticeHost } from './practice-host.ts';
import { simulatedCommandLine } from './simulated-command-line.ts';
import { createSimulatedEngine } from './simulated-engine.ts';

/** A machine that is simulated in this process. It has the endpoint `WsusBot` alone. */
export function createSimulatedPracticeHost(settings: IisSettings): PracticeHost {
  const host = new SimulatedHost(settings);
  const engine = createSimulatedEngine(host);
  return {
    endpoints: new Map([['wsusbot', engine]]),
    commandLine: simulatedCommandLine(host),
    stats: () => ({ restarts: host.restarts.length, writes: host.writes }),
    effectiveLimits: () => host.effectiveLimits,
    setFaults: (faults, config) => host.setFaults(faults, config),
    killEngine: () => engine.kill(),
    close: async () => {},
  };
}
