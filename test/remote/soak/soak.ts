import { getEventListeners } from 'node:events';
import type { TestContext } from 'node:test';
import { setTimeout as after } from 'node:timers/promises';
import { randomFrom } from '../../bot/diagnosis/fuzz/random.ts';
import { neededMemory, OwnResources } from './own-resources.ts';
import { PracticeServersApart } from './practice-servers-apart.ts';
import { SoakFigures } from './soak-figures.ts';
import { SoakLane } from './soak-lane.ts';

export interface SoakOptions {
  readonly checks: number;
  /** Milliseconds over which they are spread; 0 for as fast as it goes. */
  readonly duration: number;
  /** What is drawn follows from it; what falls together does not. */
  readonly seed: number;
  /** After each of them everything comes to rest and is counted. */
  readonly rounds: number;
  /** Milliseconds that a server has for an answer. */
  readonly answerTime: number;
  /** Milliseconds after which a session is closed that nobody uses; some servers have twice, some three times as long. */
  readonly idleTimeout: number;
}

/** So long until what is closed is gone for the kernel, too. Milliseconds. */
const untilRest = 10_000;

/** Checks practice servers in a process of their own, in which everything goes wrong at random, and counts. */
export async function runSoak(t: TestContext, options: SoakOptions): Promise<SoakFigures> {
  const figures = new SoakFigures();
  const practice = await PracticeServersApart.start();
  const onWarning = (warning: Error) => figures.wrong.push(`warning: ${warning.message}`);
  process.on('warning', onWarning);
  const resources = new OwnResources();
  t.after(async () => {
    resources.stop();
    process.off('warning', onWarning);
    await practice.close();
  });
  const lanes = practice.servers.map((server, index) => {
    const half = options.answerTime / 2;
    const idleTimeout = options.idleTimeout * (1 + (index % 3));
    const times = { operationTimeout: half, answerMargin: half, idleTimeout };
    const random = randomFrom(options.seed + index);
    return new SoakLane({ server, practice, figures, random, times, grace: options.answerTime });
  });
  const began = performance.now();
  await Promise.all(lanes.map((lane) => lane.prepare()));
  for (let round = 1; round <= options.rounds; round++) {
    await runRound(lanes, options, round);
    await untilNothingIsLeft(resources, lanes, figures);
    figures.memory.push(neededMemory());
  }
  figures.milliseconds = performance.now() - began;
  figures.sockets.opened = resources.opened;
  figures.sockets.most = resources.mostAtOnce;
  figures.shells = await countShells(practice, lanes);
  return figures;
}

/** All lanes side by side, each at uneven times of its own, until their shares of all rounds up to this one are done. */
async function runRound(lanes: readonly SoakLane[], options: SoakOptions, round: number): Promise<void> {
  const { checks, duration, rounds, seed } = options;
  const weights = lanes.reduce((sum, { weight }) => sum + weight, 0);
  const began = performance.now();
  await Promise.all(
    lanes.map(async (lane, index) => {
      const goal = Math.ceil((((checks * lane.weight) / weights) * round) / rounds);
      const { below } = randomFrom(seed ^ (round * 1_000 + index));
      const times = Array.from({ length: goal - lane.done }, () => below(duration / rounds));
      for (const time of times.toSorted((a, b) => a - b)) {
        if (lane.done >= goal || lane.isStuck) return;
        const wait = began + time - performance.now();
        if (wait > 0) await after(wait);
        await lane.check();
      }
    }),
  );
}

/** Sessions close by themselves when nobody uses them; then there must be nothing more than before the first. */
async function untilNothingIsLeft(
  resources: OwnResources,
  lanes: readonly SoakLane[],
  figures: SoakFigures,
): Promise<void> {
  const ends = performance.now() + untilRest;
  while (resources.left().size > 0 && performance.now() < ends) await after(20);
  const left = resources.left();
  for (const [kind, count] of left) figures.wrong.push(`${count} ${kind} more at rest than before`);
  figures.sockets.left = Math.max(figures.sockets.left, left.get('sockets') ?? 0);
  for (const { reader } of lanes) {
    const listeners = getEventListeners(reader.signal, 'abort').length;
    if (listeners > 0) figures.wrong.push(`at rest ${listeners} listeners wait for a reader to give up`);
  }
}

/** What the soak has left, and whether anything outlives its idle time when the bot is gone without a word. */
async function countShells(
  practice: PracticeServersApart,
  lanes: readonly SoakLane[],
): Promise<SoakFigures['shells']> {
  const count = async () =>
    Promise.all(
      practice.servers.map(async ({ name, quota }) => {
        return { quota, ...(await practice.tell(name, { kind: 'count' })) };
      }),
    );
  const sum = (counts: Awaited<ReturnType<typeof count>>) => counts.reduce((all, { open }) => all + open, 0);
  const left = await count();
  await Promise.all(lanes.map((lane) => lane.vanish()));
  const leftByVanished = sum(await count()) - sum(left);
  const [any] = practice.servers;
  if (any !== undefined) await practice.tell(any.name, { kind: 'a minute passes' });
  const most = Map.groupBy(left, ({ quota }) => quota);
  return {
    left: sum(left),
    leftByVanished,
    leftAfterAMinute: sum(await count()),
    most: [...most].map(([quota, counts]) => ({ quota, most: Math.max(...counts.map((each) => each.most)) })),
  };
}
