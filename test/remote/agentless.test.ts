import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { moduleScript, sendModule } from '../../remote/agentless.ts';
import { tryScript } from '../../remote/agentless-refusal.ts';
import { shippedModule } from '../../remote/module-text.ts';
import { guidFromRandom } from '../../remote/psrp/guid.ts';
import { messageTypes } from '../../remote/psrp/message.ts';
import { readCreatePipeline } from '../../remote/psrp/messages/create-pipeline.ts';
import { errorRecordData } from '../../remote/psrp/messages/error-record.ts';
import { RunspacePool } from '../../remote/psrp/runspace-pool.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import { failure } from './failure.ts';
import {
  completed,
  failed,
  opened,
  output,
  type Reply,
  ScriptedTransport,
} from './psrp/scripted-transport.ts';

const call = { doing: 'reading wsus01', deadline: 0 };

async function openPool(...answers: ConstructorParameters<typeof ScriptedTransport>) {
  const transport = new ScriptedTransport([opened], ...answers);
  let number = 0;
  const pool = new RunspacePool(transport, () => guidFromRandom(Buffer.alloc(16, ++number)));
  await pool.open(call);
  transport.calls.length = 0;
  return { pool, transport };
}

async function refusal(...answers: ConstructorParameters<typeof ScriptedTransport>): Promise<RemoteError> {
  const { pool } = await openPool(...answers);
  return failure(sendModule(pool, call));
}

test('the script is the shipped text with its hash, in one script block', () => {
  const { text, sha256 } = shippedModule();
  const script = moduleScript({ text, sha256 });
  assert.ok(script.includes(`$script:WsusBotModuleSha256 = '${sha256}'\n${text}\n}`));
  assert.equal(sha256, createHash('sha256').update(text).digest('hex'));
  assert.doesNotMatch(text, /^\. \$PSScriptRoot/m, 'no file is left to load');
});

test('the module goes as one script in several fragments', async () => {
  const { pool, transport } = await openPool([output('FullLanguage'), completed]);
  await sendModule(pool, call);
  const message = transport.received.at(-1);
  const sends = Math.floor(Buffer.byteLength(shippedModule().text) / (32 * 1024));
  assert.ok(sends >= 1);
  assert.equal(transport.calls[0], 'command');
  assert.ok(transport.calls.filter((name) => name === 'send').length >= sends, transport.calls.join());
  assert.equal(message?.type, messageTypes.createPipeline);
  const [command, ...more] = readCreatePipeline(message?.data ?? null);
  assert.deepEqual([command?.isScript, command?.parameters, more], [true, [], []]);
  assert.equal(command?.name, moduleScript(shippedModule()));
});

for (const [what, answers, code, detail] of [
  [
    'the session is in ConstrainedLanguage',
    [[output('ConstrainedLanguage'), completed]],
    'remote.language-mode',
    'ConstrainedLanguage',
  ],
  ['the session takes no script', [[failed('ScriptsNotAllowed')]], 'remote.language-mode', undefined],
  [
    'the session is in RestrictedLanguage',
    [[failed('PropertyReferenceNotSupportedInDataSection')]],
    'remote.language-mode',
    undefined,
  ],
  [
    'a virus scanner stops the script',
    [[failed('ScriptContainedMaliciousContent')]],
    'remote.module-not-loaded',
    undefined,
  ],
  ['the script does not parse there', [[failed('UnexpectedToken')]], 'remote.module-not-loaded', undefined],
  ['it says nothing', [[completed]], 'remote.module-not-loaded', undefined],
  ['it says something else', [[output('evil'), completed]], 'remote.module-not-loaded', undefined],
  [
    'it loads with an error',
    [
      [
        [
          messageTypes.errorRecord,
          errorRecordData({ message: 'server text', fullyQualifiedErrorId: 'x', target: '' }),
        ],
        output('FullLanguage'),
        completed,
      ],
    ],
    'remote.module-not-loaded',
    undefined,
  ],
] as const satisfies readonly [string, readonly (readonly Reply[])[], string, string | undefined][]) {
  test(`when ${what}, it is ${code} and no function ran`, async () => {
    const error = await refusal(...answers);
    assert.deepEqual([error.code, error.detail, error.outcome], [code, detail, 'refused']);
    assert.ok(!error.message.includes('server text') && !error.message.includes('evil'));
  });
}

test('a connection lost while the module is sent has run no function', async () => {
  const error = await refusal(new RemoteError('remote.connection-lost', { doing: 'x', outcome: 'unknown' }));
  assert.deepEqual([error.code, error.outcome], ['remote.connection-lost', 'not-sent']);
});

test('what is sent to an endpoint that has to refuse it is harmless', async () => {
  const { pool, transport } = await openPool([failed('ScriptsNotAllowed')]);
  assert.equal((await tryScript(pool, call)).how, 'failed');
  const [command] = readCreatePipeline(transport.received.at(-1)?.data ?? null);
  assert.deepEqual([command?.isScript, command?.name], [true, '1 + 1']);
});
