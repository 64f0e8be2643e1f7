import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { demoPeople, demoTenantId } from '../../bot/demo-config.ts';
import { chatPerson } from '../kit/chat-person.ts';
import { startDemo } from '../kit/demo-process.ts';
import { startFakeConnector } from '../kit/fake-connector.ts';
import { says } from '../kit/main-job.ts';

test('the demo says when it is ready, does the job for any chat on this machine, and leaves nothing behind', async (t) => {
  const demo = await startDemo('--no-playground');
  const connector = await startFakeConnector();
  t.after(() => connector.close());
  const { ready } = demo;
  assert.equal(ready.tenantId, demoTenantId);
  assert.deepEqual(ready.approver, demoPeople.approver);
  assert.deepEqual(
    ready.servers.map(({ name, state }) => [name, state]),
    [
      ['wsus01', 'limit too low'],
      ['wsus02', 'raised, not restarted since'],
      ['wsus03', 'healthy'],
      ['wsus04', 'not a WSUS server'],
      ['wsus05', 'cannot be reached'],
      ['wsus06', 'wrong password'],
      ['wsus07', 'key missing in web.config'],
    ],
  );
  const person = chatPerson({ endpoint: ready.endpoint, connector });
  await person.say('check wsus01');
  const card = await connector.until(says(/^Needs approval/), 'the proposal');
  await person.press(card, 'Approve and run');
  await connector.until(says(/^Done and proven/), 'the proof');
  const [first] = ready.servers;
  assert.deepEqual(await (await fetch(first?.stats ?? '')).json(), { restarts: 1, writes: 1 });
  assert.ok(existsSync(first?.webConfig ?? ''));
  assert.equal(await demo.stop(), 0);
  assert.ok(!existsSync(first?.webConfig ?? ''));
});

test('the demo ends when the npm that started it is killed', async () => {
  const npm = spawn('npm', ['run', '-s', 'demo', '--', '--no-playground', '--json', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(npm.stdout, 'data');
  const { servers } = JSON.parse(String(line)) as { servers: { webConfig: string }[] };
  // The pipe is held open by the demo itself: its end is the end of the demo.
  const closed = once(npm.stdout.resume(), 'close');
  npm.kill('SIGTERM');
  await closed;
  assert.ok(!existsSync(servers[0]?.webConfig ?? ''));
});
