/** A bearer token, and when it runs out, milliseconds of the epoch. */
interface AccessToken {
  readonly value: string;
  readonly expiresAt: number;
}

/** Fetches a new token. Throws a SignInError, or what `fetch` throws. */
export type FetchToken = (signal: AbortSignal) => Promise<AccessToken>;

export interface AccessTokens {
  /** The kept token, or a new one. */
  get(signal: AbortSignal): Promise<string>;
  /** The kept token was refused: the next call fetches a new one. */
  forget(): void;
}

const restBeforeEnd = 5 * 60_000;

/** Keeps a token until five minutes before its end; who asks while one is being fetched waits for that one. */
export const keepToken = (fetchToken: FetchToken, now: () => Date): AccessTokens => {
  let kept: AccessToken | undefined;
  let fetching: Promise<AccessToken> | undefined;

  const renew = async (signal: AbortSignal): Promise<AccessToken> => {
    fetching ??= fetchToken(signal).finally(() => {
      fetching = undefined;
    });
    kept = await fetching;
    return kept;
  };

  return {
    get: async (signal) => {
      if (kept !== undefined && now().getTime() < kept.expiresAt - restBeforeEnd) return kept.value;
      return (await renew(signal)).value;
    },
    forget: () => {
      kept = undefined;
    },
  };
};
