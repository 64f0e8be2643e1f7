import { join } from 'node:path';
import { z } from 'zod';
import type { HostFaults } from '../host/host-faults.ts';
import type { PracticeIis } from '../host/practice-iis.ts';
import type { PracticeSite } from '../practice-sites.ts';
import { appcmd } from './appcmd.ts';
import type { FileSecurityTable } from './file-security-table.ts';

/** The machine behind the PowerShell layer: what only Windows has and what changes. */
export interface Machine {
  /** The folder that stands for the system drive. */
  readonly root: string;
  readonly iis: PracticeIis;
  readonly faults: HostFaults;
  readonly security: FileSecurityTable;
  /** Empty when no WSUS is installed. */
  readonly sites: readonly PracticeSite[];
  /** A path of this machine as the engine writes it, and back. */
  readonly pathOf: (path: string) => string;
  readonly pathFrom: (path: string) => string;
}

/** The answer of a call, or why windows.ps1 would throw: a code of its own, or 'access-denied'. */
export type MachineAnswer =
  | Readonly<Record<string, unknown>>
  | { readonly refused: { readonly code: string; readonly text: string } };

const file = z.object({ path: z.string() });
const refused = (code: string, text: string): MachineAnswer => ({ refused: { code, text } });

const calls: Readonly<
  Record<string, (machine: Machine, input: unknown) => MachineAnswer | Promise<MachineAnswer>>
> = {
  appcmd: async (machine, input) => {
    const { arguments: args } = z.object({ arguments: z.array(z.string()) }).parse(input);
    const { iis, sites } = machine;
    if (sites.length === 0) return refused('iis-tools-missing', 'asking IIS: appcmd.exe is not there');
    const { exitCode, output } = await appcmd(args, iis, sites, (path) => onDisk(machine, path));
    // appcmd answers 1 when a list is empty.
    if (exitCode !== 0 && !(args[0] === 'list' && exitCode === 1)) {
      return refused('iis-not-readable', `appcmd ${args.join(' ')}: exit code ${exitCode} ${output}`);
    }
    return { output };
  },
  iisreset: async ({ iis }) => {
    await iis.restart('IISReset');
    return {};
  },
  process: ({ iis }, input) => {
    const { id } = z.object({ id: z.number() }).parse(input);
    return { startedAt: iis.worker?.pid === id ? iis.worker.startedAt : null };
  },
  security: ({ security, pathFrom }, input) => ({ ...security.of(pathFrom(file.parse(input).path)) }),
  'set-security': ({ security, faults, pathFrom }, input) => {
    const { path, sddl } = file.extend({ sddl: z.string() }).parse(input);
    const keepsOwner = faults.has('owner-not-put-back') && /[\\/]Web\.config$/.test(path);
    if (keepsOwner && !sddl.startsWith('O:BA')) return refused('access-denied', ownerRefused(path));
    security.set(pathFrom(path), sddl);
    return {};
  },
  'grant-access': ({ security, pathFrom }, input) => {
    security.grant(pathFrom(file.parse(input).path));
    return {};
  },
  'hard-links': ({ security, pathOf, pathFrom }, input) => ({
    paths: security.namesOf(pathFrom(file.parse(input).path)).map(pathOf),
  }),
};

/** Answers one call of the layer. @throws ZodError, or what the file system throws */
export async function callMachine(machine: Machine, call: string, input: unknown): Promise<MachineAnswer> {
  const made = calls[call];
  if (made === undefined) throw new Error(`asking the practice machine: ${call} is no call`);
  return made(machine, input);
}

const ownerRefused = (path: string): string =>
  `icacls.exe ${path} /setowner: exit code 5 ${path}: Access is denied.`;

/** Where a folder of the server, as it names it itself, is on this machine's disk, as the engine writes it. */
function onDisk({ root, pathOf }: Machine, path: string): string {
  return pathOf(join(root, path.replace(/^C:\\/, '').replaceAll('\\', '/')));
}
