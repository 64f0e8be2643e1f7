import type { Writable } from 'node:stream';

export interface ProgressLineOptions {
  readonly stream: NodeJS.WritableStream;
  /** Bytes of all files; undefined when nobody knows, as of a pipe. */
  readonly total: number | undefined;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
}

/** Whoever is done sooner needs no progress. */
const silence = 2_000;
const interval = 200;
const megabyte = 1_000_000;
const clear = '\r\u001b[K';

/** On a terminal, for what takes longer than two seconds, one line that is written over: percent, rate, time left. Elsewhere nothing. */
export class ProgressLine {
  readonly #options: ProgressLineOptions;
  readonly #isTerminal: boolean;
  readonly #begun: number;
  #shown = 0;

  constructor(options: ProgressLineOptions) {
    this.#options = options;
    this.#isTerminal =
      'isTTY' in options.stream && (options.stream as Writable & { isTTY?: boolean }).isTTY === true;
    this.#begun = options.now();
  }

  /** @param read Bytes of all files so far. */
  show(read: number): void {
    if (!this.#isTerminal) return;
    const { stream, total, now } = this.#options;
    const at = now();
    if (at - this.#begun < silence || at - this.#shown < interval) return;
    this.#shown = at;
    stream.write(clear + progressText(read, total, at - this.#begun));
  }

  /** Takes the line away. */
  end(): void {
    if (this.#shown > 0) this.#options.stream.write(clear);
    this.#shown = 0;
  }
}

/** "45 %, 812 MB/s, 3 s left", or without a total "9130 MB, 812 MB/s". @param elapsed Milliseconds. */
export function progressText(read: number, total: number | undefined, elapsed: number): string {
  const rate = read / (elapsed / 1000);
  const speed = `${(rate / megabyte).toFixed(0)} MB/s`;
  if (total === undefined || total === 0) return `${(read / megabyte).toFixed(0)} MB, ${speed}`;
  const percent = Math.min(100, Math.floor((read / total) * 100));
  const left = Math.max(0, total - read) / rate;
  return `${percent} %, ${speed}, ${secondsText(left)} left`;
}

function secondsText(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  const whole = Math.ceil(seconds);
  return whole < 90 ? `${whole} s` : `${Math.ceil(whole / 60)} min`;
}
