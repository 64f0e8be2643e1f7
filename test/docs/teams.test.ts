import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { parseCommandLine } from '../../bot/cli/command.ts';
import { commands } from '../../bot/cli/commands.ts';
import { exitCodes } from '../../bot/cli/exit-codes.ts';
import { type Config, loadConfig } from '../../bot/config.ts';
import { missingForServe } from '../../bot/missing-for-serve.ts';
import { roles } from '../../bot/role.ts';
import { chatCommands } from '../../cards/chat-commands.ts';
import { freePort } from '../bench/free-port.ts';
import { runHere } from '../bot/cli/run-here.ts';
import { folderWith } from '../bot/config-folder.ts';
import { blocksIn } from './page-section.ts';

const fileOf = (name: string) => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
const read = (name: string) => readFileSync(fileOf(name), 'utf8');
const page = read('teams.md');

const blocksOf = (language: string) => blocksIn(page, language);

/** The configuration of the page beside a server, as JSON, which YAML takes too. */
const configOnPage = (changed: object = {}) => {
  const servers = { account: { user: 'svc' }, servers: [{ name: 'wsus01' }] };
  return { ...servers, ...parse(blocksOf('yaml')[0] ?? ''), ...changed };
};

const folderOf = (t: TestContext, config: object) =>
  folderWith(t, { 'wsus-bot.yaml': JSON.stringify(config) });

describe('the configuration of docs/teams.md', () => {
  const load = (t: TestContext, more: object = {}): Config =>
    loadConfig(join(folderOf(t, configOnPage(more)), 'wsus-bot.yaml'), {
      WSUS_BOT_APP_PASSWORD: 'x',
      WSUS_BOT_PASSWORD: 'y',
    });

  test('has all that serve needs', (t) => assert.deepEqual(missingForServe(load(t)), []));

  test('has all that the app package needs', async (t) => {
    const folder = folderOf(t, configOnPage());
    const args = ['manifest', '--out', join(folder, 'app.zip'), '--config', join(folder, 'wsus-bot.yaml')];
    const { code, stderr } = await runHere(args);
    assert.equal(code, exitCodes.fine, stderr);
  });

  test('takes the store of the page', (t) => {
    assert.equal(blocksOf('yaml').length, 2);
    assert.equal(load(t, parse(blocksOf('yaml')[1] ?? '')).store.kind, 'postgres');
  });
});

describe('a bot with that configuration', () => {
  const rows = [...page.matchAll(/^\| `(.*http:\/\/127\.0\.0\.1:3978\S*)` \| (\d{3}) \|/gm)].map(
    ([, request = '', status = '']) => ({ request, status: Number(status) }),
  );

  test('answers every request of the page as the page says', async (t) => {
    assert.equal(rows.length, 3);
    const port = await freePort();
    const bot = { ...configOnPage().bot, listen: { host: '127.0.0.1', port } };
    const start = fileURLToPath(new URL('../../bot/start.mjs', import.meta.url));
    const serve = spawn(process.execPath, [start, 'serve'], {
      cwd: folderOf(t, configOnPage({ bot })),
      env: { WSUS_BOT_APP_PASSWORD: 'x', WSUS_BOT_PASSWORD: 'y' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = once(serve, 'exit');
    try {
      for await (const line of createInterface(serve.stderr)) if (line.includes('"listening"')) break;
      for (const { request, status } of rows) {
        const [, body] = / -d '([^']*)'/.exec(request) ?? [];
        const [, path = ''] = /:3978(\S*)$/.exec(request) ?? [];
        const response = await fetch(`http://127.0.0.1:${port}${path}`, {
          method: / ?-X POST /.test(request) ? 'POST' : 'GET',
          ...(body === undefined ? {} : { body, headers: { 'Content-Type': 'application/json' } }),
        });
        assert.equal(response.status, status, request);
      }
    } finally {
      serve.kill('SIGTERM');
      await ended;
    }
  });
});

describe('the commands on docs/teams.md', () => {
  const lines = [...page.matchAll(/npm run -s wsus-bot -- ([^\n`#]+)/g)].map(([, line = '']) => line.trim());
  const shell = blocksOf('sh');

  for (const line of new Set(lines)) {
    test(`"wsus-bot ${line}" is one`, () => {
      const [name, ...args] = line.split(' ');
      const command = commands.find((one) => one.name === name);
      assert.ok(command !== undefined);
      assert.notEqual(parseCommandLine(command, args, {}), 'help');
    });
  }

  test('are there', () =>
    assert.ok(lines.length >= 5 && shell.length >= 10, `${lines.length}, ${shell.length}`));

  test('give bash nothing to object to', () => {
    for (const block of shell) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: block, encoding: 'utf8' });
      assert.equal(status, 0, `${block}\n${stderr}`);
    }
  });

  test('put every name in quotes that is one value, and never a secret on the command line', () => {
    const text = shell.join('\n');
    assert.deepEqual([...text.matchAll(/[^"{]\$(?:APP_ID|TENANT_ID|IDENTITY|GRAPH)\b/g)].map(String), []);
    assert.doesNotMatch(text, /PASSWORD=|--password/);
  });

  test('name roles that there are', () => {
    const named = [...page.matchAll(/WSUS_BOT_ROLE=(\w+)/g)].map(([, role]) => role);
    assert.ok(named.length > 0 && named.every((role) => roles.some((one) => one === role)), named.join());
  });

  test('of the chat are those of the menu, in its order and words', () => {
    const rows = [...page.matchAll(/^\| `([a-z]+)` \| (.*) \|$/gm)].map(([, name, does]) => [name, does]);
    assert.deepEqual(
      rows,
      chatCommands.map(({ name, does, example }) => [
        name,
        example === undefined ? does : `${does}: \`${example}\``,
      ]),
    );
  });
});

describe('the links of docs/teams.md', () => {
  const anchorsIn = (text: string) =>
    [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .replaceAll(/\s/g, '-'),
    );

  test('lead to headings that are there', () => {
    const links = [...page.matchAll(/\]\(([\w.-]*)#([\w-]+)\)/g)];
    assert.ok(links.length > 5);
    for (const [link, file = '', anchor = ''] of links) {
      assert.ok(anchorsIn(file === '' ? page : read(file)).includes(anchor), link);
    }
  });

  test('and the proxy lets through what the bot listens for', () => {
    const [block = ''] = blocksOf('nginx');
    assert.match(block, /location = \/api\/messages \{\n\s+limit_except POST/);
    assert.match(block, /location \/ \{ return 404; \}/);
  });
});
