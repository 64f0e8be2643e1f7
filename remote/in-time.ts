/** What a task brings, or after so many milliseconds what `late` answers or throws; the task then goes on unheard. */
export async function inTime<T>(task: Promise<T>, milliseconds: number, late: () => T): Promise<T> {
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, milliseconds);
  try {
    return await Promise.race([task, over.promise.then(late)]);
  } finally {
    clearTimeout(timer);
  }
}
