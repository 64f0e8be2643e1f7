import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { chmod, link, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  applyResultSchema,
  backupNameOf,
  reportSchema,
  restoreResultSchema,
} from '../../../remote/contract.ts';
import { trustedInstaller } from '../../../remote/practice/host/file-owners.ts';
import { sha256Of } from '../../../remote/practice/host/sha256.ts';
import { type CallAnswer, type ModuleCall, ModuleProcess } from './module-process.ts';
import { PracticeMachine } from './practice-machine.ts';

export type KilledFunction = 'Set-WsusBotLimit' | 'Restore-WsusBotBackup';

/** How Web.config is: its bytes, owner and DACL, and whether it is read-only. */
interface FileLook {
  readonly bytes: Buffer;
  readonly sddl: string;
  readonly readOnly: boolean;
}

/** A DACL that somebody set after the change, so that a backup's own differs from it. */
const laterSddl = 'O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)(A;;FR;;;NS)';
const reportCall: ModuleCall = { name: 'Get-WsusBotReport', parameters: { Brief: true } };
const notAfter = '2099-01-01T00:00:00Z';

/**
 * A server on which functions are killed. Web.config is a read-only hard link into WinSxS that TrustedInstaller owns, as it is
 * installed; before a restore it is the raised file, with an owner and a DACL of its own.
 */
export class KillScene {
  readonly machine: PracticeMachine;
  readonly #low: Buffer;
  readonly #raised: Buffer;
  readonly #layers: readonly string[];
  readonly #surgeon: ModuleProcess;
  #next: ModuleProcess;
  #changeId = randomUUID();
  #isTurned = false;
  /** How Web.config has to be when it is the old file of the function that was killed, and when it is the new one. */
  #old: FileLook;
  #new: FileLook;

  private constructor(machine: PracticeMachine, low: Buffer, layers: readonly string[]) {
    this.machine = machine;
    this.#layers = layers;
    this.#low = low;
    this.#raised = Buffer.from(low.toString('latin1').replace('"400"', '"800"'), 'latin1');
    this.#surgeon = new ModuleProcess(machine.practice);
    this.#next = this.#newcomer();
    this.#old = { bytes: low, sddl: trustedInstaller.sddl, readOnly: true };
    this.#new = { ...this.#old, bytes: this.#raised };
  }

  /** `layers` run in the processes that are killed. */
  static async start(layers: readonly string[] = ['kill-layer.ps1']): Promise<KillScene> {
    const machine = await PracticeMachine.start();
    await chmod(machine.folder.webConfig, 0o444);
    return new KillScene(machine, await readFile(machine.folder.webConfig), layers);
  }

  async close(): Promise<void> {
    await Promise.all([this.#surgeon.close(), this.#next.close()]);
    await this.machine.close();
  }

  /** Makes the server as it is before the function is called. */
  async prepare(name: KilledFunction): Promise<void> {
    const { webConfig, root } = this.machine.folder;
    this.#changeId = randomUUID();
    this.#isTurned = false;
    await rm(webConfig, { force: true });
    await link(this.machine.payload, webConfig);
    const data = join(root, 'ProgramData');
    for (const left of await readdir(data)) await rm(join(data, left), { recursive: true });
    const low: FileLook = { bytes: this.#low, sddl: trustedInstaller.sddl, readOnly: true };
    if (name === 'Set-WsusBotLimit') {
      this.#old = low;
      this.#new = { ...low, bytes: this.#raised };
      return;
    }
    await this.#finish('Set-WsusBotLimit');
    await this.machine.setSecurity(webConfig, laterSddl);
    await chmod(webConfig, 0o644);
    this.#old = { bytes: this.#raised, sddl: laterSddl, readOnly: false };
    this.#new = low;
  }

  /** Calls the function in a process that kills itself at this crossing. */
  async killAt(name: KilledFunction, killAt: number | string): Promise<CallAnswer> {
    const process = this.#take();
    const answer = await process.call({ ...this.#call(name), killAt });
    await process.close();
    return answer;
  }

  /** Calls the function in a process that is killed from outside after so long, if it has not ended. */
  async killAfter(name: KilledFunction, milliseconds: number): Promise<CallAnswer> {
    const process = await this.#takeWarm();
    const timer = setTimeout(() => process.kill(), milliseconds);
    const answer = await process.call(this.#call(name));
    clearTimeout(timer);
    await process.close();
    return answer;
  }

  /** How long the function takes, in milliseconds. */
  async measure(name: KilledFunction): Promise<number> {
    const process = await this.#takeWarm();
    const begin = performance.now();
    await process.call(this.#call(name));
    const duration = performance.now() - begin;
    await process.close();
    return duration;
  }

  /** The function that takes back what this one did, to be called next. */
  turn(name: KilledFunction): KilledFunction {
    [this.#old, this.#new] = [this.#new, this.#old];
    this.#isTurned = true;
    return other(name);
  }

  /** The file is the old or the new one, and the report tells the truth about it. Answers which it is. */
  async assertTruth(name: KilledFunction): Promise<'before' | 'after'> {
    const { webConfig, root } = this.machine.folder;
    const bytes = await readFile(webConfig);
    const isNew = bytes.equals(this.#new.bytes);
    assert.ok(isNew || bytes.equals(this.#old.bytes), 'the file is the old or the new one');
    assert.deepEqual(await readFile(this.machine.payload), this.#low, 'the other name keeps the old bytes');

    const report = await this.#report();
    assert.ok(report.file.ok && report.file.sha256 === sha256Of(bytes));
    assert.ok(report.activity.ok, JSON.stringify(report.activity));
    const { running, interrupted } = report.activity;
    assert.equal(running, null);
    const different = await this.#different(isNew ? this.#new : this.#old);
    if (interrupted === null) {
      assert.deepEqual(different, [], 'what is not told is as it was');
      assert.deepEqual(await readdir(dirname(webConfig)), ['Web.config']);
      return isNew ? 'after' : 'before';
    }
    // One that was killed before it wrote its first line leaves the line of the one before it.
    const isOwn = interrupted.functionName === name;
    assert.ok(isOwn || (this.#isTurned && interrupted.functionName === other(name)));
    assert.equal(interrupted.changeId, this.#changeId);
    assert.match(interrupted.step, /^(?:start|read|backup|write|verify-file)$/);
    assert.equal(interrupted.file, isNew === isOwn ? 'after' : 'before');
    const told = interrupted.leftDifferent.map((sentence) => sentence.replaceAll(root, ''));
    const toldPaths = [webConfig, this.machine.payload].filter((path) =>
      told.some((sentence) => sentence.includes(` ${path.slice(root.length)} `)),
    );
    assert.deepEqual(toldPaths, different, told.join('\n'));
    assert.ok(
      told.every((sentence) => /: (?:icacls|attrib|\$item =) /.test(sentence)),
      told.join('\n'),
    );
    return isNew ? 'after' : 'before';
  }

  /** The next function mends what was left, and comes to its own end. */
  async assertMends(found: 'before' | 'after', name: KilledFunction): Promise<void> {
    await this.#finish(found === 'before' ? name : other(name));
    const { webConfig, root } = this.machine.folder;
    const bytes = await readFile(webConfig);
    const isRaised = (found === 'before') === (name === 'Set-WsusBotLimit');
    assert.ok(bytes.equals(isRaised ? this.#raised : this.#low));
    assert.deepEqual(await this.#different({ bytes, sddl: trustedInstaller.sddl, readOnly: true }), []);
    assert.deepEqual(await readdir(dirname(webConfig)), ['Web.config']);
    const data = join(root, 'ProgramData');
    assert.deepEqual(await readdir(data), ['WsusBot']);
    assert.deepEqual((await readdir(join(data, 'WsusBot'))).sort(), ['acting.lock', 'backups']);
    const backup = backupNameOf(this.#changeId);
    assert.deepEqual((await readdir(join(data, 'WsusBot/backups'))).sort(), [backup, `${backup}.json`]);
    const { activity } = await this.#report();
    assert.deepEqual(activity, { ok: true, running: null, interrupted: null });
  }

  #newcomer(): ModuleProcess {
    return new ModuleProcess(this.machine.practice, this.#layers);
  }

  /** The next one starts while this one works. */
  #take(): ModuleProcess {
    const process = this.#next;
    this.#next = this.#newcomer();
    return process;
  }

  /** One that has run before: else most of its time goes into its first steps. */
  async #takeWarm(): Promise<ModuleProcess> {
    const process = this.#take();
    await process.call(reportCall);
    return process;
  }

  #call(name: KilledFunction): ModuleCall {
    const [low, raised] = [sha256Of(this.#low), sha256Of(this.#raised)];
    const common = { ChangeId: this.#changeId, NotAfter: notAfter };
    const parameters =
      name === 'Set-WsusBotLimit'
        ? { ...common, Sha256Before: low, Sha256After: raised, MaxInstalledPrerequisites: 800 }
        : { ...common, Sha256Before: raised, Sha256After: low, Backup: backupNameOf(this.#changeId) };
    return { name, parameters };
  }

  async #finish(name: KilledFunction): Promise<void> {
    const answer = await this.#surgeon.call(this.#call(name));
    assert.ok(answer !== 'killed' && answer.result !== undefined, JSON.stringify(answer));
    const schema = name === 'Set-WsusBotLimit' ? applyResultSchema : restoreResultSchema;
    const result = schema.parse(JSON.parse(answer.result));
    assert.ok(result.outcome !== 'refused', answer.result);
    assert.deepEqual(result.leftDifferent, []);
  }

  async #report() {
    const answer = await this.#surgeon.call(reportCall);
    assert.ok(answer !== 'killed' && answer.result !== undefined, JSON.stringify(answer));
    return reportSchema.parse(JSON.parse(answer.result));
  }

  /** Which of the file's names are not as they have to be. */
  async #different(look: FileLook): Promise<string[]> {
    const { webConfig } = this.machine.folder;
    const payload = { sddl: trustedInstaller.sddl, readOnly: true };
    const different: string[] = [];
    for (const [path, wanted] of [
      [webConfig, look],
      [this.machine.payload, payload],
    ] as const) {
      const { sddl } = await this.machine.securityOf(path);
      const readOnly = ((await stat(path)).mode & 0o222) === 0;
      if (sddl !== wanted.sddl || readOnly !== wanted.readOnly) different.push(path);
    }
    return different;
  }
}

const other = (name: KilledFunction): KilledFunction =>
  name === 'Set-WsusBotLimit' ? 'Restore-WsusBotBackup' : 'Set-WsusBotLimit';
