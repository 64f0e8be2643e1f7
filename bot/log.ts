import { pino } from 'pino';
import { CodedError } from '../remote/coded-error.ts';

/** The bot's own log, JSON lines on standard error. It takes facts about what was done, never text that people pasted. */
export interface Log {
  event(name: string, facts?: Readonly<Record<string, string | number | boolean>>): void;
  trouble(doing: string, error: unknown): void;
}

export const createLog = (level: 'info' | 'warn' | 'silent' = 'info'): Log => {
  const logger = pino({ name: 'wsus-bot', level, base: null }, pino.destination({ fd: 2, sync: true }));
  return {
    event: (name, facts = {}) => logger.info(facts, name),
    trouble: (doing, error) => logger.warn(safeFacts(error), doing),
  };
};

/** Code and our own words of a coded error; of any other its kind and place in the code, for its text may quote anything. */
const safeFacts = (error: unknown): Record<string, unknown> => {
  if (error instanceof CodedError) {
    return { code: error.code, doing: error.doing, reason: error.reason, cause: placeOf(error.cause) };
  }
  return placeOf(error) ?? { kind: typeof error };
};

const placeOf = (error: unknown): { kind: string; code?: string; stack: string[] } | undefined => {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    kind: error.name,
    ...(code === undefined ? {} : { code }),
    stack: placesIn(error),
  };
};

/** The lines of the stack behind the message, which may hold lines that look like them. */
const placesIn = ({ stack = '', message }: Error): string[] => {
  const at = stack.indexOf(message);
  if (at === -1) return [];
  return stack
    .slice(at + message.length)
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8);
};
