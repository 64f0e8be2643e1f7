import { randomUUID } from 'node:crypto';

/** What a transaction leaves in the table `commitMarks`, there for good when it is committed. */
export interface CommitMark {
  /** The row: of one transaction at a time. */
  readonly writer: string;
  readonly mark: number;
}

/** Hands out the marks of one process. A writer's name serves again when the end of its last transaction is known. */
export class CommitMarks {
  readonly #process = randomUUID();
  readonly #free: string[] = [];
  #writers = 0;
  #marks = 0;
  #isThere = false;

  /** The table is there: transactions are marked from now on. */
  begin(): void {
    this.#isThere = true;
  }

  take(): CommitMark | undefined {
    if (!this.#isThere) return undefined;
    this.#marks++;
    return { writer: this.#free.pop() ?? `${this.#process}.${this.#writers++}`, mark: this.#marks };
  }

  giveBack({ writer }: CommitMark): void {
    this.#free.push(writer);
  }
}
