import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { serverSteps } from '../../bot/cli/doctor/server-steps.ts';
import { exitCodes } from '../../bot/cli/exit-codes.ts';
import { type CliResult, runCli } from '../bot/cli/run-cli.ts';
import { folderWith } from '../bot/config-folder.ts';

/** Where a walk stopped: a step of doctor, or the configuration, and the code. */
export type Stop = readonly [step: string, code: string];

/** The machine of the bot, with somebody at its command line who follows a page. */
export class BotMachine {
  readonly folder: string;
  readonly #env: Record<string, string>;
  /** Where doctor stopped so far. */
  readonly stops: Stop[] = [];

  constructor(t: TestContext, env: Readonly<Record<string, string>> = {}) {
    this.folder = folderWith(t, {});
    this.#env = { ...env };
  }

  set(variable: string, value: string): void {
    this.#env[variable] = value;
  }

  /** A secret or a certificate, beside wsus-bot.yaml. */
  put(file: string, content: string | Uint8Array): void {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { mode: 0o600 });
  }

  /** wsus-bot.yaml. JSON is YAML. */
  configure(config: object): void {
    this.put('wsus-bot.yaml', JSON.stringify(config));
  }

  /** A block of shell from the page. @returns what it wrote @throws Error when it ends badly */
  bash(script: string, typed = '', env: Readonly<Record<string, string>> = {}): string {
    const options = {
      cwd: this.folder,
      env: { ...this.#env, ...env },
      input: typed,
      encoding: 'utf8',
    } as const;
    return execFileSync('/bin/bash', ['--norc', '-e', '-c', script], options);
  }

  run(command: 'doctor' | 'check', server: string): Promise<CliResult> {
    return runCli([command, server], { cwd: this.folder, env: this.#env });
  }

  /** Doctor stops there: what is before has passed, what is behind was not tried, and a next step is named. */
  async stopsAt(server: string, ...[step, code]: Stop): Promise<void> {
    const result = await this.run('doctor', server);
    const said = `${result.stdout}${result.stderr}`;
    assert.ok(said.includes(`(${code})`), said);
    assert.match(said, /^ +Next: \S/m);
    if (step === 'configuration') {
      assert.equal(result.code, exitCodes.configuration, said);
    } else {
      const index = [...serverSteps, ''].indexOf(step);
      assert.deepEqual(
        marksIn(result.stdout),
        serverSteps.map((one, at) => `${at < index ? '✓' : at === index ? '✕' : '○'} ${one}`),
        said,
      );
      assert.equal(result.code, exitCodes.serverNotUsable, said);
    }
    this.stops.push([step, code]);
  }

  /** Doctor passes every step, and check reads the server. @returns what doctor said */
  async isGreen(server: string): Promise<string> {
    const doctor = await this.run('doctor', server);
    assert.deepEqual(
      marksIn(doctor.stdout),
      serverSteps.map((step) => `✓ ${step}`),
      doctor.stdout,
    );
    assert.equal(doctor.code, exitCodes.fine, doctor.stdout);
    assert.doesNotMatch(doctor.stdout, /✕/);
    const check = await this.run('check', server);
    assert.equal(check.code, exitCodes.fine, `${check.stdout}${check.stderr}`);
    assert.match(check.stdout, new RegExp(`^✓ Healthy · ${server}\n`));
    return doctor.stdout;
  }
}

/** The marks of the steps, "✓ name", as they stand below the server. */
const marksIn = (stdout: string): string[] =>
  [...stdout.matchAll(/^ {2}([✓✕!○]) ([a-z-]+) {2,}\S/gm)].map(([, mark, step]) => `${mark} ${step}`);
