import { inspect } from 'node:util';
import { connectWsusServer } from '../../../remote/connect-wsus-server.ts';
import type { Report } from '../../../remote/contract.ts';
import { RemoteError } from '../../../remote/remote-error.ts';
import type { RemoteDependencies } from '../../../remote/remote-session.ts';
import type { WsusServer } from '../../../remote/wsus-server.ts';
import type { Random } from '../../bot/diagnosis/fuzz/random.ts';
import { type DrawnCheck, type DrawnReading, drawCheck } from './drawn-check.ts';
import { answersNobody, fittingCodes, holdsUp } from './fitting-codes.ts';
import type { ServerEvent, SoakServer } from './practice-orders.ts';
import type { PracticeServersApart } from './practice-servers-apart.ts';
import { type Beginning, ServerTruth } from './server-truth.ts';
import type { SoakFigures } from './soak-figures.ts';

type End = { readonly report: Report } | { readonly error: unknown };

export interface LaneSettings {
  readonly server: SoakServer;
  readonly practice: PracticeServersApart;
  readonly figures: SoakFigures;
  readonly random: Random;
  readonly times: Pick<RemoteDependencies, 'operationTimeout' | 'answerMargin' | 'idleTimeout'>;
  /** Milliseconds after its deadline in which a call must have ended. */
  readonly grace: number;
}

/** One server, the client that the bot keeps for it, and its checks one after the other. */
export class SoakLane {
  readonly #settings: LaneSettings;
  readonly #truth: ServerTruth;
  readonly #kept: WsusServer;
  /** A reader who never gives up, as that of a chat usually is. */
  readonly reader = new AbortController();
  /** A call does not end: those behind it would not, either. */
  isStuck = false;
  /** Checks so far. */
  done = 0;
  /** What happens at which request of the check. */
  #due = new Map<number, (() => void)[]>();
  #requests = 0;

  constructor(settings: LaneSettings) {
    this.#settings = settings;
    this.#truth = new ServerTruth(settings.server);
    this.#kept = this.#connect();
  }

  /** What lets nobody in is soon known. */
  get weight(): number {
    return answersNobody(this.#settings.server.state) ? 1 : 4;
  }

  /** Before the first check. */
  prepare(): Promise<void> {
    return this.#truth.change();
  }

  async check(): Promise<void> {
    const { server, practice, random, figures } = this.#settings;
    const check = drawCheck(random);
    const { fault, event, changeAt } = check;
    this.#due = new Map();
    this.#requests = 0;
    const around: Promise<unknown>[] = [];
    const at = (request: number, action: () => unknown) =>
      this.#at(request, () => around.push(Promise.resolve(action())));
    await practice.tell(server.name, { kind: 'misbehave', rules: fault === undefined ? [] : [fault.rule] });
    if (event?.at === 0) await this.#happen(event.event);
    else if (event !== undefined) at(event.at, () => this.#happen(event.event));
    if (changeAt === 0) await this.#truth.change();
    const began = this.#truth.begin();
    if (changeAt !== undefined && changeAt > 0) at(changeAt, () => this.#truth.change());
    if (fault !== undefined) figures.draw(fault.name);
    const client = check.isCold ? this.#connect() : this.#kept;
    await Promise.all(check.readings.map((reading) => this.#read(client, check, reading, began)));
    if (check.isCold && !this.isStuck) await client.close();
    await Promise.all(around);
    this.done += check.readings.length;
  }

  /** Ends with a session open: what would delete its shell is lost on the way. */
  async vanish(): Promise<void> {
    if (this.isStuck) return;
    const { server, practice } = this.#settings;
    const rules = [{ on: 'Delete', misdeed: { kind: 'drop-before-executing' } }] as const;
    await practice.tell(server.name, { kind: 'misbehave', rules });
    await this.#kept.report({ brief: true }).catch(() => undefined);
    await this.#kept.close();
  }

  async #read(client: WsusServer, check: DrawnCheck, reading: DrawnReading, began: Beginning): Promise<void> {
    const { server, figures, grace } = this.#settings;
    const { brief, deadline, givesUpAt } = reading;
    const { signal } = givesUpAt === undefined ? this.reader : this.#givesUp(givesUpAt);
    const ends = performance.now() + deadline;
    const call: Promise<End> = client.report({ brief, deadline, signal }).then(
      (report) => ({ report }),
      (error: unknown) => ({ error }),
    );
    const end = await within(call, deadline + grace);
    figures.longestPastDeadline = Math.max(figures.longestPastDeadline, performance.now() - ends);
    const said = { name: server.name, ...check, reading };
    const about = () => inspect(said, { depth: 4, breakLength: Infinity });
    const wrong = this.#judge(end, check, reading, began);
    if (wrong !== undefined) figures.wrong.push(`${wrong} in ${about()}`);
    if (isLate(end) && !holdsUp(check, reading)) figures.late.push(about());
  }

  /** Counts an end, and answers what is wrong with it. */
  #judge(
    end: End | 'too late',
    check: DrawnCheck,
    reading: DrawnReading,
    began: Beginning,
  ): string | undefined {
    const { server, figures, grace } = this.#settings;
    if (end === 'too late') {
      this.isStuck = true;
      return `no end ${grace} ms after the deadline`;
    }
    if ('report' in end) {
      figures.answered += 1;
      if (answersNobody(server.state)) return 'a server that lets nobody in has answered';
      return this.#truth.wrongIn(end.report, began, reading.brief);
    }
    const { error } = end;
    if (!(error instanceof RemoteError)) return inspect(error);
    figures.refuse(error.code);
    const fits = fittingCodes(server.state, check, reading).has(error.code);
    return fits ? undefined : `${error.code} (${error.message})`;
  }

  #connect(): WsusServer {
    const { server, times, figures } = this.#settings;
    const { target, name } = server;
    const isBasic = name.startsWith('basic');
    const how = isBasic ? ({ auth: 'basic', account: { ...target.account, domain: '' } } as const) : {};
    return connectWsusServer(
      { ...target, ...how },
      {
        ...times,
        onRequest: () => {
          figures.requests += 1;
          this.#requests += 1;
          for (const action of this.#due.get(this.#requests) ?? []) action();
        },
      },
    );
  }

  #at(request: number, action: () => void): void {
    this.#due.set(request, [...(this.#due.get(request) ?? []), action]);
  }

  #givesUp(request: number): AbortController {
    const reader = new AbortController();
    if (request === 0) reader.abort();
    else this.#at(request, () => reader.abort());
    return reader;
  }

  #happen(event: ServerEvent): Promise<unknown> {
    const { server, practice, figures } = this.#settings;
    figures.draw(event);
    return practice.tell(server.name, { kind: 'event', event });
  }
}

function isLate(end: End | 'too late'): boolean {
  return (
    end !== 'too late' &&
    'error' in end &&
    end.error instanceof RemoteError &&
    end.error.code === 'remote.timed-out'
  );
}

/** What comes, or that it did not come in so many milliseconds. */
async function within<T>(call: Promise<T>, milliseconds: number): Promise<T | 'too late'> {
  const late = Promise.withResolvers<'too late'>();
  const timer = setTimeout(() => late.resolve('too late'), milliseconds);
  try {
    return await Promise.race([call, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
