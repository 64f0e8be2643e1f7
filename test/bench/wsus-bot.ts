import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteFile } from '../../bot/store/store-config.ts';
import { practiceServers } from '../../remote/practice/practice-servers.ts';
import { type PracticeServers, startPracticeServers } from '../../remote/practice/start-practice-servers.ts';
import { startBotProcess } from '../kit/bot-under-test.ts';

export interface WsusBot {
  readonly endpoint: string;
  readonly pid: number;
  readonly practice: PracticeServers;
  stop(): Promise<void>;
}

/** WSUS Bot in a process of its own, its store on the disk, with wsus01 behind it whose restarts take no time. */
export const startWsusBot = async (
  environment: Readonly<Record<string, string>> = {},
  options: { readonly sweepEvery?: number } = {},
): Promise<WsusBot> => {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-bench-'));
  const specs = practiceServers.filter(({ name }) => name === 'wsus01');
  const practice = await startPracticeServers({ root: folder, specs });
  const bot = await startBotProcess(
    { servers: practice.servers, store: sqliteFile(join(folder, 'store.sqlite')), folder, ...options },
    environment,
  );
  return {
    endpoint: bot.endpoint,
    pid: bot.pid,
    practice,
    stop: async () => {
      await bot.stop();
      await practice.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
