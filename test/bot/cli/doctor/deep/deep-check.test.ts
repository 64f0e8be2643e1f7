import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { deepItems } from '../../../../../bot/cli/doctor/deep/deep-items.ts';
import { exitCodes } from '../../../../../bot/cli/exit-codes.ts';
import { practiceServers } from '../../../../../remote/practice/practice-servers.ts';
import {
  type PracticeServers,
  startPracticeServers,
} from '../../../../../remote/practice/start-practice-servers.ts';
import { folderWith } from '../../../config-folder.ts';
import { practiceConfig } from '../../practice-config.ts';
import { runHere } from '../../run-here.ts';

let practice: PracticeServers;
before(async () => {
  const names = ['wsus01', 'wsus04', 'wsus05'];
  practice = await startPracticeServers({
    specs: practiceServers.filter(({ name }) => names.includes(name)),
  });
});
after(() => practice.close());

const doctor = (t: Parameters<typeof folderWith>[0], ...args: string[]) => {
  const { yaml, env } = practiceConfig(practice);
  const config = join(folderWith(t, { 'wsus-bot.yaml': yaml }), 'wsus-bot.yaml');
  return runHere(['doctor', ...args, '--config', config], { env });
};

test('doctor --deep of one server goes through every item and changes nothing', async (t) => {
  const { code, stdout } = await doctor(t, '--deep', 'wsus01');
  assert.equal(code, exitCodes.fine, stdout);
  for (const item of Object.keys(deepItems)) assert.match(stdout, new RegExp(`\\n {2}[✓○] ${item}: `), item);
  assert.match(stdout, /Nothing was changed there\. .*docs\/deep-check\.md\n$/);
  assert.doesNotMatch(stdout, /\nwsus05\n/);
  assert.deepEqual(practice.server('wsus01').stats(), { restarts: 0, writes: 0 });
});

test('what differs ends with 1 and says what was expected; as JSON with its item', async (t) => {
  const { code, stdout } = await doctor(t, '--deep', 'wsus04', '--json');
  assert.equal(code, exitCodes.problemFound);
  const [server] = JSON.parse(stdout).servers;
  const parts = server.deep.find(({ item }: { item: string }) => item === 'parts');
  assert.deepEqual([server.way, parts.outcome], ['endpoint', 'differs']);
  assert.match(parts.seen, /file: WSUS is not installed \(not-wsus\)/);
});

test('a server that cannot be reached has no deep check', async (t) => {
  const { code, stdout } = await doctor(t, '--deep', 'wsus05', '--json');
  assert.equal(code, exitCodes.serverNotUsable);
  assert.equal(JSON.parse(stdout).servers[0].deep, undefined);
});

test('doctor without --deep names the module that answers, and the way', async (t) => {
  const { stdout } = await doctor(t, 'wsus01', '--json');
  const [server] = JSON.parse(stdout).servers;
  const { module } = server.steps.at(-1);
  assert.equal(server.deep, undefined);
  assert.deepEqual([server.way, module.version, module.isShipped], ['endpoint', '1.0.0', true]);
});
