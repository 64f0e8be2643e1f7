import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { exitCodes } from '../../../bot/cli/exit-codes.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { folderWith } from '../config-folder.ts';
import { runCli } from './run-cli.ts';
import { runHere } from './run-here.ts';

test('help lists every command, every option and every exit code', async () => {
  const { code, stdout, stderr } = await runCli(['help']);
  assert.equal(code, 0);
  assert.equal(stderr, '');
  for (const command of [
    'serve',
    'diagnose FILE…',
    'check <server>',
    'doctor',
    'manifest --out app.zip',
    'schema',
  ]) {
    assert.ok(stdout.includes(command), command);
  }
  for (const exitCode of Object.values(exitCodes))
    assert.match(stdout, new RegExp(`^ {2}${exitCode} +\\S`, 'm'));
});

test('help of one command comes by help and by --help', async () => {
  const [byHelp, byOption] = await Promise.all([runHere(['help', 'check']), runHere(['check', '--help'])]);
  assert.match(byHelp.stdout, /^Usage: wsus-bot check <server>/);
  assert.deepEqual(byHelp, byOption);
});

test('--version prints the version of package.json', async () => {
  assert.deepEqual(await runHere(['--version']), { code: 0, stdout: `${packageJson.version}\n`, stderr: '' });
});

for (const [args, words] of [
  [[], /a command is expected: serve, diagnose/],
  [['chek', 'a'], /unknown command chek; nearest: check/],
  [['doctor', '--jsn'], /unknown option --jsn; nearest: --json/],
  [['doctor', 'wsus01', 'wsus02'], /doctor expects at most the name of one server; 2 given/],
  [['check'], /check expects the name of one server; 0 given/],
  [['manifest'], /manifest needs --out FILE/],
  [['doctor', '--config'], /--config needs a value/],
  [['doctor', '--json=yes'], /--json takes no value/],
  [['serve', '--out', 'x'], /unknown option --out; known: --config, --help/],
] as const) {
  test(`"${args.join(' ')}" ends with 2 and says what is expected`, async () => {
    const { code, stdout, stderr } = await runHere(args);
    assert.equal(code, exitCodes.usage);
    assert.equal(stdout, '');
    assert.match(stderr, words);
    assert.doesNotMatch(stderr, /\bat .*:\d+:\d+/, 'no stack trace');
  });
}

test('a wrong configuration ends with 3 and lists every mistake as file:line:column', async (t) => {
  const config = join(
    folderWith(t, { 'wsus-bot.yaml': 'tenat: x\nbot:\n  password: hunter2\nautoCheck: 7\n' }),
    'wsus-bot.yaml',
  );
  const { code, stderr } = await runHere(['doctor', '--config', config]);
  assert.equal(code, exitCodes.configuration);
  assert.match(stderr, /wsus-bot\.yaml:1:1: unknown key "tenat"; nearest known key: tenant/);
  assert.match(stderr, /wsus-bot\.yaml:3:3: "password" in bot: no secret is taken/);
  assert.match(stderr, /wsus-bot\.yaml:4:12: autoCheck is 7; expected: true or false/);
  assert.doesNotMatch(stderr, /hunter2|\bat .*\.ts:\d+/);
});

test('an error with --json is one document on standard output', async (t) => {
  const config = join(folderWith(t, { 'wsus-bot.yaml': 'autoCheck: 7\n' }), 'wsus-bot.yaml');
  const { code, stdout, stderr } = await runHere(['doctor', '--json', '--config', config]);
  assert.equal(code, exitCodes.configuration);
  assert.equal(stderr, '');
  const { error } = JSON.parse(stdout);
  assert.equal(error.code, 'config.wrong');
  assert.deepEqual(error.problems, [
    { line: 1, column: 12, text: 'autoCheck is 7; expected: true or false' },
  ]);
});

test('without a configuration the next step is named', async (t) => {
  const { code, stderr } = await runHere([
    'check',
    'wsus01',
    '--config',
    join(folderWith(t, {}), 'wsus-bot.yaml'),
  ]);
  assert.equal(code, exitCodes.configuration);
  assert.match(stderr, /reading wsus-bot\.yaml: there is no such file/);
  assert.match(stderr, /Next: Copy wsus-bot\.example\.yaml/);
});

test('WSUS_BOT_CONFIG names the configuration, and --config stands before it', async (t) => {
  const folder = folderWith(t, { 'a.yaml': 'autoCheck: 1\n', 'b.yaml': 'autoCheck: 2\n' });
  const env = { WSUS_BOT_CONFIG: join(folder, 'a.yaml') };
  assert.match((await runHere(['doctor'], { env })).stderr, /a\.yaml:1:12: autoCheck is 1/);
  const other = await runHere(['doctor', '--config', join(folder, 'b.yaml')], { env });
  assert.match(other.stderr, /b\.yaml:1:12: autoCheck is 2/);
});

test('in a process of its own, a wrong configuration in the current folder ends with 3', async (t) => {
  const cwd = folderWith(t, { 'wsus-bot.yaml': 'autoCheck: 7\n' });
  const { code, stdout, stderr } = await runCli(['doctor'], { cwd });
  assert.deepEqual([code, stdout], [exitCodes.configuration, '']);
  assert.match(stderr, /^✕ reading wsus-bot\.yaml: .*\n {2}wsus-bot\.yaml:1:12: autoCheck is 7;/);
});

test('serve refuses to start and names everything that is missing', async (t) => {
  const config = join(
    folderWith(t, { 'wsus-bot.yaml': 'account: {user: svc}\nservers: [{name: wsus01}]\n' }),
    'wsus-bot.yaml',
  );
  const { code, stderr } = await runHere(['serve', '--config', config]);
  assert.equal(code, exitCodes.configuration);
  for (const words of [
    /tenant:/,
    /bot\.appId:/,
    /WSUS_BOT_APP_PASSWORD/,
    /the password for wsus01: WSUS_BOT_PASSWORD/,
  ]) {
    assert.match(stderr, words);
  }
});

test('a server that is not in the inventory ends with 2 and the nearest name', async (t) => {
  const folder = folderWith(t, {
    'wsus-bot.yaml': 'account: {user: svc}\nservers: [{name: wsus01}, {name: branch}]\n',
  });
  const { code, stderr } = await runHere(['check', 'brnch', '--config', join(folder, 'wsus-bot.yaml')]);
  assert.equal(code, exitCodes.usage);
  assert.match(stderr, /brnch is not in the inventory\. Nearest: branch\. There are: wsus01, branch/);
});

test('control characters of the command line come back visible', async () => {
  const { stderr } = await runHere(['che\u001b[31mck']);
  assert.match(stderr, /unknown command che\\u001b\[31mck/);
  assert.ok(!stderr.includes('\u001b'));
});
