import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { sendModule } from '../../../../remote/agentless.ts';
import { functionNames } from '../../../../remote/contract.ts';
import { functionParameters } from '../../../../remote/function-parameters.ts';
import { type OpenPool, openPool } from '../../../../remote/open-pool.ts';
import { createPipelineData } from '../../../../remote/psrp/messages/create-pipeline.ts';
import { createScriptPipelineData } from '../../../../remote/psrp/messages/create-script-pipeline.ts';
import type { RemoteError } from '../../../../remote/remote-error.ts';
import { wayOf } from '../../../../remote/way.ts';
import { signalAtProgress } from '../signal-at-progress.ts';
import { acting, type Bench, raising } from './bench.ts';
import type { EngineUnderTest } from './engine-under-test.ts';

const call = () => ({ doing: 'trying', deadline: Date.now() + 60_000 });

/** What a session lets through, and how a function is stopped. */
export function sessionTests(engine: EngineUnderTest, bench: Bench): void {
  describe('a session', () => {
    let open: OpenPool | undefined;

    after(() => open?.destroy());

    const session = async () => {
      if (open !== undefined) return open;
      const { target } = bench.server;
      open = await openPool(target, {}, call());
      if (wayOf(target.endpoint) === 'agentless') await sendModule(open.pool, call());
      return open;
    };
    const invoke = async (name: string, parameters: Readonly<Record<string, string | number | boolean>>) =>
      (await session()).pool.invoke({ ...call(), name, parameters });
    const refuses = (name: string, parameters: Readonly<Record<string, string | number | boolean>>) =>
      assert.rejects(invoke(name, parameters), (error: RemoteError) => {
        assert.deepEqual([error.code, error.outcome], ['remote.function-failed', 'refused'], error.message);
        return true;
      });
    const parameters = () => {
      const { request } = raising(bench.webConfig());
      return {
        ChangeId: request.changeId,
        NotAfter: request.notAfter,
        Sha256Before: request.sha256Before,
        Sha256After: request.sha256After,
        MaxInstalledPrerequisites: 800,
      };
    };

    for (const [what, change] of [
      ['a limit of 0', { MaxInstalledPrerequisites: 0 }],
      ['a limit above a million', { MaxInstalledPrerequisites: 1_000_001 }],
      ['a limit that is no number', { MaxInstalledPrerequisites: 'many' }],
      ['a change id that is no GUID', { ChangeId: '..\\x' }],
      ['a change id with a line after it', { ChangeId: '6ba7b810-9dad-41d1-80b4-00c04fd430c8\n' }],
      ['a hash in capitals', { Sha256Before: 'A'.repeat(64) }],
      ['a time that is none', { NotAfter: 'tomorrow' }],
      ['an unknown parameter', { Path: 'C:\\' }],
    ] as const) {
      test(`takes no ${what.replace(/^an? /, '')}`, async () => {
        const before = bench.webConfig();
        await refuses(functionNames.apply, { ...parameters(), ...change });
        assert.deepEqual(bench.webConfig(), before);
      });
    }

    test('takes no activation outside its set', () =>
      refuses(functionNames.restart, {
        [functionParameters.restart.changeId]: acting().changeId,
        [functionParameters.restart.notAfter]: acting().notAfter,
        [functionParameters.restart.activation]: 'Reboot',
      }));

    test('knows no command that is not there', () => refuses('Get-WsusBotSecrets', {}));

    test('answers when it has refused', async () => {
      const { output } = await invoke(functionNames.report, { Brief: true });
      assert.equal(JSON.parse(output[0] ?? '').activity.ok, true);
    });

    if (engine.has.has('lists-functions')) {
      for (const name of [
        'Get-ChildItem',
        'Invoke-Expression',
        'Get-WindowsRegistryValue',
        'Find-Wsus',
        'cmd.exe',
      ]) {
        test(`does not show ${name}`, () => refuses(name, {}));
      }

      test('refuses a script', async () => {
        const end = await (await session()).pool.runPipeline(createScriptPipelineData('1 + 1'), call());
        assert.ok(end.how === 'failed');
        assert.match(end.failure?.message ?? '', /no-language mode/);
      });
    }

    test('is stopped by a signal in the middle of a step, and says that it was', async (t) => {
      bench.misbehave(t, { host: 'restart-never-ends' });
      const since = bench.counting();
      const { pool, transport } = await session();
      const request = acting();
      const restart = {
        name: functionNames.restart,
        parameters: { ChangeId: request.changeId, NotAfter: request.notAfter, Activation: 'IISReset' },
      };
      const end = await pool.runPipeline(createPipelineData(restart), call(), (pipelineId) =>
        signalAtProgress(transport, pipelineId, 'restart'),
      );
      assert.equal(end.how, 'stopped');
      const { activity } = await bench.wsus.report({ brief: true });
      assert.ok(activity.ok);
      assert.equal(activity.interrupted, null);
      const isRunning = activity.running?.changeId === request.changeId;
      assert.equal(isRunning, !engine.has.has('stops-functions'));
      assert.ok(since().restarts <= 1);
    });
  });
}
