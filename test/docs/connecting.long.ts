import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { parse } from 'yaml';
import { findPowershell, powershellMissing } from '../../remote/practice/powershell/find-powershell.ts';
import { powershellEnvironment } from '../../remote/practice/powershell/powershell-command.ts';
import {
  type StartedPracticeServer,
  type StartOptions,
  startPracticeServers,
} from '../../remote/practice/start-practice-servers.ts';
import { folderWith } from '../bot/config-folder.ts';
import { BotMachine } from './bot-machine.ts';
import { configOf, connectingPage, connectingSection, healthy, nowhere, stopsOf } from './connecting-page.ts';
import { blocksIn } from './page-section.ts';

async function standIn(t: TestContext, name: string, options: StartOptions): Promise<StartedPracticeServer> {
  const practice = await startPracticeServers({ ...options, specs: [healthy(name)] });
  t.after(() => practice.close());
  return practice.server(name);
}

const at = ({ target: { host, port } }: StartedPracticeServer) => ({ host, port });
/** What a server says before Install-WsusBotEndpoint.ps1 ran there. */
const noEndpoint = [{ on: 'Create', misdeed: { kind: 'fault', code: 2150858811 } }] as const;

describe('an administrator who follows docs/connecting.md', { concurrency: 2 }, () => {
  test('comes to a green doctor on a domain server as Windows set it up', async (t) => {
    const heading = 'A domain server as Windows set it up';
    const account = { domain: 'CONTOSO', user: 'svc-wsusbot', password: 'long and random' };
    const server = await standIn(t, 'wsus01', { account });
    const forAnother = await standIn(t, 'wsus01', { account: { ...account, mayUseEndpoint: false } });
    const bot = new BotMachine(t, { WSUS_BOT_PASSWORD: 'mistyped' });
    bot.configure(configOf(heading, await nowhere()));
    await bot.stopsAt('wsus01', 'port', 'remote.port-closed');
    bot.configure(configOf(heading, at(server)));
    await bot.stopsAt('wsus01', 'sign-in', 'remote.sign-in-refused');
    bot.set('WSUS_BOT_PASSWORD', account.password);
    server.misbehave(noEndpoint);
    await bot.stopsAt('wsus01', 'endpoint', 'remote.endpoint-missing');
    bot.configure(configOf(heading, at(forAnother)));
    await bot.stopsAt('wsus01', 'endpoint', 'remote.access-denied');
    server.misbehave([]);
    bot.configure(configOf(heading, at(server)));
    bot.set('WSUS_BOT_PASSWORD', '');
    await bot.stopsAt('wsus01', 'sign-in', 'config.password-missing');
    bot.set('WSUS_BOT_PASSWORD', account.password);
    assert.match(await bot.isGreen('wsus01'), /signed in as CONTOSO\\svc-wsusbot with NTLM/);
    assert.deepEqual(bot.stops, stopsOf(heading));
  });

  test('comes to a green doctor on a server in a workgroup', async (t) => {
    const heading = 'A server in a workgroup';
    const account = { domain: 'WSUS07', user: 'wsusbot', password: 'long and random' };
    const server = await standIn(t, 'wsus07', { account });
    const forAnother = await standIn(t, 'wsus07', { account: { ...account, mayUseEndpoint: false } });
    const bot = new BotMachine(t);
    bot.put('secrets/wsus07', 'mistyped\n');
    bot.configure(configOf(heading, await nowhere()));
    await bot.stopsAt('wsus07', 'port', 'remote.port-closed');
    bot.configure(configOf(heading, at(server)));
    await bot.stopsAt('wsus07', 'sign-in', 'remote.local-account-refused');
    bot.put('secrets/wsus07', `${account.password}\n`);
    server.misbehave(noEndpoint);
    await bot.stopsAt('wsus07', 'endpoint', 'remote.endpoint-missing');
    bot.configure(configOf(heading, at(forAnother)));
    await bot.stopsAt('wsus07', 'endpoint', 'remote.access-denied');
    server.misbehave([]);
    bot.configure(configOf(heading, at(server)));
    rmSync(join(bot.folder, 'secrets/wsus07'));
    await bot.stopsAt('wsus07', 'configuration', 'config.wrong');
    const [passwordIntoFile = ''] = blocksIn(connectingSection(heading), 'sh');
    bot.bash(passwordIntoFile, `${account.password}\n`);
    assert.equal(statSync(join(bot.folder, 'secrets/wsus07')).mode & 0o777, 0o600);
    assert.match(await bot.isGreen('wsus07'), /signed in as WSUS07\\wsusbot with NTLM/);
    assert.deepEqual(bot.stops, stopsOf(heading));
  });

  const powershell = findPowershell();
  const skip = powershell === undefined && powershellMissing;
  test('finds no command that PowerShell cannot read', { skip }, (t) => {
    assert.ok(powershell !== undefined);
    const script = `[Console]::In.ReadToEnd() | ConvertFrom-Json | ForEach-Object {
      $errors = $null
      [void][Management.Automation.Language.Parser]::ParseInput($_, [ref]$null, [ref]$errors)
      $errors | ForEach-Object { $_.Extent.Text + ': ' + $_.Message }
    }`;
    const blocks = blocksIn(connectingPage, 'powershell');
    assert.ok(blocks.length >= 14, `${blocks.length}`);
    const said = execFileSync(powershell.file, [...powershell.args, '-NoProfile', '-Command', script], {
      input: JSON.stringify(blocks),
      env: powershellEnvironment(powershell, folderWith(t, {})),
      encoding: 'utf8',
    });
    assert.equal(said, '');
  });

  test('comes from an administrator to an endpoint of its own (JEA), with a real PowerShell behind it', {
    skip,
  }, async (t) => {
    const heading = 'An endpoint of its own (JEA)';
    const [, words = ''] = /^3\. \*\*The configuration\*\*: `(.*?)`/m.exec(connectingSection(heading)) ?? [];
    const domain = 'A domain server as Windows set it up';
    const account = { domain: 'CONTOSO', user: 'svc-wsusbot', password: 'long and random' };
    const engine = { engine: 'powershell' } as const;
    const asAdministrator = await standIn(t, 'wsus01', {
      ...engine,
      account: { ...account, mayUseEndpoint: false },
    });
    const forIt = await standIn(t, 'wsus01', { ...engine, account: { ...account, isAdministrator: false } });
    const bot = new BotMachine(t, { WSUS_BOT_PASSWORD: account.password });
    bot.configure({ ...configOf(domain, at(asAdministrator)), endpoint: 'Microsoft.PowerShell' });
    assert.match(await bot.isGreen('wsus01'), / {2}Next: The endpoint WsusBot needs no administrator/);
    bot.configure({ ...configOf(domain, at(asAdministrator)), ...parse(words) });
    asAdministrator.misbehave(noEndpoint);
    await bot.stopsAt('wsus01', 'endpoint', 'remote.endpoint-missing');
    asAdministrator.misbehave([]);
    await bot.stopsAt('wsus01', 'endpoint', 'remote.access-denied');
    bot.configure({ ...configOf(domain, at(forIt)), ...parse(words) });
    assert.match(await bot.isGreen('wsus01'), / {2}✓ module .*: the one this bot ships\n/);
    assert.deepEqual(bot.stops, stopsOf(heading));
  });
});
