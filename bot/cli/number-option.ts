import { UsageError } from './usage-error.ts';

/** The whole number from 1 that an option gives. Throws a UsageError for other text. */
export const numberOption = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new UsageError(`--${name} expects a number from 1, not ${text}`);
  return Number(text);
};
