import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { logEvidence } from '../../../remote/practice/host/log-evidence.ts';
import { practiceServers } from '../../../remote/practice/practice-servers.ts';
import { softwareDistributionLog } from '../../../remote/practice/software-distribution-log.ts';
import { inModule, withoutPowershell } from './in-module.ts';

const evidence = z.object({
  lines: z.array(z.object({ line: z.number(), text: z.string() })),
  count: z.number(),
  clients: z.number(),
  firstSeenAt: z.string().nullable(),
  lastSeenAt: z.string().nullable(),
});
const answers = z.object({
  evidence: z.array(evidence),
  tails: z.array(z.object({ first: z.number(), text: z.string() })),
  long: evidence.extend({ path: z.string() }),
  missing: z.object({ ok: z.literal(false), code: z.string() }),
});

/** All cases in one process, since a start takes longer than they do. */
const script = `@{
  evidence = @(foreach ($text in $cases.texts) { Find-LogEvidence $text 1 })
  tails = @(foreach ($length in $cases.lengths) {
      $tail = Read-LogTail $cases.short $length
      @{ first = $tail.FirstLine; text = $tail.Text }
    })
  long = Get-ServerLogEvidence $cases.folder
  missing = Read-ReportPart { Get-ServerLogEvidence $cases.nowhere }
}`;

const time = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, -1).replace('T', ' ')} UTC`);
const separator = fc.constantFrom('\t', '\t', '\t', '\t', ' ');
const code = fc.constantFrom(
  'InvalidParameters',
  'InvalidParameters',
  'ConfigChanged',
  'CookieExpired',
  'configchanged',
  'InternalServerError',
  'Invalid-Parameters',
  '',
);
const message = fc.constantFrom(
  'parameters.InstalledNonLeafUpdateIDs',
  'parameters.InstalledNonLeafUpdateIDs',
  'parameters.OtherCachedUpdateIDs',
  'parametersXInstalledNonLeafUpdateIDs',
  '',
);
const client = fc.oneof(
  fc.constantFrom('a', 'A', 'b', 'client-1,', 'x y', ''),
  // Blanks of every kind end a client's name; .NET and JavaScript do not call the same characters blank.
  fc.string({
    unit: fc.constantFrom(
      'a',
      'B',
      '-',
      '\u00a0',
      '\u0085',
      '\u2003',
      '\ufeff',
      '\u200b',
      '\r',
      '\v',
      '\u2028',
      ',',
    ),
    maxLength: 4,
  }),
);
const actor = fc.constantFrom(
  ...Array.from({ length: 6 }, () => 'actor = http://w:8530/ClientWebService/client.asmx, ID=x, '),
  'Actor = http://w:8530/ClientWebService/client.asmx, ID=x,',
  'ACTOR = http://w, ',
  'actor = a\rb, ',
  'actor = a\u2028b, ',
  'actor = _',
  'actor = ThrowException: actor = ',
);
const fault = fc
  .tuple(time, separator, actor, code, message, client, fc.nat({ max: 9000 }))
  .map(
    ([at, tab, by, errorCode, text, from, more]) =>
      `${at}${tab}Warning${tab}w3wp.5${tab}SoapUtilities.CreateException${tab}ThrowException: ${by}ErrorCode=${errorCode}, Message=${text}, Client=${from}${more > 8900 ? 'x'.repeat(more) : ''}`,
  );
const line = fc.oneof(
  { weight: 4, arbitrary: fault },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.toWellFormed()) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', '   at Microsoft.UpdateServices.Internal', 'ThrowException: ', '\ufeff'),
  },
);
const log = fc
  .tuple(fc.array(fc.tuple(line, fc.constantFrom('\r\n', '\n', '\r', '\r\r\n')), { maxLength: 45 }), line)
  .map(([lines, last]) => lines.map(([text, end]) => text + end).join('') + last);

const refusalAt = (clock: string, from: string): string =>
  `2026-11-25 ${clock} UTC\tWarning\tw3wp.5\tSoapUtilities.CreateException\tThrowException: actor = http://w:8530/ClientWebService/client.asmx, ID=x, ErrorCode=InvalidParameters, Message=parameters.InstalledNonLeafUpdateIDs, Client=${from}\r\n`;

describe('the evidence of SoftwareDistribution.log', { skip: withoutPowershell }, () => {
  const generated = fc.sample(log, 400);
  const practice = practiceServers.map((spec) =>
    softwareDistributionLog(spec, 4711, new Date('2026-11-25T02:14:00.000Z')),
  );
  const short = Array.from({ length: 200 }, (_unused, number) =>
    refusalAt('01:00:00.000', `c${String(number).padStart(3, '0')}`),
  );
  const length = Buffer.byteLength(short[0] ?? '');
  let folder: string;
  let found: z.infer<typeof answers>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wsus-bot-log-'));
    await writeFile(join(folder, 'short.log'), short.join(''));
    await mkdir(join(folder, 'LogFiles'));
    const path = join(folder, 'LogFiles/SoftwareDistribution.log');
    await writeFile(path, refusalAt('00:00:00.000', 'too old to be seen'));
    const filler = `${'2026-11-25 00:00:00.000 UTC\tInfo\tWsusService.7\tAll is well'.padEnd(199, '.')}\n`;
    await appendFile(path, filler.repeat(200_000));
    await appendFile(path, refusalAt('01:00:00.000', 'c'));
    // As WSUS has it, which writes while we read.
    const writer = await open(path, 'a');
    try {
      found = answers.parse(
        await inModule(script, {
          texts: [...generated, ...practice],
          short: join(folder, 'short.log'),
          lengths: [10 * length, 10 * length - 1, 10 * length + 1, 1, 200 * length, 1_000_000],
          folder,
          nowhere: join(folder, 'nowhere'),
        }),
      );
    } finally {
      await writer.close();
    }
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test('the module and the simulated server find the same in generated logs', () => {
    let refusals = 0;
    generated.forEach((text, number) => {
      const expected = logEvidence(text);
      assert.deepEqual(found.evidence[number], expected, JSON.stringify(text));
      refusals += expected.count;
    });
    assert.ok(refusals > 20, `${refusals} refusals`);
  });

  test('the module and the simulated server find the same in the logs of the practice servers', () => {
    assert.deepEqual(found.evidence.slice(generated.length), practice.map(logEvidence));
  });

  test('the newest part of a log begins with a whole line and its number', () => {
    assert.deepEqual(found.tails, [
      { first: 191, text: short.slice(190).join('') },
      { first: 192, text: short.slice(191).join('') },
      { first: 191, text: short.slice(190).join('') },
      { first: 201, text: '' },
      { first: 1, text: short.join('') },
      { first: 1, text: short.join('') },
    ]);
  });

  test('a log of 40 MB is read from its end, and the number of its last line is right', () => {
    assert.deepEqual(found.long, {
      path: join(folder, 'LogFiles/SoftwareDistribution.log'),
      lines: [{ line: 200_002, text: refusalAt('01:00:00.000', 'c').trimEnd() }],
      count: 1,
      clients: 1,
      firstSeenAt: '2026-11-25T01:00:00.000Z',
      lastSeenAt: '2026-11-25T01:00:00.000Z',
    });
  });

  test('a log that is not there is said to be missing', () => {
    assert.equal(found.missing.code, 'not-found');
  });
});
