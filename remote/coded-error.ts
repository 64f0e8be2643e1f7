/** What is known about the call that ended in an error: it surely did not run, the server answered no, or nobody can tell. */
export type Outcome = 'not-sent' | 'refused' | 'unknown';

export interface CodedErrorDetails {
  /** What was being done, in the present participle: "reading web.config on wsus01". */
  readonly doing: string;
  /** Why it stopped, safe to show: "access denied". */
  readonly reason: string;
  /** What the reader can do now, one or two sentences. */
  readonly remedy: string;
  readonly outcome?: Outcome;
  readonly cause?: unknown;
}

/**
 * An error with a stable code, a text that is safe to show and a remedy. `docs/errors.md` has one row per code.
 * The message reads "{doing}: {reason}". `cause` is for the log of a developer and never shown in chat.
 */
export class CodedError extends Error {
  readonly code: string;
  readonly doing: string;
  readonly reason: string;
  readonly remedy: string;
  readonly outcome: Outcome;

  constructor(code: string, details: CodedErrorDetails) {
    super(`${details.doing}: ${details.reason}`, { cause: details.cause });
    this.name = 'CodedError';
    this.code = code;
    this.doing = details.doing;
    this.reason = details.reason;
    this.remedy = details.remedy;
    this.outcome = details.outcome ?? 'not-sent';
  }
}
