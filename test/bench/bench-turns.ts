import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type ChatPerson, chatPerson } from '../kit/chat-person.ts';
import { type FakeConnector, startFakeConnector } from '../kit/fake-connector.ts';
import { freePort } from './free-port.ts';
import { startProgram } from './started-program.ts';
import { quantile, timed } from './statistics.ts';
import { milliseconds, ratio, table } from './table.ts';
import { startWsusBot } from './wsus-bot.ts';

/**
 * One turn after the other, and 50 at once. Each time it is the turn of other people, after a rest (milliseconds): no chat and no
 * tenant gets more messages than Teams takes, 50 in a second, or WSUS Bot would wait and the echo bot not. The first turn of each
 * of them warms up and does not count.
 */
const loads = [
  { atOnce: 1, groups: 60, rounds: 6, rest: 25 },
  { atOnce: 50, groups: 4, rounds: 3, rest: 1_100 },
] as const;
type Load = (typeof loads)[number];

/**
 * One chat turn of WSUS Bot and of the echo bot, by turns: from the POST of a message to its HTTP answer. Both post one
 * message to the connector meanwhile; WSUS Bot also writes its store and builds a card.
 */
export const benchTurns = async (): Promise<string> => {
  const connector = await startFakeConnector();
  // As the product does it; the tests sweep their stores far more often.
  const ours = await startWsusBot({}, { sweepEvery: 5_000 });
  const echo = await startEchoBot();
  try {
    const rows: string[][] = [];
    for (const load of loads) rows.push(...(await rowsOf(load, ours.endpoint, echo.endpoint, connector)));
    return table(['"help"', 'WSUS Bot', 'echo bot', 'ratio'], rows);
  } finally {
    await ours.stop();
    await echo.stop();
    await connector.close();
  }
};

const rowsOf = async (load: Load, ours: string, theirs: string, connector: FakeConnector) => {
  const groups = Array.from({ length: load.groups }, () =>
    Array.from({ length: load.atOnce }, () => ({
      us: personAt(ours, connector),
      peer: personAt(theirs, connector),
    })),
  );
  const times = { us: [] as number[], peer: [] as number[] };
  for (let round = 0; round <= load.rounds; round++) {
    for (const group of groups) {
      await setTimeout(load.rest);
      const peerTook = await answered(
        group.map(({ peer }) => peer),
        connector,
      );
      await setTimeout(load.rest);
      const weTook = await answered(
        group.map(({ us }) => us),
        connector,
      );
      if (round === 0) continue;
      times.peer.push(...peerTook);
      times.us.push(...weTook);
    }
  }
  const title = load.atOnce === 1 ? 'one at a time' : `${load.atOnce} chats at once`;
  const row = (name: string, share: number) => {
    const [a, b] = [quantile(times.us, share), quantile(times.peer, share)];
    return [`${title}, ${times.us.length} turns: ${name}`, milliseconds(a), milliseconds(b), ratio(a, b)];
  };
  return [row('median', 0.5), row('99 of 100 within', 0.99)];
};

/** A chat of its own, with somebody of its own. */
const personAt = (endpoint: string, connector: FakeConnector): ChatPerson => {
  const id = randomUUID();
  return chatPerson({ endpoint, connector, who: { id: `29:${id}`, aadObjectId: id, name: 'Alex Wilber' } });
};

/** How long each waited. A turn that was answered by a status and no message would be quick for a wrong reason. */
const answered = async (people: readonly ChatPerson[], connector: FakeConnector): Promise<number[]> => {
  const before = connector.messages.length;
  const statuses: number[] = [];
  const took = await Promise.all(
    people.map((person) => timed(async () => statuses.push(await person.say('help')))),
  );
  if (statuses.some((status) => status !== 200) || connector.messages.length !== before + people.length) {
    throw new Error(`saying help: ${statuses.join(' ')}, ${connector.messages.length - before} messages`);
  }
  return took;
};

const startEchoBot = async () => {
  const port = await freePort();
  const script = fileURLToPath(new URL('./echo-bot.ts', import.meta.url));
  const program = await startProgram({ args: [script, String(port)], env: {}, port });
  return { endpoint: `http://127.0.0.1:${port}/api/messages`, stop: () => program.stop() };
};
