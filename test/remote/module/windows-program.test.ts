import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { inModule, withoutPowershell } from './in-module.ts';

const run = z.object({ ExitCode: z.number(), Output: z.string() });
const answerSchema = z.object({
  echoed: z.array(run),
  failed: run,
  asking: run,
  refused: z.string(),
  slow: z.string(),
  missing: z.string(),
});

const script = `function Get-Code([scriptblock]$Run) { try { $null = & $Run; 'nothing' } catch { "$((Get-CodedError $_).Code): $((Get-CodedError $_).Reason)" } }
@{
  echoed = @(foreach ($arguments in $cases.arguments) { Invoke-WindowsProgram $cases.node (@('-e', $cases.echo) + $arguments) })
  failed = Invoke-WindowsProgram $cases.node @('-e', 'console.log(1); console.error(2); process.exitCode = 3')
  asking = Invoke-WindowsProgram $cases.node @('-e', 'process.stdin.on("end", () => console.log("no answer")).resume()')
  refused = Get-Code { Assert-WindowsProgram $cases.node @('-e', 'console.log("because"); process.exitCode = 5') }
  slow = Get-Code { Invoke-WindowsProgram $cases.node @('-e', 'setInterval(() => {}, 1000)') 1 }
  missing = Get-Code { Invoke-WindowsProgram '/nowhere/appcmd.exe' @() }
}`;

const argument = fc.oneof(
  fc.string({
    unit: fc.constantFrom('a', '\\', '"', ' ', "'", '/', ':', '%', '&', '\t', '\u00e4'),
    maxLength: 8,
  }),
  fc.constantFrom(
    '',
    '\\',
    'C:\\Program Files\\x\\',
    '/apppool.name:Wsus Pool',
    '*S-1-5-32-544:(F)',
    '\\"\\\\"',
  ),
);

describe('running a program', { skip: withoutPowershell }, () => {
  const lists = fc.sample(fc.array(argument, { minLength: 20, maxLength: 40 }), 10);
  let answers: z.infer<typeof answerSchema>;

  before(async () => {
    const input = {
      node: process.execPath,
      echo: 'console.log(JSON.stringify(process.argv.slice(1)))',
      // So that node takes none of them for an option of its own.
      arguments: lists.map((list) => ['--', ...list]),
    };
    answers = answerSchema.parse(await inModule(script, input));
  });

  test('a program gets just the arguments that it was given', () => {
    assert.deepEqual(
      answers.echoed.map(({ Output }) => JSON.parse(Output)),
      lists,
    );
  });

  test('its exit code and all that it wrote are answered', () => {
    assert.deepEqual(answers.failed, { ExitCode: 3, Output: '1\n2\n' });
  });

  test('a program that asks something gets the end of its input', () => {
    assert.deepEqual(answers.asking, { ExitCode: 0, Output: 'no answer\n' });
  });

  test('a program that must end well and does not is refused, with its exit code and words', () => {
    assert.match(answers.refused, /^program-refused: node.*exit code 5 because$/);
  });

  test('a program that does not end is ended', () => {
    assert.match(answers.slow, /^program-too-slow: .*not done after 1 s/);
  });

  test('a program that is not there is said to be missing', () => {
    assert.match(answers.missing, /^program-missing: running \/nowhere\/appcmd\.exe/);
  });
});
