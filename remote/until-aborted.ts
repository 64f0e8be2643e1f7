/**
 * What a task brings, or `reason()` as soon as nobody wants that any more. The task is not cut off: it hears of the signal by itself
 * and ends what it has begun, and who comes after it waits for that.
 */
export async function untilAborted<T>(
  signal: AbortSignal | undefined,
  task: Promise<T>,
  reason: () => Error,
): Promise<T> {
  if (signal === undefined) return task;
  const { promise: unwanted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(reason());
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([task, unwanted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
