/** Does something again and again, with a pause in between, until `end`; never twice at a time. */
export const repeat = (
  work: () => Promise<void>,
  every: number,
  onTrouble: (error: unknown) => void,
): { end(): Promise<void> } => {
  let ended = false;
  let timer: NodeJS.Timeout | undefined;
  let working = Promise.resolve();
  const wait = (): void => {
    timer = setTimeout(() => {
      working = work()
        .catch(onTrouble)
        .then(() => {
          if (!ended) wait();
        });
    }, every);
  };
  wait();
  return {
    end: async () => {
      ended = true;
      clearTimeout(timer);
      await working;
    },
  };
};
