import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { HostFault } from '../../../remote/practice/misbehaviour.ts';
import { findPowershell, powershellMissing } from '../../../remote/practice/powershell/find-powershell.ts';
import { startPowershellPracticeHost } from '../../../remote/practice/powershell/powershell-practice-host.ts';
import { makePracticeFolder, type PracticeFolder } from '../../../remote/practice/practice-folder.ts';
import type { PracticeHost } from '../../../remote/practice/practice-host.ts';
import { practiceServers } from '../../../remote/practice/practice-servers.ts';

const security = z.object({ owner: z.string(), sddl: z.string() });
export type FileSecurity = z.infer<typeof security>;

/** The practice Windows of a server whose limit is too low, without its WinRM front. */
export class PracticeMachine {
  readonly folder: PracticeFolder;
  /** The folder that WSUS_BOT_PRACTICE names. */
  readonly practice: string;
  /** The other name of Web.config: its payload in WinSxS. */
  readonly payload: string;
  readonly #host: PracticeHost;
  readonly #address: string;

  private constructor(folder: PracticeFolder, host: PracticeHost, address: string) {
    this.folder = folder;
    this.practice = join(folder.root, 'practice');
    this.payload = join(
      folder.root,
      'Windows/WinSxS/amd64_updateservices-webservices-client_31bf3856ad364e35_10.0.20348.1_none/Web.config',
    );
    this.#host = host;
    this.#address = address;
  }

  static async start(): Promise<PracticeMachine> {
    const powershell = findPowershell();
    const spec = practiceServers.find(({ state }) => state === 'limit-too-low');
    if (powershell === undefined || spec === undefined) throw new Error(powershellMissing);
    const parent = await mkdtemp(join(tmpdir(), 'wsus-bot-machine-'));
    const folder = await makePracticeFolder(spec, 4812, new Date(), parent);
    const host = await startPowershellPracticeHost({
      spec,
      folder,
      powershell,
      extraModules: [],
      workerPid: 4812,
      now: () => new Date(),
      wait: () => Promise.resolve(),
      restartMilliseconds: 0,
    });
    const machine = z
      .object({ address: z.string() })
      .parse(JSON.parse(await readFile(join(folder.root, 'practice/machine.json'), 'utf8')));
    return new PracticeMachine(folder, host, machine.address);
  }

  async securityOf(path: string): Promise<FileSecurity> {
    return security.parse(await this.#call('security', { path }));
  }

  async setSecurity(path: string, sddl: string): Promise<void> {
    await this.#call('set-security', { path, sddl });
  }

  async setFaults(faults: readonly HostFault[]): Promise<void> {
    this.#host.setFaults(faults, await readFile(this.folder.webConfig).catch(() => undefined));
  }

  async close(): Promise<void> {
    await this.#host.close();
    await rm(dirname(this.folder.root), { recursive: true, force: true });
  }

  async #call(name: string, input: unknown): Promise<unknown> {
    const answer = await fetch(`${this.#address}/${name}`, {
      method: 'POST',
      headers: { connection: 'close' },
      body: JSON.stringify(input),
    });
    return answer.json();
  }
}
