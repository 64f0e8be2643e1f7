import type { TestContext } from 'node:test';
import { approverAt } from './approver.ts';
import { startFuzzScene } from './fuzz-scene.ts';
import { logJudge } from './log-judge.ts';
import { createMutatedSender, type MutatedSender } from './send-mutated.ts';

export interface FuzzResult extends Pick<MutatedSender, 'statuses' | 'answered' | 'slowestInvoke'> {
  /** At most twenty. */
  readonly complaints: readonly string[];
  /** Lines of the log by their code. */
  readonly logged: Readonly<Record<string, number>>;
  /** Bytes after a garbage collection, after a fifth of the activities and at the end. */
  readonly heap: readonly [number, number];
  readonly rss: readonly [number, number];
  /** Of all changes, after the button that starts one was pressed. */
  readonly states: readonly string[];
  /** How often the servers were written to, before and after that. */
  readonly writes: readonly [number, number];
}

const mostComplaints = 20;
/** Requests at the same time. */
const lanes = 12;

/**
 * Sends mutated activities with valid tokens to a bot in a process of its own, over HTTP, and judges all that it does. Activity
 * n of a seed is the same in every run, apart from ports and the tokens of buttons.
 */
export const runActivityFuzz = async (t: TestContext, seed: number, inputs: number): Promise<FuzzResult> => {
  const complaints: string[] = [];
  const complain = (what: string): void => {
    if (complaints.length < mostComplaints) complaints.push(what.slice(0, 3_000));
  };
  const log = logJudge(complain);
  const scene = await startFuzzScene(t, complain, log.judge);
  const { bot, connector } = scene;
  const approver = approverAt(bot.endpoint, connector, scene.tokenFor(connector.serviceUrl));
  const buttons = await approver.openCards();
  const deciding = buttons.filter(({ title }) => /^(Approve|Decline|Withdraw)/.test(title));
  const sender = createMutatedSender(scene, seed, buttons, deciding, complain);

  let next = 0;
  const sendUntil = async (end: number): Promise<void> => {
    const lane = async (number: number) => {
      while (next < end && complaints.length < mostComplaints && bot.ended() === undefined) {
        const index = next;
        next += 1;
        await sender.send(index, number);
      }
    };
    await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
  };

  await sendUntil(Math.ceil(inputs / 5));
  const early = await bot.look();
  await sendUntil(inputs);
  const late = await bot.look();
  const writesBefore = scene.writes();
  const started = (await scene.changes()).filter((state) => !/ (proposed|declined|superseded)$/.test(state));
  if (started.length > 0 || writesBefore > 0) complain(`a mutated activity started a change: ${started}`);
  // Proves that a press on the button itself would have started it.
  else await approver.approve();
  if ((await bot.stop()) !== 0) complain(`the bot ended: ${bot.ended()}`);
  for (const host of scene.strangersAmong(late.spokenTo)) complain(`the bot spoke to ${host}`);
  const { statuses, answered, slowestInvoke } = sender;
  return {
    complaints,
    statuses,
    answered,
    logged: log.codes,
    slowestInvoke,
    heap: [early.heapUsed, late.heapUsed],
    rss: [early.rss, late.rss],
    states: await scene.changes(),
    writes: [writesBefore, scene.writes()],
  };
};
