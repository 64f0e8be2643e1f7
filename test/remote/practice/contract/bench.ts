import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext } from 'node:test';
import { connectWsusServer } from '../../../../remote/connect-wsus-server.ts';
import type { ApplyResult, LimitKey, ProgressStep } from '../../../../remote/contract.ts';
import type { PracticeStats } from '../../../../remote/practice/practice-host.ts';
import { type PracticeState, practiceServers } from '../../../../remote/practice/practice-servers.ts';
import type {
  PracticeServers,
  StartedPracticeServer,
} from '../../../../remote/practice/start-practice-servers.ts';
import { planEdit } from '../../../../remote/web-config.ts';
import type { WsusServer } from '../../../../remote/wsus-server.ts';
import type { EngineUnderTest } from './engine-under-test.ts';

/**
 * A practice server with clients. All tests of a state share one, since to start one may take an engine's whole start; each leaves it
 * as it was.
 */
export class Bench {
  readonly #engine: EngineUnderTest;
  readonly #state: PracticeState;
  #folder = '';
  /** When it began to start and when it had, milliseconds since 1970. */
  madeBetween: readonly [number, number] = [0, 0];
  #practice: PracticeServers | undefined;
  #clients: (WsusServer | undefined)[] = [];

  private constructor(engine: EngineUnderTest, state: PracticeState) {
    this.#engine = engine;
    this.#state = state;
  }

  /** For the tests of the surrounding group: starts before the first and ends after the last. */
  static of(engine: EngineUnderTest, state: PracticeState): Bench {
    const bench = new Bench(engine, state);
    before(() => bench.#start());
    after(() => bench.#stop());
    return bench;
  }

  get engine(): EngineUnderTest {
    return this.#engine;
  }

  get state(): PracticeState {
    return this.#state;
  }

  get server(): StartedPracticeServer {
    const server = this.#practice?.servers[0];
    assert.ok(server !== undefined);
    return server;
  }

  get wsus(): WsusServer {
    return this.#client(0);
  }

  /** Another connection with its own session, for what happens while a call runs. */
  get beside(): WsusServer {
    return this.#client(1);
  }

  webConfig(): Buffer {
    return readFileSync(this.server.webConfig);
  }

  /** Faults for the time of one test. */
  misbehave(t: TestContext, ...faults: Parameters<StartedPracticeServer['misbehave']>[0]): void {
    this.server.misbehave(faults);
    t.after(() => this.server.misbehave([]));
  }

  /** What was done to the server since this call. */
  counting(): () => PracticeStats {
    const { restarts, writes } = this.server.stats();
    return () => {
      const now = this.server.stats();
      return { restarts: now.restarts - restarts, writes: now.writes - writes };
    };
  }

  async #start(): Promise<void> {
    const begun = Date.now();
    this.#folder = mkdtempSync(join(tmpdir(), 'wsus-bot-contract-'));
    const hasUnicode = this.#engine.has.has('unicode-paths');
    this.#practice = await this.#engine.start({
      root: join(this.#folder, hasUnicode ? 'Dienst Übung 検証 🚀' : 'practice'),
      specs: practiceServers.filter(({ state }) => state === this.#state),
    });
    this.madeBetween = [begun, Date.now()];
  }

  async #stop(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client?.close()));
    await this.#practice?.close();
    rmSync(this.#folder, { recursive: true });
  }

  #client(index: number): WsusServer {
    const known = this.#clients[index];
    if (known !== undefined) return known;
    const made = connectWsusServer(this.server.target);
    this.#clients[index] = made;
    return made;
  }
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const acting = (offset = 600_000) => ({
  changeId: randomUUID(),
  notAfter: new Date(Date.now() + offset).toISOString(),
});

/** What to apply so that the limit becomes 800, as the bot plans it. */
export function raising(
  before: Buffer,
  edits: Partial<Record<LimitKey, number>> = { maxInstalledPrerequisites: 800 },
) {
  const plan = planEdit(before, edits);
  assert.ok(plan.ok);
  const after = Buffer.from(plan.after);
  return {
    before,
    after,
    request: { ...acting(), sha256Before: sha256Of(before), sha256After: sha256Of(after), edits },
  };
}

/** Applies the raise, and takes it back after the test with the product's own function. */
export async function raised(t: TestContext, bench: Bench, onProgress?: (step: ProgressStep) => void) {
  const { before, after, request } = raising(bench.webConfig());
  const applied = await bench.wsus.apply(request, onProgress === undefined ? {} : { onProgress });
  assert.equal(applied.outcome, 'written', JSON.stringify(applied));
  const written = applied as Extract<ApplyResult, { outcome: 'written' }>;
  const takeBack = () =>
    bench.wsus.restore({
      ...acting(),
      backup: written.backup.name,
      sha256Before: request.sha256After,
      sha256After: request.sha256Before,
    });
  t.after(async () => {
    bench.server.misbehave([]);
    if (bench.webConfig().equals(after)) assert.equal((await takeBack()).outcome, 'restored');
  });
  return { before, after, request, written, takeBack };
}
