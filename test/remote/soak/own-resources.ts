import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readdirSync, readlinkSync } from 'node:fs';
import type { Socket } from 'node:net';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What this process has open, apart from what it had when this was made. */
export class OwnResources {
  readonly #before = counted();
  readonly #onSocket = (message: unknown) => this.#count((message as { socket: Socket }).socket);
  #open = 0;
  /** TCP connections begun in all, and the most at once. */
  opened = 0;
  mostAtOnce = 0;

  constructor() {
    // Otherwise what belongs to compiled code comes and goes as it is used.
    setFlagsFromString('--no-flush-bytecode');
    subscribe('net.client.socket', this.#onSocket);
  }

  /** Kinds of which there is more than before, and how many more. Empty when nothing is left. */
  left(): ReadonlyMap<string, number> {
    const more = Object.entries(counted()).map(
      ([kind, count]) => [kind, count - (this.#before[kind] ?? 0)] as const,
    );
    return new Map(more.filter(([, count]) => count > 0));
  }

  stop(): void {
    unsubscribe('net.client.socket', this.#onSocket);
  }

  #count(socket: Socket): void {
    this.opened += 1;
    this.#open += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#open);
    socket.once('close', () => {
      this.#open -= 1;
    });
  }
}

function counted(): Record<string, number> {
  const counts: Record<string, number> = { sockets: openSockets() };
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** As the kernel sees it. */
function openSockets(): number {
  const folder = '/proc/self/fd';
  return readdirSync(folder).filter((name) => {
    try {
      return readlinkSync(`${folder}/${name}`).startsWith('socket:');
    } catch {
      // The descriptor that the folder itself was read with.
      return false;
    }
  }).length;
}

/** Of the heap, what holds objects. The rest holds compiled code, which grows until everything was compiled once. */
const objectSpaces = ['new_space', 'old_space', 'new_large_object_space', 'large_object_space'];

/** Bytes of objects that are still needed, with what lies outside of the heap. */
export function neededMemory(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // Twice: the first one runs finalizers whose memory only the second one gives back.
  collect();
  collect();
  const objects = getHeapSpaceStatistics().filter(({ space_name }) => objectSpaces.includes(space_name));
  return objects.reduce((sum, space) => sum + space.space_used_size, process.memoryUsage().external);
}
