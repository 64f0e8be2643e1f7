import { terminateCode } from '../../winrm/actions.ts';
import type { ShellRequest } from '../../winrm/server-envelope.ts';
import type { StartCommandLine } from '../command-line.ts';
import { CommandShell } from './command-shell.ts';
import { type Caller, fault, ownerOf, type Reply, respond } from './shell-reply.ts';

export interface CommandShellSettings {
  readonly start: StartCommandLine;
  /** In upper case. */
  readonly newGuid: () => string;
  readonly settleMilliseconds: number;
}

type Operation<Name extends ShellRequest['operation']> = Extract<ShellRequest, { operation: Name }>;

const operationDefault = 60_000;
const streamRoom = 100_000;

/**
 * The command shells of one front, resource `…/windows/shell/cmd` (MS-WSMV 3.1.4.1.30 and following), as far as clients need them that send one
 * command and read its output: no input, no arguments beside the command line.
 */
export class CommandShellTable {
  readonly #settings: CommandShellSettings;
  readonly #shells = new Map<string, CommandShell>();

  constructor(settings: CommandShellSettings) {
    this.#settings = settings;
  }

  async answer(request: ShellRequest, caller: Caller): Promise<Reply> {
    // Windows lets administrators alone run commands.
    if (!caller.account.isAdministrator) return fault('accessDenied');
    if (request.operation === 'create') return this.#create(request, caller);
    const shell = this.#shells.get(request.shellId.toUpperCase());
    if (shell === undefined) return fault('unknownShell');
    if (shell.owner !== ownerOf(caller)) return fault('accessDenied');
    switch (request.operation) {
      case 'command': {
        const commandId = this.#settings.newGuid();
        shell.start(commandId, request.command);
        return respond({ operation: 'command', commandId });
      }
      case 'receive':
        return this.#receive(shell, request, caller);
      case 'signal':
        if (shell.outputOf(request.commandId) === undefined) return fault('unknownShell');
        if (request.code !== terminateCode) return fault('schema');
        shell.terminate(request.commandId);
        return respond({ operation: 'signal' });
      case 'send':
        return fault('schema');
      case 'delete':
        this.#shells.delete(request.shellId.toUpperCase());
        shell.close();
        return respond({ operation: 'delete' });
    }
  }

  close(): void {
    for (const shell of this.#shells.values()) shell.close();
    this.#shells.clear();
  }

  #create(request: Operation<'create'>, caller: Caller): Reply {
    if (request.inputStreams !== 'stdin' || request.outputStreams !== 'stdout stderr') return fault('schema');
    const { start, newGuid } = this.#settings;
    const shellId = newGuid();
    this.#shells.set(shellId, new CommandShell(ownerOf(caller), start));
    return respond({ operation: 'create', shellId, resourceUri: request.resourceUri });
  }

  async #receive(shell: CommandShell, request: Operation<'receive'>, { gone }: Caller): Promise<Reply> {
    const { commandId } = request;
    const output = shell.outputOf(commandId);
    if (request.streams !== 'stdout stderr') return fault('schema');
    if (output === undefined) return fault('unknownShell');
    await output.untilSome(request.operationTimeout ?? operationDefault, gone);
    await output.out.untilEnd(this.#settings.settleMilliseconds, gone);
    const streams = output.out.take(streamRoom);
    const errors = output.error.take(streamRoom);
    const { exitCode, hasEnded } = output;
    if (streams.length + errors.length === 0 && !hasEnded) return fault('timedOut');
    return respond({
      operation: 'receive',
      commandId,
      streams,
      errors,
      ...(hasEnded ? { state: 'done', exitCode: exitCode ?? 0 } : { state: 'running' }),
    });
  }
}
