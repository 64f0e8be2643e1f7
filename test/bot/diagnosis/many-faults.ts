import { serverLine } from './samples.ts';

/** Constructed: a server's log of many faults, each of its own client, one every `seconds`. */
export function* faults(count: number, seconds = 1): Generator<string> {
  const start = Date.UTC(2026, 10, 1);
  for (let number = 1; number <= count; number += 1) {
    const time = new Date(start + number * seconds * 1000).toISOString().replace('T', ' ').replace('Z', '');
    yield serverLine({ time, id: number, client: 1_000_000 + number });
  }
}
