import { inTime } from '../in-time.ts';
import { emptyGuid } from '../psrp/guid.ts';
import type { PsrpTransport, ReceivedData, TransportCall } from '../psrp/transport.ts';
import { RemoteError } from '../remote-error.ts';
import { timeLeft } from '../time-left.ts';
import { Inbox } from './inbox.ts';
import {
  type Delivery,
  type PowershellCommand,
  PowershellProcess,
  type ProcessEnd,
} from './powershell-process.ts';

export interface StdioTransportOptions {
  readonly command: PowershellCommand;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds that a Receive waits when its call names no time of its own. */
  readonly operationTimeout: number;
  /** Called for every element that is sent. */
  readonly onRequest?: (() => void) | undefined;
}

/** Of one pipeline, in bytes: far more than any function answers. */
const mostOutput = 64 * 1024 * 1024;

/** PSRP over the standard input and output of a PowerShell on this machine: one process, one pool. */
export class StdioTransport implements PsrpTransport {
  readonly #options: StdioTransportOptions;
  #process: PowershellProcess | undefined;
  #isOpen = false;
  #end: ProcessEnd | undefined;
  /** What came of the pool (the empty GUID) and of each pipeline that was not given up. */
  readonly #inboxes = new Map([[emptyGuid, new Inbox(mostOutput)]]);

  constructor(options: StdioTransportOptions) {
    this.#options = options;
  }

  async open(_poolId: string, creationFragments: Buffer, call: TransportCall): Promise<void> {
    this.#process = new PowershellProcess(this.#options.command, {
      data: (id, fragments) => this.#inboxes.get(id)?.put(fragments),
      ended: (end) => {
        this.#end = end;
        for (const inbox of this.#inboxes.values()) inbox.wake();
      },
    });
    await this.#send('Data', emptyGuid, call, creationFragments);
    this.#isOpen = true;
  }

  async command(pipelineId: string, firstFragment: Buffer, call: TransportCall): Promise<void> {
    this.#inboxes.set(pipelineId, new Inbox(mostOutput));
    try {
      // A pipeline without its data has nothing to run yet.
      await this.#send('Command', pipelineId, call, undefined, 'not-sent');
      await this.#send('Data', pipelineId, call, firstFragment);
    } catch (error) {
      this.#inboxes.delete(pipelineId);
      throw error;
    }
  }

  send(pipelineId: string | undefined, fragment: Buffer, call: TransportCall): Promise<void> {
    return this.#send('Data', pipelineId ?? emptyGuid, call, fragment);
  }

  async receive(pipelineId: string | undefined, call: TransportCall): Promise<ReceivedData> {
    const inbox = this.#inboxes.get(pipelineId ?? emptyGuid);
    if (inbox === undefined) throw new TypeError('this pipeline was given up');
    const left = timeLeft(call, this.#options.now(), 'unknown');
    if (inbox.isEmpty && this.#end === undefined)
      await inbox.filled(Math.min(left, call.operationTimeout ?? this.#options.operationTimeout));
    if (inbox.isTooMuch) {
      throw new RemoteError('remote.broken-answer', {
        doing: call.doing,
        detail: `more than ${mostOutput} bytes`,
        outcome: 'unknown',
      });
    }
    // What came before the end still counts: the pipeline's own end may be in it.
    const data = inbox.take();
    if (data.length === 0 && this.#end !== undefined) throw this.#endError(call, 'unknown');
    return { data, done: false };
  }

  stop(pipelineId: string, call: TransportCall): Promise<void> {
    return this.#send('Signal', pipelineId, call);
  }

  async signal(pipelineId: string, call: TransportCall): Promise<void> {
    this.#inboxes.delete(pipelineId);
    await this.#send('Close', pipelineId, call);
  }

  async close(call: TransportCall): Promise<void> {
    try {
      await this.#send('Close', emptyGuid, call);
    } finally {
      this.destroy();
    }
  }

  /** Ends the process at once. */
  destroy(): void {
    this.#process?.kill();
  }

  async #send(
    kind: 'Data' | 'Command' | 'Signal' | 'Close',
    id: string,
    call: TransportCall,
    data?: Buffer,
    written: 'not-sent' | 'unknown' = 'unknown',
  ): Promise<void> {
    const timeout = timeLeft(call, this.#options.now(), 'not-sent');
    if (this.#process === undefined) throw new TypeError('the transport is not open');
    this.#options.onRequest?.();
    // Not known in time is written: it may be on its way.
    const delivery = await inTime<Delivery>(this.#process.send(kind, id, data), timeout, () => 'written');
    if (delivery === 'acknowledged') return;
    const outcome = delivery === 'not-written' ? 'not-sent' : written;
    if (this.#end !== undefined) throw this.#endError(call, outcome);
    throw new RemoteError('remote.timed-out', { doing: call.doing, outcome });
  }

  #endError({ doing }: TransportCall, outcome: 'not-sent' | 'unknown'): RemoteError {
    const { reason, errorText } = this.#end ?? { reason: '', errorText: '' };
    const serverText = errorText === '' ? {} : { serverText: errorText };
    return this.#isOpen
      ? new RemoteError('remote.connection-lost', {
          doing,
          detail: `the PowerShell on this machine ended: ${reason}`,
          ...serverText,
          outcome,
        })
      : new RemoteError('remote.local-powershell', {
          doing,
          detail: reason,
          ...serverText,
          outcome: 'not-sent',
        });
  }
}
