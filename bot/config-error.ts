import { CodedError } from '../remote/coded-error.ts';
import { type BotErrorCode, botErrors } from './bot-error.ts';

/** One thing that is wrong, with its place in the YAML file when it has one. Lines and columns count from 1. */
export interface ConfigProblem {
  readonly line?: number;
  readonly column?: number;
  /** 'bot.listen.port is "abc"; expected: a whole number from 1 to 65535' */
  readonly text: string;
}

/** The configuration cannot be used. `problems` lists everything that is wrong, in file order. */
export class ConfigError extends CodedError {
  declare readonly code: BotErrorCode;
  /** Path of the file as it was given. */
  readonly file: string;
  readonly problems: readonly ConfigProblem[];

  constructor(
    code: BotErrorCode,
    details: {
      /** "reading wsus-bot.yaml" */
      readonly doing: string;
      readonly file: string;
      readonly problems?: readonly ConfigProblem[];
      readonly cause?: unknown;
    },
  ) {
    const { reason, remedy } = botErrors[code];
    super(code, { doing: details.doing, reason, remedy, cause: details.cause });
    this.name = 'ConfigError';
    this.file = details.file;
    this.problems = details.problems ?? [];
  }
}
