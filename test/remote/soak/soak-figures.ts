/** What a soak came to, counted as it goes on. */
export class SoakFigures {
  /** What must not be, each with what was going on. */
  readonly wrong: string[] = [];
  answered = 0;
  /** How often with which code. */
  readonly refused: Record<string, number> = {};
  /** Timed out with a patient reader and nothing that kept an answer back. */
  readonly late: string[] = [];
  /** Milliseconds after its deadline that a call ended, at most. */
  longestPastDeadline = 0;
  /** How often each fault and each event was drawn. */
  readonly drawn: Record<string, number> = {};
  requests = 0;
  milliseconds = 0;
  /** TCP connections: in all, the most at once, the most that were left at rest. */
  readonly sockets = { opened: 0, most: 0, left: 0 };
  /** At the servers: at the end, by clients that vanish then, a minute later by their clocks, and the most of one server at once by its quota. */
  shells: {
    readonly left: number;
    readonly leftByVanished: number;
    readonly leftAfterAMinute: number;
    readonly most: readonly { readonly quota: number; readonly most: number }[];
  } = { left: 0, leftByVanished: 0, leftAfterAMinute: 0, most: [] };
  /** Bytes that are needed at rest, after each round. */
  readonly memory: number[] = [];

  get checks(): number {
    return this.answered + this.allRefused;
  }

  get allRefused(): number {
    return Object.values(this.refused).reduce((sum, count) => sum + count, 0);
  }

  refuse(code: string): void {
    this.refused[code] = (this.refused[code] ?? 0) + 1;
  }

  draw(what: string): void {
    this.drawn[what] = (this.drawn[what] ?? 0) + 1;
  }
}
