import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A loopback port that nobody listens on. Taken from below the range that systems give out by themselves, so that no other program gets
 * it by chance while it is in use as a closed port.
 */
export async function unusedPort(): Promise<number> {
  for (let port = first; port < end; port++) {
    if (await isFree(port)) return port;
  }
  throw new Error(`looking for an unused port: none between ${first} and ${end}`);
}

const first = 20_000;
const end = 20_100;

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const failed = new Promise<boolean>((resolve) => server.once('error', () => resolve(false)));
  const listening = once(server, 'listening').then(() => true);
  server.listen(port, '127.0.0.1');
  const free = await Promise.race([failed, listening.catch(() => false)]);
  server.close();
  return free;
}
