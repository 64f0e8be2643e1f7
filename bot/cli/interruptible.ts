import { RemoteError } from '../../remote/remote-error.ts';

/**
 * Runs what only reads, so that Ctrl-C stops it: the first one aborts the signal, and when the task has let go of its servers, or was given
 * the time for it, this throws remote.stopped. The second ends the program at once, as ever.
 * @param doing "reading wsus01"
 * @param patience how long a server may take to end what it does for us, milliseconds
 * @param interrupts who emits SIGINT
 */
export async function interruptible<T>(
  doing: string,
  task: (signal: AbortSignal) => Promise<T>,
  patience = 5_000,
  interrupts: Pick<NodeJS.EventEmitter, 'once' | 'off'> = process,
): Promise<T> {
  const interrupt = new AbortController();
  const { signal } = interrupt;
  const stopped = () => new RemoteError('remote.stopped', { doing, outcome: 'unknown' });
  const impatience = Promise.withResolvers<never>();
  let timer: NodeJS.Timeout | undefined;
  const onInterrupt = () => {
    interrupt.abort();
    timer = setTimeout(() => impatience.reject(stopped()), patience);
  };
  interrupts.once('SIGINT', onInterrupt);
  try {
    return await Promise.race([task(signal), impatience.promise]);
  } catch (error) {
    throw signal.aborted ? stopped() : error;
  } finally {
    clearTimeout(timer);
    interrupts.off('SIGINT', onInterrupt);
  }
}
