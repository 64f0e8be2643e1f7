import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Policy } from '../../bot/changes/policy.ts';
import { demoChats } from '../../bot/demo-chats.ts';
import { demoConfig, demoPeople, demoTenantId } from '../../bot/demo-config.ts';
import { startPlayground } from '../../bot/demo-playground.ts';
import { createLog } from '../../bot/log.ts';
import { startBot } from '../../bot/start-bot.ts';
import { practiceServers } from '../../remote/practice/practice-servers.ts';
import { startPracticeServers } from '../../remote/practice/start-practice-servers.ts';
import { type ChatPerson, chatPerson } from '../kit/chat-person.ts';
import { startFakeConnector } from '../kit/fake-connector.ts';
import { openPlayground, type PlaygroundPage } from '../kit/playground-page.ts';

const { approver: alex, requester: megan } = demoPeople;
const adele = { id: 'user-id-2', aadObjectId: '00000000-0000-0000-0000-0000000000022', name: 'Adele Vance' };

const member = ({ aadObjectId: id, name }: typeof adele) => ({ kind: 'person' as const, id, name });

/** Alex and Megan may approve, and nobody what they asked for themselves. Adele may not even ask. */
const policy: Partial<Policy> = {
  requesters: [member(alex), member(megan)],
  approvers: [member(alex), member(megan)],
  fourEyes: true,
};

/** Alex in the playground; Megan and Adele in the same group chat, over HTTP. Megan has a chat of her own with the bot, too. */
export interface SeveralPeople {
  readonly alex: PlaygroundPage;
  readonly megan: ChatPerson;
  readonly adele: ChatPerson;
  webConfig(): Buffer;
  close(): Promise<void>;
}

export const startSeveralPeople = async (): Promise<SeveralPeople> => {
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-several-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const practice = stack.adopt(
    await startPracticeServers({
      root: folder,
      restartMilliseconds: 2_000,
      specs: practiceServers.filter(({ name }) => name === 'wsus01'),
    }),
    (servers) => servers.close(),
  );
  const elsewhere = stack.adopt(await startFakeConnector(), (connector) => connector.close());
  const config = demoConfig(practice.servers, folder, 0);
  const bot = stack.adopt(
    await startBot({
      config: {
        ...config,
        policy: { ...config.policy, ...policy },
        servers: config.servers.map((server) => ({ ...server, policy: { ...server.policy, ...policy } })),
      },
      trust: { tenantId: demoTenantId, loopbackOnly: true },
      credentials: undefined,
      log: createLog('warn'),
      cardRest: 500,
    }),
    (started) => started.close(),
  );
  const endpoint = `http://127.0.0.1:${bot.port}/api/messages`;
  const playground = stack.adopt(await startPlayground(endpoint, folder), (started) => started.stop());
  const page = stack.adopt(await openPlayground(playground.address), (opened) => opened.close());
  await chatPerson({ endpoint, who: megan, connector: elsewhere }).say('help');
  const inGroup = (who: typeof adele) =>
    chatPerson({
      endpoint,
      who,
      connector: { serviceUrl: `${playground.address}/_connector` },
      conversationId: demoChats.group,
      conversationType: 'groupChat',
    });
  const started = stack.move();
  return {
    alex: page,
    megan: inGroup(megan),
    adele: inGroup(adele),
    webConfig: () => readFileSync(practice.server('wsus01').webConfig),
    close: () => started.disposeAsync(),
  };
};
