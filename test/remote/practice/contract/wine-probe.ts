import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { openSession, type RemoteSession } from '../../../../remote/remote-session.ts';
import type { ServerTarget } from '../../../../remote/wsus-server.ts';

type Parameters = Readonly<Record<string, string | number | boolean>>;

/** What a call of the engine came to: its value, or the innermost error. `code` is empty unless the module gave one. */
const outcome = z.union([
  z.object({ value: z.unknown() }),
  z.object({ error: z.object({ type: z.string(), code: z.string(), text: z.string() }) }),
]);
export type Outcome = z.infer<typeof outcome>;

const proof = z.object({
  isWindows: z.boolean(),
  platform: z.string(),
  square: z.string(),
  sha256: z.string(),
  fromRegistry: z.string(),
  sessions: z.number(),
  processId: z.number(),
});
const seenFile = z.object({ linkType: z.string(), attributes: z.string(), text: z.string() });

/** The module beside the shipped one, with what the tests ask for. */
export const probeModule = {
  path: fileURLToPath(new URL('WineProbe.psm1', import.meta.url)),
  functions: [
    'Get-EngineProof',
    'Invoke-ShippedFunction',
    'Move-AsWindowsPowerShell',
    'Use-WindowsPowerShellMove',
    'Wait-WithOpenFile',
    'Set-RegistryText',
    'Get-RegistryText',
    'Stop-PracticeService',
    'Get-FileAsWindowsSeesIt',
  ],
} as const;

const callOf = (doing: string) => ({ doing, deadline: Date.now() + 60_000 });

/** A session with the engine in which the probe's functions, and the module's, are called. */
export class WineProbe {
  readonly #session: RemoteSession;

  private constructor(session: RemoteSession) {
    this.#session = session;
  }

  static async open(target: ServerTarget): Promise<WineProbe> {
    return new WineProbe(await openSession(target, {}, callOf('opening the probe')));
  }

  close(): Promise<void> {
    return this.#session.close(callOf('closing the probe'));
  }

  /** The JSON value that a function answers. */
  async call(name: string, parameters: Parameters, onProgress?: () => void): Promise<unknown> {
    const { output } = await this.#session.invoke({ ...callOf(name), name, parameters, onProgress });
    return JSON.parse(output.join(''));
  }

  async proof(number: number): Promise<z.infer<typeof proof>> {
    return proof.parse(await this.call('Get-EngineProof', { Number: number }));
  }

  /** A function of the shipped module, also when the practice layer hides it. */
  async shipped(name: string, ...args: readonly unknown[]): Promise<Outcome> {
    const parameters = { Name: name, Arguments: JSON.stringify(args) };
    return outcome.parse(await this.call('Invoke-ShippedFunction', parameters));
  }

  async moveAsWindowsPowerShell(From: string, To: string): Promise<Outcome> {
    return outcome.parse(await this.call('Move-AsWindowsPowerShell', { From, To }));
  }

  async registryText(Path: string, Name: string): Promise<Outcome> {
    return outcome.parse(await this.call('Get-RegistryText', { Path, Name }));
  }

  async file(Path: string): Promise<z.infer<typeof seenFile>> {
    return seenFile.parse(await this.call('Get-FileAsWindowsSeesIt', { Path }));
  }
}
