import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { HostFaults } from '../../../../remote/practice/host/host-faults.ts';
import { PracticeIis } from '../../../../remote/practice/host/practice-iis.ts';
import { startPracticeWebService } from '../../../../remote/practice/powershell/practice-web-service.ts';
import { makePracticeFolder } from '../../../../remote/practice/practice-folder.ts';
import { practiceServers } from '../../../../remote/practice/practice-servers.ts';

async function service(t: TestContext) {
  const [spec] = practiceServers;
  assert.ok(spec !== undefined);
  const now = () => new Date('2026-11-25T02:14:00.000Z');
  const folder = await makePracticeFolder(spec, 4812, now());
  const faults = new HostFaults();
  const waits: number[] = [];
  const wait = async (milliseconds: number) => void waits.push(milliseconds);
  const iis = new PracticeIis({ spec, folder, workerPid: 4812, now, wait, restartMilliseconds: 200 }, faults);
  const web = await startPracticeWebService(iis, async (name, input) => ({ name, input }));
  t.after(async () => {
    await web.close();
    await folder.remove();
  });
  const root = `http://127.0.0.1:${web.port}`;
  const getConfig = () =>
    fetch(`${root}/ClientWebService/client.asmx`, { method: 'POST', body: '<GetConfig xmlns="x"/>' });
  const version = () => fetch(`${root}/ClientWebService/wusserverversion.xml`);
  return { web, root, iis, folder, faults, waits, getConfig, version };
}

test('a service that runs answers its version file and GetConfig in SOAP', async (t) => {
  const { getConfig, version } = await service(t);
  const answer = await getConfig();
  assert.deepEqual(
    [answer.status, answer.headers.get('content-type'), (await version()).status],
    [200, 'text/xml; charset=utf-8', 200],
  );
  assert.match(await answer.text(), /:Envelope .*<GetConfigResponse xmlns="[^"]*ClientWebService">/);
});

test('everything else is not there', async (t) => {
  const { root } = await service(t);
  for (const path of ['/', '/iisreset', '/ClientWebService/client.asmx?wsdl', '/x/security']) {
    assert.equal((await fetch(`${root}${path}`)).status, 404, path);
  }
});

test('a pool without a worker answers 503, before anything of the application', async (t) => {
  const { iis, faults, getConfig, version } = await service(t);
  faults.set([{ host: 'pool-does-not-start' }], undefined);
  await iis.restart('IISReset');
  assert.deepEqual([(await getConfig()).status, (await version()).status], [503, 503]);
});

test('a Web.config that is no XML is answered with a page and 500, for as long as it is none', async (t) => {
  const { folder, getConfig } = await service(t);
  const config = await readFile(folder.webConfig);
  await writeFile(folder.webConfig, '<configuration>');
  const broken = await getConfig();
  assert.deepEqual([broken.status, broken.headers.get('content-type')], [500, 'text/html; charset=utf-8']);
  await writeFile(folder.webConfig, config);
  assert.equal((await getConfig()).status, 200);
});

test('the first answer after a start is slow, the next ones are not', async (t) => {
  const { iis, getConfig, waits } = await service(t);
  await getConfig();
  await iis.restart('RecyclePool');
  assert.deepEqual(waits.splice(0), [100]);
  await getConfig();
  await getConfig();
  assert.deepEqual(waits, [100]);
});

test('the machine is asked at an address that has to be known', async (t) => {
  const { web } = await service(t);
  const ask = (address: string) => fetch(`${address}/security`, { method: 'POST', body: '{"path":"x"}' });
  assert.deepEqual(await (await ask(web.address)).json(), { name: 'security', input: { path: 'x' } });
  assert.equal((await ask(`http://127.0.0.1:${web.port}/${'0'.repeat(36)}`)).status, 404);
});
