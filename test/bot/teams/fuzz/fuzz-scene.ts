import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { clouds } from '../../../../bot/registration/cloud.ts';
import { openDatabase } from '../../../../bot/store/open-database.ts';
import { sqliteFile } from '../../../../bot/store/store-config.ts';
import { practiceServers } from '../../../../remote/practice/practice-servers.ts';
import { startPracticeServers } from '../../../../remote/practice/start-practice-servers.ts';
import { newServiceKey, startOpenIdEndpoint, tokenOf } from '../../../kit/open-id-endpoint.ts';
import { type FuzzConnector, startFuzzConnector } from './fuzz-connector.ts';
import { type FuzzBot, startFuzzBot } from './start-fuzz-bot.ts';

/** A bot in a process of its own, and all that it speaks with. */
export interface FuzzScene {
  readonly bot: FuzzBot;
  readonly connector: FuzzConnector;
  /** Addresses that a valid token vouches for, and that are not the connector's. */
  readonly foreign: readonly string[];
  /** A valid token for the connector's address or a foreign one. */
  tokenFor(address: string): string;
  /** "wsus01 proposed" */
  changes(): Promise<string[]>;
  /** How often the servers were written to. */
  writes(): number;
  /** Of those to whom the bot spoke, who is not of this scene. */
  strangersAmong(hosts: readonly string[]): string[];
}

const appId = '11111111-2222-4333-8444-555555555555';

const foreignTo = (serviceUrl: string): readonly string[] => [
  serviceUrl.replace('127.0.0.1', '0.0.0.0'),
  serviceUrl.replace('127.0.0.1', 'x@127.0.0.1'),
  serviceUrl.replace('http:', 'ws:'),
  'http://evil.example/',
  'https://smba.trafficmanager.net.evil.example/',
  'https://smba.trafficmanager.net/emea/',
  'x',
];

/**
 * @param complain What Teams would not take.
 * @param onLine Every line of the bot's log.
 */
export const startFuzzScene = async (
  t: TestContext,
  complain: (what: string) => void,
  onLine: (line: string) => void,
): Promise<FuzzScene> => {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-fuzz-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const key = newServiceKey('own');
  const { metadata } = await startOpenIdEndpoint(t, [key]);
  const connector = await startFuzzConnector(complain);
  t.after(connector.close);
  const practice = await startPracticeServers({
    root: folder,
    restartMilliseconds: 0,
    specs: practiceServers.filter(({ name }) => name === 'wsus01' || name === 'wsus02'),
  });
  t.after(() => practice.close());
  const { servers } = practice;
  const { serviceUrl, fileUrl } = connector;
  const bot = await startFuzzBot({ servers, folder, appId, openIdMetadata: metadata, fileUrl }, onLine);
  t.after(() => bot.stop());

  const seconds = Math.floor(Date.now() / 1_000);
  const claims = { iss: clouds.Public.channel, aud: appId, nbf: seconds - 10, exp: seconds + 24 * 3_600 };
  const foreign = foreignTo(serviceUrl);
  const tokens = new Map(
    [serviceUrl, ...foreign].map((url) => [url, tokenOf(key, { ...claims, serviceurl: url })]),
  );
  const hosts = new Set([
    ...[serviceUrl, metadata].map((url) => new URL(url).host),
    ...servers.map(({ target }) => `${target.host}:${target.port}`),
  ]);
  return {
    bot,
    connector,
    foreign,
    tokenFor: (address) => tokens.get(address) ?? '',
    changes: async () => {
      const database = await openDatabase(sqliteFile(join(folder, 'wsus-bot.sqlite')));
      const rows = await database
        .selectFrom('changes')
        .select(['server', 'state'])
        .orderBy('number')
        .execute();
      await database.destroy();
      return rows.map(({ server, state }) => `${server} ${state}`);
    },
    writes: () => servers.reduce((sum, server) => sum + server.stats().writes, 0),
    strangersAmong: (spokenTo) => spokenTo.filter((host) => !hosts.has(host)),
  };
};
