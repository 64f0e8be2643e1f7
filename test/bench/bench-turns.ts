import { fileURLToPath } from 'node:url';
import { type ChatPerson, chatPerson } from '../kit/chat-person.ts';
import { type FakeConnector, startFakeConnector } from '../kit/fake-connector.ts';
import { freePort } from './free-port.ts';
import { startProgram } from './started-program.ts';
import { quantile, timed } from './statistics.ts';
import { milliseconds, ratio, table } from './table.ts';
import { startWsusBot } from './wsus-bot.ts';

const warmUp = 50;
const turns = 300;

/**
 * One chat turn of WSUS Bot and of the echo bot, by turns: from the POST of a message to its HTTP answer. Both post one
 * message to the connector meanwhile; WSUS Bot also writes its store and builds a card.
 */
export const benchTurns = async (): Promise<string> => {
  const connector = await startFakeConnector();
  const ours = await startWsusBot();
  const echo = await startEchoBot();
  try {
    const [us, peer] = [personAt(ours.endpoint, connector), personAt(echo.endpoint, connector)];
    const times = { us: [] as number[], peer: [] as number[] };
    for (let turn = 0; turn < warmUp + turns; turn++) {
      const peerTook = await timed(() => answered(peer, connector));
      const weTook = await timed(() => answered(us, connector));
      if (turn < warmUp) continue;
      times.peer.push(peerTook);
      times.us.push(weTook);
    }
    const row = (name: string, share: number) => {
      const [a, b] = [quantile(times.us, share), quantile(times.peer, share)];
      return [name, milliseconds(a), milliseconds(b), ratio(a, b)];
    };
    return table(
      [`"help", ${turns} turns`, 'WSUS Bot', 'echo bot', 'ratio'],
      [row('median', 0.5), row('95 of 100 within', 0.95)],
    );
  } finally {
    await ours.stop();
    await echo.stop();
    await connector.close();
  }
};

const personAt = (endpoint: string, connector: FakeConnector): ChatPerson =>
  chatPerson({ endpoint, connector });

/** A turn that was answered by a status and no message would be quick for a wrong reason. */
const answered = async (person: ChatPerson, connector: FakeConnector): Promise<void> => {
  const before = connector.messages.length;
  const status = await person.say('help');
  if (status !== 200 || connector.messages.length !== before + 1) {
    throw new Error(`saying help: status ${status}, ${connector.messages.length - before} messages`);
  }
};

const startEchoBot = async () => {
  const port = await freePort();
  const script = fileURLToPath(new URL('./echo-bot.ts', import.meta.url));
  const program = await startProgram({ args: [script, String(port)], env: {}, port });
  return { endpoint: `http://127.0.0.1:${port}/api/messages`, stop: () => program.stop() };
};
