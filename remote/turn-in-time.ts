/**
 * Waits so many milliseconds at most for the turn of a task: then it ends with `late()`, and the task is never begun. One that has begun is
 * waited for, however long it takes.
 * @param queue begins the task when its turn has come
 */
export async function turnInTime<T>(
  queue: (task: () => Promise<T>) => Promise<T>,
  task: () => Promise<T>,
  milliseconds: number,
  late: () => Error,
): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    reject(late());
  }, milliseconds);
  const begin = async () => {
    if (isLate) throw late();
    clearTimeout(timer);
    return task();
  };
  try {
    return await Promise.race([queue(begin), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
