/** A bearer token, and when it runs out, milliseconds of the epoch. */
interface AccessToken {
  readonly value: string;
  readonly expiresAt: number;
}

/** Fetches a new token. Throws a DirectoryTrouble, or what `fetch` throws. */
export type FetchToken = (signal: AbortSignal) => Promise<AccessToken>;

export interface AccessTokens {
  /** The kept token, or a new one. */
  get(signal: AbortSignal): Promise<string>;
  /** The kept token was refused: the next call fetches a new one. */
  forget(): void;
}

const restBeforeEnd = 5 * 60_000;

/** Keeps a token until five minutes before its end. */
export const keepToken = (fetchToken: FetchToken, now: () => Date): AccessTokens => {
  let kept: AccessToken | undefined;
  return {
    get: async (signal) => {
      if (kept === undefined || now().getTime() >= kept.expiresAt - restBeforeEnd) {
        kept = await fetchToken(signal);
      }
      return kept.value;
    },
    forget: () => {
      kept = undefined;
    },
  };
};
