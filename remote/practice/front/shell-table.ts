import { ProtocolError } from '../../protocol-error.ts';
import { isGuid } from '../../psrp/guid.ts';
import { commandShellUri, endpointUri, stopPipelineCode, terminateCode } from '../../winrm/actions.ts';
import type { ShellRequest } from '../../winrm/server-envelope.ts';
import type { Engine } from '../engine.ts';
import { calledFunction } from './called-function.ts';
import type { CommandShellTable } from './command-shell-table.ts';
import type { PracticeAccount } from './ntlm-acceptor.ts';
import { Shell } from './shell.ts';
import { type Caller, fault, ownerOf, type Reply, respond } from './shell-reply.ts';

export interface ShellTableSettings {
  /** The session configurations by their names in lower case, each with the engine behind it. */
  readonly endpoints: ReadonlyMap<string, Engine>;
  readonly now: () => Date;
  /** Shells that one user may have open at once. */
  readonly shellsPerUser: number;
  /** How long an answer with output is held back for the end of its command, so that a quick function needs one Receive. */
  readonly settleMilliseconds: number;
  /** Undefined: the machine has no command shell. */
  readonly commandShells?: CommandShellTable | undefined;
}

export interface ShellCount {
  readonly open: number;
  readonly most: number;
}

type Operation<Name extends ShellRequest['operation']> = Extract<ShellRequest, { operation: Name }>;

/** Windows' own session configuration, as the keys of the endpoints write it. */
const defaultEndpoint = 'microsoft.powershell';
const idleDefault = 7_200_000;
const operationDefault = 60_000;
const envelopeDefault = 153_600;
const envelopeOverhead = 4_096;

/** The shells of one front: answers each operation of the shell protocol with a response or a fault (MS-WSMV 3.1.4). */
export class ShellTable {
  readonly #settings: ShellTableSettings;
  readonly #shells = new Map<string, { readonly shell: Shell; usedAt: number }>();
  #most = 0;

  constructor(settings: ShellTableSettings) {
    this.#settings = settings;
  }

  /** The function that a request's pipeline calls, when it is known. */
  functionOf(request: ShellRequest): string | undefined {
    if (request.operation === 'command') return calledFunction(request.fragments);
    return 'commandId' in request
      ? this.#entry(request.shellId)?.shell.functionOf(request.commandId)
      : undefined;
  }

  async answer(request: ShellRequest, caller: Caller): Promise<Reply> {
    const { commandShells } = this.#settings;
    if (commandShells !== undefined && request.resourceUri === commandShellUri)
      return commandShells.answer(request, caller);
    const endpoint = this.#endpointOf(request);
    if (endpoint === undefined) return fault('unknownEndpoint');
    if (!mayUse(endpoint.name, caller.account)) return fault('accessDenied');
    if (request.operation === 'create') return this.#create(request, endpoint.engine, caller);
    const entry = this.#entry(request.shellId);
    if (entry === undefined) return fault('unknownShell');
    if (entry.shell.owner !== ownerOf(caller)) return fault('accessDenied');
    entry.usedAt = this.#settings.now().getTime();
    try {
      return await this.#operate(entry.shell, request, caller);
    } catch (error) {
      if (error instanceof ProtocolError) return fault('schema');
      throw error;
    }
  }

  /** Waits until a command has run to its end, however long that takes. */
  async untilEnded(shellId: string, commandId: string, gone: AbortSignal): Promise<void> {
    await this.#entry(shellId)?.shell.outputOf(commandId)?.untilEnd(Number.POSITIVE_INFINITY, gone);
  }

  /** How many there are, without those whose idle time is over; and the most that there were at once. */
  count(): ShellCount {
    this.#closeIdle();
    return { open: this.#shells.size, most: this.#most };
  }

  /** Ends every shell with what it is doing; their clients are not told. */
  break(): void {
    for (const { shell } of this.#shells.values()) shell.break();
    this.#shells.clear();
  }

  close(): void {
    this.#settings.commandShells?.close();
    for (const { shell } of this.#shells.values()) shell.close();
    this.#shells.clear();
  }

  #endpointOf({ resourceUri }: ShellRequest) {
    const uri = resourceUri.toLowerCase();
    for (const [name, engine] of this.#settings.endpoints) {
      if (uri === endpointUri(name).toLowerCase()) return { name, engine };
    }
    return undefined;
  }

  #entry(shellId: string) {
    return this.#shells.get(shellId.toLowerCase());
  }

  async #operate(
    shell: Shell,
    request: Exclude<ShellRequest, Operation<'create'>>,
    caller: Caller,
  ): Promise<Reply> {
    switch (request.operation) {
      case 'command':
        if (!isGuid(request.commandId) || request.fragments.length === 0 || shell.has(request.commandId))
          return fault('schema');
        shell.start(request.commandId, calledFunction(request.fragments), request.fragments);
        return respond({ operation: 'command', commandId: request.commandId });
      case 'send':
        if (request.stream !== 'stdin' && request.stream !== 'pr') return fault('schema');
        if (request.commandId !== '' && !shell.has(request.commandId)) return fault('unknownShell');
        shell.feed(request.commandId, request.data);
        return respond({ operation: 'send' });
      case 'receive':
        return this.#receive(shell, request, caller);
      case 'signal':
        if (!shell.has(request.commandId)) return fault('unknownShell');
        if (request.code !== stopPipelineCode && request.code !== terminateCode) return fault('schema');
        shell.signal(request.commandId);
        return respond({ operation: 'signal' });
      case 'delete':
        this.#shells.delete(shell.id.toLowerCase());
        shell.close();
        return respond({ operation: 'delete' });
    }
  }

  #create(request: Operation<'create'>, engine: Engine, caller: Caller): Reply {
    const { now, shellsPerUser } = this.#settings;
    const id = request.wantedShellId;
    const asksForPowerShell = /^2\.\d$/.test(request.options.get('protocolversion') ?? '');
    const streamsFit = request.inputStreams === 'stdin pr' && request.outputStreams === 'stdout';
    if (!isGuid(id) || !asksForPowerShell || !streamsFit || this.#entry(id) !== undefined)
      return fault('schema');
    this.#closeIdle();
    const owner = ownerOf(caller);
    const open = [...this.#shells.values()].filter(({ shell }) => shell.owner === owner);
    if (open.length >= shellsPerUser) return fault('shellQuota');
    try {
      const shell = new Shell(engine, {
        id,
        owner,
        idleMilliseconds: request.idleTimeout ?? idleDefault,
        creationFragments: request.creationFragments,
        onEnded: () => this.#shells.delete(id.toLowerCase()),
      });
      this.#shells.set(id.toLowerCase(), { shell, usedAt: now().getTime() });
      this.#most = Math.max(this.#most, this.#shells.size);
    } catch (error) {
      if (error instanceof ProtocolError) return fault('schema');
      throw error;
    }
    return respond({ operation: 'create', shellId: id, resourceUri: request.resourceUri });
  }

  async #receive(shell: Shell, request: Operation<'receive'>, { gone }: Caller): Promise<Reply> {
    const { commandId } = request;
    const output = shell.outputOf(commandId);
    if (request.streams !== 'stdout') return fault('schema');
    if (output === undefined) return fault('unknownShell');
    await output.untilOutput(request.operationTimeout ?? operationDefault, gone);
    if (output.empty && !output.ended) return fault('timedOut');
    if (commandId !== '') await output.untilEnd(this.#settings.settleMilliseconds, gone);
    if (output.broken) return fault('aborted');
    // Output that nobody is there to take stays for the next Receive.
    if (gone.aborted) return fault('timedOut');
    const streams = output.take((request.maxEnvelopeSize ?? envelopeDefault) - envelopeOverhead);
    if (commandId === '') {
      return output.ended && streams.length === 0
        ? fault('unknownShell')
        : respond({ operation: 'receive', commandId, streams });
    }
    const done = output.ended && output.empty;
    if (done) shell.forget(commandId);
    return respond({ operation: 'receive', commandId, streams, state: done ? 'done' : 'running' });
  }

  #closeIdle(): void {
    const now = this.#settings.now().getTime();
    for (const [id, { shell, usedAt }] of this.#shells) {
      if (now - usedAt < shell.idleMilliseconds) continue;
      this.#shells.delete(id);
      shell.close();
    }
  }
}

/** Windows lets administrators alone into its own session configuration, unless it was told otherwise. */
function mayUse(endpoint: string, account: PracticeAccount): boolean {
  return endpoint === defaultEndpoint ? account.isAdministrator : account.mayUseEndpoint;
}
