import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Secret } from '../../../bot/secret.ts';
import type { Report } from '../../../remote/contract.ts';
import { policyWith } from '../changes/sample-policy.ts';
import { serverLine } from '../diagnosis/samples.ts';
import { accessDenied, filePart, interrupted, refusedClients, reportWith } from '../sample-report.ts';
import { cardIn, startDesk, titlesOn, wordsOn } from './desk-scene.ts';

const desk = async (test: TestContext, parts: Partial<Report>, endpoint = 'WsusBot') => {
  const server = {
    name: 'wsus01',
    host: 'wsus01.corp.example',
    port: 5985,
    endpoint,
    account: { domain: 'LAB', user: 'svc', password: new Secret('swordfish') },
    policy: policyWith(),
  };
  const scene = await startDesk(test, { config: { servers: [server] } });
  Object.assign(scene.server, { report: async () => reportWith(parts) });
  return scene;
};
const check = async (test: TestContext, parts: Partial<Report>, endpoint?: string) => {
  const scene = await desk(test, parts, endpoint);
  const shown = cardIn(await scene.say('check wsus01'));
  return { scene, shown, words: wordsOn(shown.card).replaceAll('\u00a0', ' ') };
};
const low = { file: filePart('400') };
const activity = { ok: true, running: null, interrupted } as const;
const other = { ok: true, version: '0.9.0', sha256: 'ab'.repeat(32) } as const;

test('a check says through which endpoint it read', async (t) => {
  assert.match((await check(t, {})).words, /Read through the endpoint WsusBot\./);
  assert.match((await check(t, low)).words, /Read through the endpoint WsusBot\./);
});

test('a check as administrator says how to get to the endpoint', async (t) => {
  for (const parts of [{}, low, { file: accessDenied }]) {
    const { words } = await check(t, parts, 'Microsoft.PowerShell');
    assert.match(words, /Read as administrator, without the endpoint\..*docs\/endpoint\.md/);
  }
});

test('a closed card says nothing of the way', async (t) => {
  const { scene, shown } = await check(t, low);
  await scene.press(shown, /Withdraw|Decline/);
  assert.doesNotMatch(wordsOn(shown.card), /Read through/);
});

test('an endpoint of another version is told where it is seen, and agentless there is none', async (t) => {
  const warning = /The endpoint there is not of my version\. Update it: run Install-WsusBotEndpoint\.ps1/;
  for (const parts of [{ module: other }, { ...low, module: other }])
    assert.match((await check(t, parts)).words, warning);
  assert.doesNotMatch((await check(t, {})).words, warning);
  assert.doesNotMatch((await check(t, { module: other }, 'PowerShell.7')).words, warning);
  assert.doesNotMatch((await check(t, { module: accessDenied })).words, warning);
});

test('a proposal names the cure beside the relief', async (t) => {
  const { words } = await check(t, low);
  assert.match(
    words,
    /21,874 updates are not declined; 9,126 of them are superseded\. Declining those shortens every client’s list: that is the cure, the limit is the relief\.\nClients sent up to 447 ids; the limit is 400\./,
  );
});

test('a healthy server names it only where clients were refused before the restart', async (t) => {
  const pool = {
    ok: true,
    name: 'WsusPool',
    state: 'Started',
    worker: { pid: 380, startedAt: '2026-11-25T02:10:00.000Z' },
  } as const;
  assert.match((await check(t, { pool, log: refusedClients })).words, /that is the cure/);
  assert.doesNotMatch((await check(t, { pool })).words, /that is the cure/);
});

test('what could not be read of it is in the details only', async (t) => {
  const { words } = await check(t, { ...low, updates: accessDenied });
  assert.match(words, /Plan\n[^\n]+\n[^\n]+\nPolicy\n[^\n]+\nUpdates in SUSDB not read: Access is denied\./);
  assert.doesNotMatch(words, /that is the cure/);
});

test('the flood of KB 5121986 comes before the cause of the limit', async (t) => {
  const updates = { ok: true, notDeclined: 1, supersededNotDeclined: 0, testDetectoids: 14_520 } as const;
  const { words } = await check(t, { ...low, log: refusedClients, updates });
  assert.match(
    words,
    /KB 5121986 comes first: SUSDB holds 14,520 test products\. The limit is relief\. The server has refused 37 clients/,
  );
  assert.match(words, /Remedy of KB 5121986/);
  assert.match((await check(t, { log: refusedClients, updates })).words, /KB 5121986 comes first/);
});

test('a healthy server whose last change was killed says so, and what mends it', async (t) => {
  const { scene, shown, words } = await check(t, { activity });
  assert.match(
    words,
    /! The last change here was interrupted\. It began at .*01:58 UTC and got as far as the write\. Web\.config is the new one\./,
  );
  assert.match(words, /! Not as it was before: The owner is Administrators\nicacls "C:\\Web\.config"/);
  assert.match(words, /Next: mend what is named above/);
  const { text } = await scene.press(shown, 'Command as text');
  assert.equal(text, 'icacls "C:\\Web.config" /setowner "NT SERVICE\\TrustedInstaller"');
});

test('a proposal after a killed change says so above its buttons', async (t) => {
  const { words } = await check(t, { ...low, activity });
  assert.match(words, /The last change here was interrupted\.[\s\S]*This change first puts right[\s\S]*− /);
  assert.match(words, /Valid until[\s\S]*Not as it was before: The owner is Administrators/);
});

test('an interrupted restart left nothing different: no command is offered', async (t) => {
  const restart = { ...interrupted, functionName: 'Restart-WsusBotService', leftDifferent: [] };
  const { shown, words } = await check(t, { activity: { ok: true, running: null, interrupted: restart } });
  assert.match(words, /The last restart here was interrupted/);
  assert.doesNotMatch(words, /Web\.config is/);
  assert.deepEqual(titlesOn(shown.card), ['Check again']);
});

test('a file that is a link is refused for that, with a next step of its own', async (t) => {
  const { words } = await check(t, {
    file: { ok: false, code: 'not-a-plain-file', reason: 'it is a link' },
  });
  assert.match(words, /I do not edit this file: it is a link or a folder/);
  assert.match(words, /Next: put a plain file in its place/);
});

test('two places for one file are both shown, with what is to be corrected', async (t) => {
  const reason = 'finding Web.config: the registry names D:\\WSUS, IIS serves C:\\WSUS';
  const { words } = await check(t, { file: { ok: false, code: 'paths-disagree', reason } });
  assert.match(words, /Registry and IIS name two places/);
  assert.match(words.replaceAll('\n', ''), /the registry names D:\\WSUS, IIS serves C:\\WSUS/);
  assert.match(words, /Next: correct the one that is wrong/);
});

test('a check that a text led to shows the lines of that text, where the server’s own log has none', async (t) => {
  const scene = await desk(t, {});
  await scene.say(`${serverLine()} password=hunter2`);
  const [cause, answer] = scene.messages.map(({ card }) => wordsOn(card));
  assert.match(cause ?? '', /Cause found/);
  assert.match(answer ?? '', /The limit is 800 and lists are still longer/);
  for (const words of [cause, answer]) {
    assert.match(words ?? '', /InstalledNonLeafUpdateIDs/);
    assert.doesNotMatch(words ?? '', /hunter2/);
  }
});

test('the server’s own lines are shown with secrets masked', async (t) => {
  const log = {
    ...refusedClients,
    firstSeenAt: '2026-11-24T21:40:12.345Z',
    lastSeenAt: '2026-11-24T21:40:12.345Z',
    lines: [{ line: 7, text: 'Message=parameters.InstalledNonLeafUpdateIDs, by alex@contoso.com' }],
  };
  const { words } = await check(t, { log });
  assert.match(words, /lists are still longer/);
  assert.match(words, /line 7/);
  assert.match(words, /\*{3}@\*{3}/);
  assert.doesNotMatch(words, /alex/);
});
