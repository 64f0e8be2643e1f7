import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { chmod, link, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type ApplyResult,
  applyResultSchema,
  backupNameOf,
  type Report,
  type RestoreResult,
  reportSchema,
  restoreResultSchema,
} from '../../../remote/contract.ts';
import { trustedInstaller } from '../../../remote/practice/host/file-owners.ts';
import { sha256Of } from '../../../remote/practice/host/sha256.ts';
import { type ModuleCall, ModuleProcess } from './module-process.ts';
import { PracticeMachine } from './practice-machine.ts';

const notAfter = '2099-01-01T00:00:00Z';

/** A server whose Web.config is as it is installed, and one PowerShell on it. */
export class ReplacementScene {
  readonly machine: PracticeMachine;
  readonly shell: ModuleProcess;
  readonly webConfig: string;
  /** The folder of Web.config, and the one that stands for ProgramData. */
  readonly folder: string;
  readonly data: string;
  /** Web.config with the limit as it is installed, and raised. */
  readonly low: Buffer;
  readonly raised: Buffer;
  changeId = randomUUID();

  private constructor(machine: PracticeMachine, low: Buffer) {
    this.machine = machine;
    this.shell = new ModuleProcess(machine.practice);
    this.webConfig = machine.folder.webConfig;
    this.folder = dirname(this.webConfig);
    this.data = join(machine.folder.root, 'ProgramData');
    this.low = low;
    this.raised = Buffer.from(low.toString('latin1').replace('"400"', '"800"'), 'latin1');
  }

  static async start(): Promise<ReplacementScene> {
    const machine = await PracticeMachine.start();
    return new ReplacementScene(machine, await readFile(machine.folder.webConfig));
  }

  async close(): Promise<void> {
    await this.shell.close();
    await this.machine.close();
  }

  /** Makes the server as if nothing had ever been done. */
  async reset(): Promise<void> {
    const { machine, webConfig, folder, data } = this;
    this.changeId = randomUUID();
    await machine.setFaults([]);
    await rm(webConfig, { recursive: true, force: true });
    await writeFile(machine.payload, this.low);
    await chmod(machine.payload, 0o644);
    await link(machine.payload, webConfig);
    await machine.setSecurity(webConfig, trustedInstaller.sddl);
    await machine.setSecurity(folder, trustedInstaller.sddl);
    for (const left of await readdir(data)) await rm(join(data, left), { recursive: true });
  }

  applyCall(from = this.low, to = this.raised): ModuleCall {
    const hashes = { Sha256Before: sha256Of(from), Sha256After: sha256Of(to) };
    const common = { ChangeId: this.changeId, NotAfter: notAfter };
    return { name: 'Set-WsusBotLimit', parameters: { ...common, ...hashes, MaxInstalledPrerequisites: 800 } };
  }

  restoreCall(backup = backupNameOf(this.changeId)): ModuleCall {
    const hashes = { Sha256Before: sha256Of(this.raised), Sha256After: sha256Of(this.low) };
    const common = { ChangeId: this.changeId, NotAfter: notAfter };
    return { name: 'Restore-WsusBotBackup', parameters: { ...common, ...hashes, Backup: backup } };
  }

  async apply(call = this.applyCall(), process = this.shell): Promise<ApplyResult> {
    return applyResultSchema.parse(await this.#run(call, process));
  }

  async restore(call = this.restoreCall()): Promise<RestoreResult> {
    return restoreResultSchema.parse(await this.#run(call, this.shell));
  }

  async activity(): Promise<Report['activity']> {
    const call = { name: 'Get-WsusBotReport', parameters: { Brief: true } };
    return reportSchema.parse(await this.#run(call, this.shell)).activity;
  }

  async isReadOnly(path = this.webConfig): Promise<boolean> {
    return ((await stat(path)).mode & 0o222) === 0;
  }

  /** Nothing has changed, and nothing is left lying about. */
  async assertUntouched(): Promise<void> {
    assert.deepEqual(await readFile(this.webConfig), this.low);
    assert.deepEqual(await this.machine.securityOf(this.webConfig), trustedInstaller);
    assert.deepEqual(await this.machine.securityOf(this.folder), trustedInstaller);
    assert.deepEqual(await readdir(this.folder), ['Web.config']);
    assert.deepEqual(await this.activity(), { ok: true, running: null, interrupted: null });
  }

  async assertRefused(reason: string, text: RegExp, call = this.applyCall()): Promise<void> {
    const result = await this.apply(call);
    assert.ok(result.outcome === 'refused', JSON.stringify(result));
    assert.equal(result.reason, reason);
    assert.match(result.text, text);
  }

  async #run(call: ModuleCall, process: ModuleProcess): Promise<unknown> {
    const answer = await process.call(call);
    assert.ok(answer !== 'killed' && answer.result !== undefined, JSON.stringify(answer));
    return JSON.parse(answer.result);
  }
}
