import { chatPerson, type PressAnswer } from '../kit/chat-person.ts';
import { type FakeConnector, type ShownMessage, startFakeConnector } from '../kit/fake-connector.ts';
import { quantile, timed } from './statistics.ts';
import { milliseconds, table } from './table.ts';
import { startWsusBot } from './wsus-bot.ts';

const rounds = 12;

/** Times of the main job as a person in the chat sees them, on a practice server whose restarts take no time. */
export const benchMainJob = async (): Promise<string> => {
  const connector = await startFakeConnector();
  const bot = await startWsusBot();
  const times = {
    cold: [] as number[],
    check: [] as number[],
    press: [] as number[],
    change: [] as number[],
  };
  try {
    const person = chatPerson({ endpoint: bot.endpoint, connector });
    const press = async (message: ShownMessage, title: string): Promise<void> => {
      let answer: PressAnswer | undefined;
      const took = await timed(async () => {
        answer = await person.press(message, title);
      });
      if (answer?.card === undefined) throw new Error(`pressing ${title}: it was answered without a card`);
      times.press.push(took);
    };
    for (let round = 0; round < rounds; round++) {
      let proposal = await timedInto(round === 0 ? times.cold : times.check, async () => {
        const shown = next(connector, /^Needs approval/);
        await person.say('check wsus01');
        return shown;
      });
      for (const [end, back] of [
        [/^Done/, 'Roll back'],
        [/^Rolled back/, undefined],
      ] as const) {
        const done = await timedInto(times.change, async () => {
          const shown = next(connector, end);
          await press(proposal, 'Approve and run');
          return shown;
        });
        if (back === undefined) continue;
        const shown = next(connector, /^Needs approval/);
        await person.press(done, back);
        proposal = await shown;
      }
    }
  } finally {
    await bot.stop();
    await connector.close();
  }
  const row = (name: string, values: readonly number[]) => [
    name,
    String(values.length),
    milliseconds(quantile(values, 0.5)),
    milliseconds(quantile(values, 1)),
  ];
  return table(
    ['what a person waits for', 'times', 'median', 'longest'],
    [
      row('check wsus01 to the proposal, no connection yet', times.cold),
      row('check wsus01 to the proposal, connection open', times.check),
      row('Approve and run to the answer of the press', times.press),
      row('Approve and run to the proof (read, write, restart, verify)', times.change),
    ],
  );
};

const timedInto = async <Result>(times: number[], action: () => Promise<Result>): Promise<Result> => {
  const from = performance.now();
  const result = await action();
  times.push(performance.now() - from);
  return result;
};

/** The next message that comes to say this, those that said it before left out. */
const next = (connector: FakeConnector, summary: RegExp): Promise<ShownMessage> => {
  const says = (message: ShownMessage) => summary.test(String(message.activity.summary ?? ''));
  const before = new Set(connector.messages.filter(says));
  return connector.until((message) => says(message) && !before.has(message), String(summary));
};
