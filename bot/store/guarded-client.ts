import { setTimeout as pause } from 'node:timers/promises';
import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';
import type { CommitMark, CommitMarks } from './commit-marks.ts';
import { postgresFailure } from './postgres-failure.ts';
import { beginTransaction, isCommitted } from './postgres-transaction.ts';

type Result = PostgresQueryResult<unknown>;

export interface GuardedClientOptions {
  /** A connection of the pool. */
  readonly connect: () => Promise<pg.PoolClient>;
  /** How many connections the pool may hold: so many can have died at one moment. */
  readonly poolSize: number;
  readonly marks: CommitMarks;
  /** How long to find out what became of a COMMIT whose answer was lost, milliseconds. */
  readonly settleFor: number;
}

/**
 * One connection of the pool as Kysely uses it, from checkout to release. Adds what a store of decisions needs:
 * failures with a code and a remedy, the first of a transaction instead of its echo; the truth about a COMMIT whose answer
 * was lost; and a living connection when the one from the pool had died before anything was done on it.
 */
export class GuardedClient implements PostgresPoolClient {
  readonly #options: GuardedClientOptions;
  #client: pg.PoolClient | undefined;
  #mark: CommitMark | undefined;
  #inTransaction = false;
  /** Of this transaction, or of the connection when that is broken: whatever follows answers with it. */
  #failure: Error | undefined;
  #broken = false;
  #touched = false;

  /** Throws what `connect` throws. */
  static async open(options: GuardedClientOptions): Promise<GuardedClient> {
    return new GuardedClient(options, await options.connect());
  }

  private constructor(options: GuardedClientOptions, client: pg.PoolClient) {
    this.#options = options;
    this.#client = client;
  }

  query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query(
    text: string | PostgresCursor<unknown>,
    parameters: readonly unknown[] = [],
  ): Promise<Result> | PostgresCursor<unknown> {
    // Kysely asks for a cursor only when its dialect was given one.
    if (typeof text !== 'string') throw new TypeError('asking PostgreSQL: this client has no cursors');
    return this.#query(text, parameters);
  }

  async #query(text: string, parameters: readonly unknown[]): Promise<Result> {
    if (this.#failure !== undefined && (this.#broken || text !== 'rollback')) throw this.#failure;
    try {
      return await this.#send(text, parameters);
    } catch (error) {
      return await this.#failed(text, error);
    } finally {
      if (text === 'commit' || text === 'rollback') this.#inTransaction = false;
      if (text === 'rollback' && !this.#broken) this.#failure = undefined;
    }
  }

  release(): void {
    this.#client?.release(this.#broken);
    this.#client = undefined;
    this.#giveMarkBack();
  }

  #giveMarkBack(): void {
    // Of a broken connection the transaction may still be on its way to an end.
    if (this.#mark !== undefined && !this.#broken) this.#options.marks.giveBack(this.#mark);
    this.#mark = undefined;
  }

  async #send(text: string, parameters: readonly unknown[]): Promise<Result> {
    const mayRepeat = !this.#touched && (text === 'begin' || isRead(text));
    this.#touched = true;
    for (let spare = mayRepeat ? this.#options.poolSize : 0; ; spare--) {
      try {
        return await this.#sendOnce(text, parameters);
      } catch (error) {
        if (spare === 0 || !hadDied(error)) throw error;
        this.#client?.release(true);
        this.#client = undefined;
        this.#client = await this.#options.connect();
      }
    }
  }

  async #sendOnce(text: string, parameters: readonly unknown[]): Promise<Result> {
    if (this.#client === undefined) throw new Error('the connection was given back');
    if (text !== 'begin') return resultOf(await this.#client.query(text, [...parameters]));
    this.#giveMarkBack();
    this.#mark = this.#options.marks.take();
    await beginTransaction(this.#client, this.#mark);
    this.#inTransaction = true;
    return { command: 'SELECT', rowCount: 0, rows: [] };
  }

  /** Throws what the caller may be told; returns when the transaction is committed all the same. */
  async #failed(text: string, thrown: unknown): Promise<Result> {
    const doing = isRead(text) ? 'reading the store' : 'writing to the store';
    const alone = !this.#inTransaction && text !== 'begin' && !isRead(text);
    const sent = wasSent(thrown);
    const { error, broken } = postgresFailure(thrown, doing, alone && sent ? 'unknown' : 'not-sent');
    // A BEGIN that waited in vain for the write lock leaves a transaction behind that Kysely does not know of.
    this.#broken = broken || text === 'begin';
    if (this.#broken || this.#inTransaction) this.#failure = error;
    if (!broken || !sent || text !== 'commit') throw error;
    const committed = await this.#wasCommitted();
    if (committed === true) return { command: 'COMMIT', rowCount: 0, rows: [] };
    this.#failure = postgresFailure(thrown, doing, committed === false ? 'not-sent' : 'unknown').error;
    throw this.#failure;
  }

  /** Undefined when nobody can tell in time. */
  async #wasCommitted(): Promise<boolean | undefined> {
    const mark = this.#mark;
    if (mark === undefined) return undefined;
    const over = AbortSignal.timeout(this.#options.settleFor);
    while (!over.aborted) {
      try {
        const client = await this.#options.connect();
        try {
          return await isCommitted(client, mark);
        } finally {
          // Whatever state it is in: this is rare, and a new one is cheap.
          client.release(true);
        }
      } catch {
        await pause(retryEvery);
      }
    }
    return undefined;
  }
}

/** While PostgreSQL starts again, milliseconds. */
const retryEvery = 100;

const isRead = (text: string): boolean => text.startsWith('select');

/** pg's words for a connection that was known to be dead before the statement: it never left this machine. */
const wasSent = (error: unknown): boolean =>
  !(error instanceof Error && /is not queryable$/.test(error.message));

/** A dead connection answers at once; one that is silent until a time is over may be an overloaded server. */
const hadDied = (error: unknown): boolean =>
  postgresFailure(error, '').broken && !(error instanceof Error && error.message === 'Query read timeout');

const resultOf = ({ command, rowCount, rows }: pg.QueryResult): Result => ({
  command: command as Result['command'],
  rowCount: rowCount ?? 0,
  rows,
});
