import { sendModule } from './agentless.ts';
import { functionNames, reportSchema } from './contract.ts';
import { readFunctionAnswer } from './function-answer.ts';
import { reportParameters } from './function-parameters.ts';
import { type OpenPool, openPool } from './open-pool.ts';
import type { PipelineEnd } from './psrp/runspace-pool.ts';
import type { TransportCall } from './psrp/transport.ts';
import { RemoteError } from './remote-error.ts';
import type { RemoteDependencies } from './remote-session.ts';
import type { Seen } from './trial-seen.ts';
import type { ServerTarget } from './wsus-server.ts';

/** How long the server may hold the Receive that has nothing to say, milliseconds. */
const quietTime = 2_000;
/** For every single thing that is tried, milliseconds. */
const tryTimeout = 60_000;
const report = (brief: boolean) => ({ name: functionNames.report, parameters: reportParameters({ brief }) });

/** One session on which things are tried one after the other; each method answers what it saw. */
export class Trial {
  readonly #target: ServerTarget;
  readonly #dependencies: RemoteDependencies;
  readonly #now: () => number;
  readonly #signal: AbortSignal | undefined;
  #open: OpenPool | undefined;
  #requests = 0;
  /** Kept for what depends on it: nothing can be tried on a session that does not open. */
  #broken: RemoteError | undefined;

  /** @param signal aborted when nobody wants to know any more: what is under way is stopped, and nothing more is tried */
  constructor(target: ServerTarget, dependencies: RemoteDependencies, signal?: AbortSignal) {
    this.#target = target;
    this.#signal = signal;
    this.#now = dependencies.now ?? Date.now;
    this.#dependencies = {
      ...dependencies,
      onRequest: () => {
        this.#requests += 1;
        dependencies.onRequest?.();
      },
    };
  }

  open() {
    return this.#see('opening a session', async (call) => {
      const since = this.#now();
      const open = await this.#opened(call);
      return {
        milliseconds: this.#now() - since,
        receives: open.pool.receivesToOpen,
        protocolVersion: open.pool.protocolVersion,
      };
    });
  }

  load() {
    return this.#see('sending the module', async (call) => {
      const since = this.#now();
      const { pool } = await this.#opened(call);
      await sendModule(pool, call);
      return { milliseconds: this.#now() - since };
    });
  }

  silence() {
    return this.#see('waiting on a quiet session', async (call) => {
      const since = this.#now();
      const { transport } = await this.#opened(call);
      const { data } = await transport.receive(undefined, { ...call, operationTimeout: quietTime });
      return { milliseconds: this.#now() - since, isEmpty: data.length === 0 };
    });
  }

  report() {
    return this.#see('reading', async (call) => {
      const { pool } = await this.#opened(call);
      const since = this.#now();
      const before = this.#requests;
      const result = await pool.invoke({ ...call, ...report(false), signal: this.#signal });
      const milliseconds = this.#now() - since;
      const read = readFunctionAnswer(reportSchema, result, call.doing);
      return {
        report: read,
        characters: result.output[0]?.length ?? 0,
        milliseconds,
        requests: this.#requests - before,
        clockDifference: outsideOf(Date.parse(read.readAt), since, since + milliseconds),
      };
    });
  }

  brief() {
    return this.#see('reading in brief', async (call) => {
      const since = this.#now();
      await this.#readInBrief(call);
      return { milliseconds: this.#now() - since };
    });
  }

  refusal(what: string, attempt: (open: OpenPool, call: TransportCall) => Promise<PipelineEnd>) {
    return this.#see(`trying ${what}`, async (call) => {
      const end = await attempt(await this.#opened(call), call);
      return {
        isRefused: end.how === 'failed',
        errorId: end.how === 'completed' ? '' : (end.failure?.fullyQualifiedErrorId ?? ''),
      };
    });
  }

  stop() {
    return this.#see('stopping a report', async (call) => {
      const { pool, transport } = await this.#opened(call);
      const { how } = await pool.runCommand(report(false), call, (id) => transport.stop(id, call));
      const answersAfter = await this.#readInBrief(call).then(
        () => true,
        (error: unknown) => {
          if (error instanceof RemoteError) return false;
          throw error;
        },
      );
      return { how, answersAfter };
    });
  }

  delete() {
    return this.#seeAlways('deleting the shell', async (call) => {
      const since = this.#now();
      const open = this.#isUnwanted ? this.#open : await this.#opened(call);
      await open?.pool.close(call);
      return { milliseconds: this.#now() - since };
    });
  }

  end(): void {
    this.#open?.destroy();
    this.#open = undefined;
  }

  get #isUnwanted(): boolean {
    return this.#signal?.aborted === true;
  }

  async #readInBrief(call: TransportCall): Promise<void> {
    const { pool } = await this.#opened(call);
    readFunctionAnswer(
      reportSchema,
      await pool.invoke({ ...call, ...report(true), signal: this.#signal }),
      call.doing,
    );
  }

  #see<T>(doing: string, look: (call: TransportCall) => Promise<T>): Promise<Seen<T>> {
    return this.#seeAlways(doing, (call) => {
      if (this.#isUnwanted)
        throw new RemoteError('remote.stopped', { doing: call.doing, outcome: 'not-sent' });
      return look(call);
    });
  }

  async #seeAlways<T>(doing: string, look: (call: TransportCall) => Promise<T>): Promise<Seen<T>> {
    const call = {
      doing: `${doing} on ${this.#target.name}`,
      deadline: this.#now() + tryTimeout,
    };
    try {
      if (this.#broken !== undefined) throw this.#broken;
      return { ok: true, ...(await look(call)) };
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      if (error.code !== 'remote.function-failed' && error.code !== 'remote.stopped') this.#broken = error;
      return { ok: false, error };
    }
  }

  async #opened(call: TransportCall) {
    this.#open ??= await openPool(this.#target, this.#dependencies, call);
    return this.#open;
  }
}

/** How far a time lies before or after a span; 0 within it. */
function outsideOf(time: number, from: number, to: number): number {
  return time < from ? time - from : Math.max(0, time - to);
}
