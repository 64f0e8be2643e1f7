import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const log = fileURLToPath(new URL('../../bot/log.ts', import.meta.url));
const coded = fileURLToPath(new URL('../../remote/coded-error.ts', import.meta.url));

/** Runs statements with a `log` in a process of its own and answers the lines on standard error. */
const linesOf = async (statements: string, level = 'info'): Promise<Record<string, unknown>[]> => {
  const script = `
    import { createLog } from ${JSON.stringify(log)};
    import { CodedError } from ${JSON.stringify(coded)};
    const log = createLog(${JSON.stringify(level)});
    ${statements}`;
  const { stderr, stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '-e',
    script,
  ]);
  assert.equal(stdout, '', 'standard output belongs to the commands');
  return stderr
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
};

test('an event is a line with its facts', async () => {
  const [line] = await linesOf(`log.event('listening', { port: 3978 })`);
  assert.equal(line?.msg, 'listening');
  assert.equal(line?.port, 3978);
});

test('of an error that is not ours the kind, the code and the place are kept, never its text', async () => {
  const lines = await linesOf(`
    log.trouble('answering a message', new TypeError('the pasted text is swordfish'));
    log.trouble('answering a message', Object.assign(new Error('swordfish'), { code: 'SQLITE_BUSY' }));
    log.trouble('answering a message', new Error('swordfish\\n    at swordfish (swordfish.ts:1:1)'));
    log.trouble('answering a message', 'swordfish');
    log.trouble('answering a message', { swordfish: 'swordfish' });
    log.trouble('answering a message', undefined);`);
  assert.equal(lines.length, 6);
  assert.doesNotMatch(JSON.stringify(lines), /swordfish/);
  assert.equal(lines[0]?.kind, 'TypeError');
  assert.equal(lines[1]?.code, 'SQLITE_BUSY');
  assert.ok(Array.isArray(lines[0]?.stack) && lines[0].stack.length > 0);
});

test('of a coded error our own words are kept, and of its cause only the kind and the place', async () => {
  const [line] = await linesOf(`
    const cause = new Error('swordfish');
    log.trouble('running change 1', new CodedError('remote.access-denied', {
      doing: 'reading web.config on wsus01', reason: 'access denied', remedy: 'Ask.', cause }));`);
  assert.equal(line?.code, 'remote.access-denied');
  assert.equal(line?.reason, 'access denied');
  assert.doesNotMatch(JSON.stringify(line), /swordfish/);
});

test('a log of warnings leaves events out, a silent one is silent', async () => {
  const statements = `log.event('x'); log.trouble('y', new Error('z'));`;
  assert.deepEqual(
    (await linesOf(statements, 'warn')).map(({ msg }) => msg),
    ['y'],
  );
  assert.deepEqual(await linesOf(statements, 'silent'), []);
});
