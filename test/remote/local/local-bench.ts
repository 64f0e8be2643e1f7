import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PowershellCommand } from '../../../remote/local/powershell-process.ts';
import type { Powershell } from '../../../remote/practice/powershell/find-powershell.ts';
import { powershellCommand } from '../../../remote/practice/powershell/powershell-command.ts';
import type { PracticeServer } from '../../../remote/practice/practice-server.ts';
import type { LocalPowershellTarget } from '../../../remote/wsus-server.ts';

const standIn = fileURLToPath(new URL('StandIn.psm1', import.meta.url));

/**
 * A real PowerShell in the place of that of a Windows machine. Its New-PSSession reaches practice servers on the engine `powershell`: PowerShell
 * starts `ssh`, which here is a script that becomes the process behind the endpoint, restricted as JEA restricts it.
 */
export class LocalBench {
  readonly #folder = mkdtempSync(join(tmpdir(), 'wsus-bot-local-'));
  readonly #powershell: Powershell;

  constructor(powershell: Powershell, servers: readonly PracticeServer[]) {
    this.#powershell = powershell;
    mkdirSync(join(this.#folder, 'home'));
    writeFileSync(this.log, '');
    writeFileSync(
      join(this.#folder, 'local.pssc'),
      [
        '@{',
        "SchemaVersion = '2.0.0.0'",
        "GUID = '0b8e3f5e-5c6b-4d0f-9f0e-7d4f0f3f8c11'",
        "SessionType = 'Default'",
        `ModulesToImport = '${standIn}'`,
        '}',
      ].join('\n'),
    );
    this.#writeSsh(servers);
  }

  /** How the bot is to start it. `more` goes into its environment. */
  command(more: Readonly<Record<string, string>> = {}): PowershellCommand {
    const { file, args } = this.#powershell;
    const configuration = join(this.#folder, 'local.pssc');
    return {
      file,
      args: [...args, '-NoLogo', '-NoProfile', '-ConfigurationFile', configuration, '-s'],
      env: {
        ...this.#env(),
        PATH: `${this.#folder}${delimiter}${process.env.PATH ?? ''}`,
        STAND_IN_LOG: this.log,
        STAND_IN_TEXT: 'no.',
        ...more,
      },
    };
  }

  /** The same PowerShell as it is: without WinRM, and without anything in its place. */
  bareCommand(): PowershellCommand {
    const { file, args } = this.#powershell;
    return { file, args: [...args, '-s', '-NoLogo', '-NoProfile'], env: this.#env() };
  }

  target({ name, target }: PracticeServer, endpoint = target.endpoint): LocalPowershellTarget {
    return { name, host: name, port: 5985, endpoint, transport: 'local-powershell', tls: false };
  }

  /** What New-PSSession was asked for, call by call. */
  get asked(): readonly Readonly<Record<string, unknown>>[] {
    const lines = readFileSync(this.log, 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
  }

  /** Where it is written down; in the environment of the local PowerShell, too. */
  get log(): string {
    return join(this.#folder, 'asked');
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #env(): Record<string, string> {
    const { PATH = '', DOTNET_ROOT } = process.env;
    return {
      PATH,
      ...(DOTNET_ROOT === undefined ? {} : { DOTNET_ROOT }),
      HOME: join(this.#folder, 'home'),
      DOTNET_EnableDiagnostics: '0',
      POWERSHELL_TELEMETRY_OPTOUT: '1',
      POWERSHELL_UPDATECHECK: 'Off',
    };
  }

  /** One that knows each endpoint of each server. PowerShell calls it with `<endpoint>.<server>` in lower case. */
  #writeSsh(servers: readonly PracticeServer[]): void {
    const cases = servers.flatMap(({ name, folder }) =>
      ['WsusBot', 'Microsoft.PowerShell'].map((endpoint) => {
        const practice = join(folder.root, 'practice');
        const { file, args, env } = powershellCommand(
          this.#powershell,
          join(practice, `${endpoint}.pssc`),
          practice,
        );
        const variables = Object.entries(env).map(([key, value]) => `${key}=${value}`);
        const words = ['env', '-i', ...variables, file, ...args].map(quoted).join(' ');
        return `*" ${endpoint.toLowerCase()}.${name} "*) exec ${words} ;;`;
      }),
    );
    const path = join(this.#folder, 'ssh');
    writeFileSync(path, ['#!/bin/sh', 'case " $* " in', ...cases, 'esac', 'exit 255', ''].join('\n'));
    chmodSync(path, 0o755);
  }
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
