import { secretWord } from './sample-words.ts';

/** Looks at every line of the bot's log: each tells a code, and nothing of what was sent. */
export interface LogJudge {
  /** How often each code came. */
  readonly codes: Readonly<Record<string, number>>;
  readonly judge: (line: string) => void;
}

/** The level of events in pino. */
const info = 30;

export const logJudge = (complain: (what: string) => void): LogJudge => {
  const codes: Record<string, number> = {};
  return {
    codes,
    judge: (line) => {
      if (line.toLowerCase().includes(secretWord)) complain(`the log quotes: ${line}`);
      const entry = entryOf(line);
      if (entry === undefined) complain(`printed: ${line}`);
      if (entry === undefined || entry.level === info) return;
      if (typeof entry.code !== 'string') complain(`the log has an error without a code: ${line}`);
      const code = String(entry.code);
      codes[code] = (codes[code] ?? 0) + 1;
    },
  };
};

const entryOf = (line: string): { readonly level?: unknown; readonly code?: unknown } | undefined => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};
