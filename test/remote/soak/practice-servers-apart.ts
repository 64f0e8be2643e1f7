import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { selfSignedCertificate } from '../../kit/self-signed-certificate.ts';
import type {
  Order,
  OrderAnswer,
  OrderKind,
  PracticeReady,
  ShellCount,
  SoakServer,
} from './practice-orders.ts';

/** The practice servers of the soak, in the process that they have. */
export class PracticeServersApart {
  readonly servers: readonly SoakServer[];
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (shells: ShellCount) => void>();
  #last = 0;

  private constructor(child: ChildProcess, servers: readonly SoakServer[]) {
    this.#child = child;
    this.servers = servers;
    child.on('message', ({ id, shells }: OrderAnswer) => {
      this.#waiting.get(id)?.(shells);
      this.#waiting.delete(id);
    });
  }

  static async start(): Promise<PracticeServersApart> {
    const program = fileURLToPath(new URL('./practice-process.ts', import.meta.url));
    const child = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
    child.send(selfSignedCertificate(['localhost']));
    const [{ servers }] = (await once(child, 'message')) as [PracticeReady];
    return new PracticeServersApart(child, servers);
  }

  /** Tells the process something about a server; answers when it is done, with the shells that are there then. */
  tell(name: string, order: OrderKind): Promise<ShellCount> {
    this.#last += 1;
    const id = this.#last;
    const { promise, resolve } = Promise.withResolvers<ShellCount>();
    this.#waiting.set(id, resolve);
    this.#child.send({ ...order, id, name } satisfies Order);
    return promise;
  }

  async close(): Promise<void> {
    const exit = once(this.#child, 'exit');
    this.#child.disconnect();
    await exit;
  }
}
