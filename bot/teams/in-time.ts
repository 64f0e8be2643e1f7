/** The outcome of `work`, or after so many milliseconds the error that `late` makes; the work then goes on unheard. */
export const inTime = <T>(work: Promise<T>, milliseconds: number, late: () => Error): Promise<T> => {
  const signal = AbortSignal.timeout(milliseconds);
  const tooLate = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(late()), { once: true });
  });
  return Promise.race([work, tooLate]);
};
