import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Bench } from './bench.ts';
import type { EngineUnderTest } from './engine-under-test.ts';
import { WineProbe } from './wine-probe.ts';

/** A bench with two sessions beside its clients: two programs that run at once on that server. */
export class WineBench {
  readonly bench: Bench;
  readonly #probes: readonly WineProbe[];

  private constructor(bench: Bench, probes: readonly WineProbe[]) {
    this.bench = bench;
    this.#probes = probes;
  }

  /** For the tests of the surrounding group. */
  static of(engine: EngineUnderTest): WineBench {
    const probes: WineProbe[] = [];
    // Before the bench's own end, since the sessions are on its server.
    after(() => Promise.all(probes.map((probe) => probe.close())));
    const bench = Bench.of(engine, 'limit-too-low');
    before(async () => {
      const { target } = bench.server;
      probes.push(...(await Promise.all([WineProbe.open(target), WineProbe.open(target)])));
    });
    return new WineBench(bench, probes);
  }

  get probe(): WineProbe {
    return this.#at(0);
  }

  get other(): WineProbe {
    return this.#at(1);
  }

  /** A path as the simulated server names it, as the engine does. */
  path(windowsPath: string): string {
    return this.bench.engine.differences.path(this.bench.server, windowsPath);
  }

  #at(index: number): WineProbe {
    const probe = this.#probes[index];
    assert.ok(probe !== undefined);
    return probe;
  }
}
