import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Activation, restartResultSchema } from '../../../remote/contract.ts';
import type { HostFault } from '../../../remote/practice/misbehaviour.ts';
import { findPowershell } from '../../../remote/practice/powershell/find-powershell.ts';
import { startPowershellPracticeHost } from '../../../remote/practice/powershell/powershell-practice-host.ts';
import { makePracticeFolder, type PracticeFolder } from '../../../remote/practice/practice-folder.ts';
import type { PracticeHost } from '../../../remote/practice/practice-host.ts';
import { practiceServers } from '../../../remote/practice/practice-servers.ts';
import { inModule, withoutPowershell } from './in-module.ts';

const layer = fileURLToPath(
  new URL('../../../remote/practice/powershell/practice-windows/PracticeWindows.psm1', import.meta.url),
);
const changeId = '6b1f7a52-94d1-4c0e-9d0a-6e5b2f1c8a77';

/** One call on a practice server of its own. */
interface Case {
  readonly server?: string;
  readonly activation?: Activation;
  readonly notAfter?: string;
  readonly fault?: HostFault['host'];
  /** Another process has the lock. */
  readonly isBusy?: boolean;
  /** What iisreset.exe says instead of restarting. */
  readonly iisResetFails?: string;
}

const cases: Readonly<Record<string, Case>> = {
  IISReset: {},
  'a recycled pool': { activation: 'RecyclePool' },
  'a pool that does not start': { fault: 'pool-does-not-start' },
  'a worker that answers 503': { fault: 'service-503-always' },
  'a worker that answers with an error page': { fault: 'service-500-after-restart' },
  'a restart without effect': { fault: 'restart-without-effect' },
  'a recycled pool that keeps its worker': { fault: 'restart-without-effect', activation: 'RecyclePool' },
  'an IISReset that does not end well': { iisResetFails: 'iisreset: exit code 1062' },
  'a call that comes too late': { notAfter: '2026-01-01T00:00:00Z' },
  'a server at work': { isBusy: true },
  'a server without WSUS': { server: 'wsus04' },
};

const script = `Import-Module $cases.layer
$events = [Collections.Generic.List[string]]::new()
function global:Write-TestStep([string]$Step) {
  $global:events.Add($Step)
  Write-PracticeStep $Step
}
function global:Invoke-TestIisReset {
  $global:events.Add('iisreset')
  if ($null -ne $global:case['iisResetFails']) { throw $global:case['iisResetFails'] }
  Invoke-PracticeIisReset
}
function global:Invoke-TestAppCmd([string[]]$Arguments) {
  if ($Arguments[0] -ne 'list') { $global:events.Add($Arguments -join ' ') }
  return Invoke-PracticeAppCmd $Arguments
}
Set-Alias Write-Step Write-TestStep -Scope Global
Set-Alias Invoke-WindowsIisReset Invoke-TestIisReset -Scope Global
Set-Alias Invoke-WindowsAppCmd Invoke-TestAppCmd -Scope Global
function Invoke-Case($Case) {
  $global:case = $Case
  $global:events = $events
  $events.Clear()
  $env:WSUS_BOT_PRACTICE = $Case.practice
  $lock = $null
  if ($Case['isBusy']) {
    $folder = [IO.Path]::Combine((Get-WindowsProgramData), 'WsusBot')
    $null = [IO.Directory]::CreateDirectory($folder)
    $lock = [IO.File]::Open([IO.Path]::Combine($folder, 'acting.lock'), 'OpenOrCreate', 'ReadWrite', 'None')
  }
  $answer = @{ result = $null; error = $null }
  try {
    $answer.result = Restart-WsusBotService -ChangeId $cases.changeId -NotAfter $Case.notAfter -Activation $Case.activation
  } catch { $answer.error = $_.Exception.Message } finally { if ($null -ne $lock) { $lock.Dispose() } }
  $answer.events = $events.ToArray()
  return $answer
}
$answers = @{ calls = @{}; refusals = @{}; waits = @{} }
foreach ($name in $cases.calls.Keys) { $answers.calls[$name] = Invoke-Case $cases.calls[$name] }
# A pool that is stopped is started: the one of the server whose pool did not come back.
$cases.stopped.practice = $cases.calls['a pool that does not start'].practice
$answers.stopped = Invoke-Case $cases.stopped

foreach ($name in $cases.refusals.Keys) {
  $parameters = $cases.refusals[$name]
  try { $null = Restart-WsusBotService @parameters; $answers.refusals[$name] = 'accepted' } catch { $answers.refusals[$name] = $_.FullyQualifiedErrorId }
}

# Waiting alone, over a service that answers by a list.
function global:Get-Test([string]$List) {
  $one = $global:script[$List][[Math]::Min([Math]::Max(1, $global:asked), $global:script[$List].Count) - 1]
  if ($one -isnot [string]) { return $one }
  $failure = [InvalidOperationException]::new('said by the test')
  $failure.Data['WsusBotCode'] = $one
  throw $failure
}
function global:Get-TestConfig { $global:asked++; return Get-Test 'answers' }
function global:Get-TestWorker { return Get-Test 'workers' }
function global:Get-TestPoolState { return $global:script['pool'] }
function global:Get-TestPatience { return $global:script['patience'] }
Set-Alias Get-WorkerWaitSeconds Get-TestPatience -Scope Global
Set-Alias Get-RestartWaitSeconds Get-TestPatience -Scope Global
Set-Alias Get-WebServiceConfig Get-TestConfig -Scope Global
Set-Alias Get-PoolWorker Get-TestWorker -Scope Global
Set-Alias Get-PoolState Get-TestPoolState -Scope Global
foreach ($name in $cases.waits.Keys) {
  $global:script = $cases.waits[$name]
  $global:asked = 0
  try {
    $seen = Wait-WebService @{} 'WsusPool' $global:script['before']
    $answers.waits[$name] = @{ asked = $global:asked; end = [string]$seen.Config.Status }
  } catch { $answers.waits[$name] = @{ asked = $global:asked; end = (Get-CodedError $_).Code } }
}
$answers`;

const refusedCertificate = 'certificate-not-accepted';
const soap = { Status: 200, IsSoap: true, Milliseconds: 5 };
const page = (status: number) => ({ Status: status, IsSoap: false, Milliseconds: 5 });
const faultOf = (status: number) => ({ Status: status, IsSoap: true, Milliseconds: 5 });
const old = { pid: 1, startedAt: '2026-11-25T01:00:00.000Z' };
const next = { pid: 2, startedAt: '2026-11-25T02:00:00.000Z' };

interface Wait {
  readonly before: typeof old | null;
  /** In their order, the last one for good. A text is the code of what is thrown. */
  readonly answers: readonly (typeof soap | string)[];
  readonly workers: readonly (typeof old | null | string)[];
  readonly pool: string;
  /** Seconds until it gives up: never, in a test, unless that is what the case is about. */
  readonly patience: number;
}
const wait = (answers: Wait['answers'], more: Partial<Wait> = {}): Wait => ({
  before: old,
  answers,
  workers: [next],
  pool: 'Started',
  patience: 600,
  ...more,
});
const waits: Readonly<Record<string, Wait>> = {
  'an answer at once': wait([soap]),
  'an answer after silence and 503': wait([page(0), page(503), page(0), soap]),
  'one error page, then an answer': wait([page(500), page(0), page(500), soap]),
  'two error pages running': wait([page(503), page(500), page(500), soap]),
  'faults of a service that waits for its database': wait([faultOf(500), faultOf(500), faultOf(500), soap]),
  'a stopped pool': wait([page(503), page(503), page(503), soap], { pool: 'Stopped', workers: [null] }),
  'an answer of the old worker, then of the new one': wait([soap, soap, soap], { workers: [old, old, next] }),
  'the same process id, started anew': wait([soap], { workers: [{ ...next, pid: 1 }] }),
  'a first worker': wait([soap], { before: null }),
  'an IIS that cannot say at first': wait([page(0), soap], { workers: ['iis-not-readable', next] }),
  'a certificate that is not accepted': wait([refusedCertificate]),
  'a binding that fails in another way': wait(['not-readable']),
  'an IIS that cannot say at all': wait([soap], { workers: ['iis-not-readable'], patience: 0 }),
  'the old worker to the end': wait([soap], { workers: [old], patience: 0 }),
  'silence to the end': wait([page(0)], { workers: [null], patience: 0 }),
};

const called = z.object({
  result: z
    .string()
    .nullable()
    .transform((text) => (text === null ? null : restartResultSchema.parse(JSON.parse(text)))),
  error: z.string().nullable(),
  events: z.array(z.string()),
});
const answerSchema = z.object({
  calls: z.record(z.string(), called),
  stopped: called,
  refusals: z.record(z.string(), z.string()),
  waits: z.record(z.string(), z.object({ asked: z.number(), end: z.string() })),
});

const good = { ChangeId: changeId, NotAfter: '2026-01-01T00:00:00Z', Activation: 'IISReset' };
const refusals: Readonly<Record<string, object>> = {
  'another activation': { ...good, Activation: 'Reboot' },
  'no GUID': { ...good, ChangeId: '../6b1f7a52' },
  'a GUID and a line end': { ...good, ChangeId: `${changeId}\n` },
  'no time': { ...good, NotAfter: 'tomorrow' },
  'a local time': { ...good, NotAfter: '2026-01-01T00:00:00' },
};

describe('Restart-WsusBotService', { skip: withoutPowershell }, () => {
  const folders = new Map<string, PracticeFolder>();
  const hosts = new Map<string, PracticeHost>();
  let answers: z.infer<typeof answerSchema>;

  const start = async (name: string, { server = 'wsus01', fault }: Case): Promise<void> => {
    const [spec, powershell] = [practiceServers.find((one) => one.name === server), findPowershell()];
    assert.ok(spec !== undefined && powershell !== undefined);
    const folder = await makePracticeFolder(spec, 4812, new Date());
    folders.set(name, folder);
    const host = await startPowershellPracticeHost({
      spec,
      folder,
      workerPid: 4812,
      now: () => new Date(),
      wait: (milliseconds) => delay(milliseconds),
      restartMilliseconds: 20,
      powershell,
      extraModules: [],
    });
    hosts.set(name, host);
    if (fault !== undefined) host.setFaults([{ host: fault } as HostFault], Buffer.alloc(0));
  };
  const practiceOf = (name: string): string => join(folders.get(name)?.root ?? '', 'practice');

  before(async () => {
    await Promise.all(Object.entries(cases).map(([name, one]) => start(name, one)));
    const notAfter = new Date(Date.now() + 600_000).toISOString();
    const call = (name: string, { activation = 'IISReset', isBusy, iisResetFails, ...one }: Case) => ({
      practice: practiceOf(name),
      activation,
      notAfter: one.notAfter ?? notAfter,
      ...(isBusy === undefined ? {} : { isBusy }),
      ...(iisResetFails === undefined ? {} : { iisResetFails }),
    });
    const input = {
      layer,
      changeId,
      calls: Object.fromEntries(Object.entries(cases).map(([name, one]) => [name, call(name, one)])),
      stopped: { activation: 'RecyclePool', notAfter },
      refusals,
      waits,
    };
    answers = answerSchema.parse(await inModule(script, input));
  });
  after(async () => {
    await Promise.all([...hosts.values()].map((host) => host.close()));
    await Promise.all([...folders.values()].map((folder) => folder.remove()));
  });

  const answerOf = (name: keyof typeof cases) => {
    const answer = answers.calls[name];
    assert.ok(answer !== undefined, name);
    return answer;
  };
  const restarted = (name: keyof typeof cases) => {
    const { result, error } = answerOf(name);
    assert.ok(result?.outcome === 'restarted', `${name}: ${error ?? JSON.stringify(result)}`);
    return result;
  };
  const restartsOf = (name: string): number | undefined => hosts.get(name)?.stats().restarts;

  for (const [name, act] of [
    ['IISReset', 'iisreset'],
    ['a recycled pool', 'recycle apppool /apppool.name:WsusPool'],
  ] as const) {
    test(`${name}: another worker answers, and it was done once, after its step was told`, () => {
      const { before: then, after: now, startedAt, endedAt } = restarted(name);
      assert.deepEqual([then.worker?.pid, then.getConfigStatus], [4812, 200]);
      assert.ok(now.worker !== null && now.worker.pid !== 4812 && now.worker.startedAt >= startedAt);
      assert.deepEqual([now.getConfigStatus, now.getConfigIsSoap], [200, true]);
      assert.ok(endedAt >= startedAt);
      assert.deepEqual(answerOf(name).events, ['restart', act, 'wait']);
      assert.equal(restartsOf(name), 1);
    });
  }

  test('a stopped pool is started where another is recycled', () => {
    const { result, events } = answers.stopped;
    assert.deepEqual(events, ['restart', 'start apppool /apppool.name:WsusPool', 'wait']);
    assert.ok(result?.outcome === 'restarted');
    assert.equal(result.before.worker, null);
    assert.equal(result.before.getConfigStatus, 503);
  });

  test('a pool that does not start: 503 and no worker', () => {
    const { after: now } = restarted('a pool that does not start');
    assert.deepEqual(now.worker, null);
    assert.deepEqual([now.getConfigStatus, now.getConfigIsSoap], [503, false]);
  });

  test('a worker that answers 503 to the end of the time: 503', () => {
    const { after: now } = restarted('a worker that answers 503');
    assert.deepEqual([now.getConfigStatus, now.getConfigIsSoap], [503, false]);
  });

  test('an error page after the restart: 500 that is not SOAP', () => {
    const { after: now } = restarted('a worker that answers with an error page');
    assert.deepEqual([now.getConfigStatus, now.getConfigIsSoap], [500, false]);
  });

  test('a restart without effect ends, and shows the worker of before', () => {
    for (const name of ['a restart without effect', 'a recycled pool that keeps its worker']) {
      const { before: then, after: now } = restarted(name);
      assert.deepEqual(now.worker, then.worker);
      assert.equal(now.getConfigStatus, 200);
      assert.equal(restartsOf(name), 1);
    }
  });

  test('an IISReset that does not end well is an error that says so, and nothing is tried again', () => {
    const { result, error, events } = answerOf('an IISReset that does not end well');
    assert.equal(result, null);
    assert.match(error ?? '', /exit code 1062/);
    assert.deepEqual(events, ['restart', 'iisreset']);
  });

  for (const [name, reason] of [
    ['a call that comes too late', 'too-late'],
    ['a server at work', 'busy'],
    ['a server without WSUS', 'not-wsus'],
  ] as const) {
    test(`${name} is refused before anything is done: ${reason}`, () => {
      const { result, events } = answerOf(name);
      assert.ok(result?.outcome === 'refused');
      assert.equal(result.reason, reason);
      assert.deepEqual(events, []);
      assert.equal(restartsOf(name), 0);
    });
  }

  test('no call leaves a journal behind', () => {
    for (const { root } of folders.values())
      assert.ok(!existsSync(join(root, 'ProgramData/WsusBot/journal.json')));
  });

  for (const name of Object.keys(refusals)) {
    test(`${name} never reaches the function`, () => {
      assert.equal(answers.refusals[name], 'ParameterArgumentValidationError,Restart-WsusBotService');
    });
  }

  for (const [name, asked, end] of [
    ['an answer at once', 1, '200'],
    ['an answer after silence and 503', 4, '200'],
    ['one error page, then an answer', 4, '200'],
    ['two error pages running', 3, '500'],
    ['faults of a service that waits for its database', 4, '200'],
    ['a stopped pool', 3, '503'],
    ['an answer of the old worker, then of the new one', 3, '200'],
    ['the same process id, started anew', 1, '200'],
    ['a first worker', 1, '200'],
    ['an IIS that cannot say at first', 2, '200'],
    ['a certificate that is not accepted', 1, '0'],
    ['a binding that fails in another way', 1, 'not-readable'],
    ['an IIS that cannot say at all', 1, 'iis-not-readable'],
    ['the old worker to the end', 1, '200'],
    ['silence to the end', 1, '0'],
  ] as const) {
    test(`waiting over ${name}: asked ${asked} times, in the end ${end}`, () => {
      assert.deepEqual(answers.waits[name], { asked, end });
    });
  }
});
