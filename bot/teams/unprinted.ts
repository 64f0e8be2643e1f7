import { AsyncLocalStorage } from 'node:async_hooks';

const silenced = new AsyncLocalStorage<true>();

/**
 * Does something of the Bot Framework that prints why it refuses, stack, key and all, on standard error, and throws the same:
 * what it prints is left out. Anybody could fill the log otherwise.
 */
export const unprinted = <T>(work: () => Promise<T>): Promise<T> => silenced.run(true, work);

const print = console.error;
console.error = (...args: unknown[]): void => {
  if (silenced.getStore() !== true) print.apply(console, args);
};
