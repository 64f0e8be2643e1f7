import type { Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { z } from 'zod';
import { inTime } from './in-time.ts';
import { type RequestErrorCode, RequestRefused } from './request-refused.ts';
import { unprinted } from './unprinted.ts';

/** What the Bot Framework knows of a caller whose token it accepts. */
export type Admitted = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>>;

/** How long reading the keys of the service may take, milliseconds: Teams waits 10 s for the answer to a press. */
const patience = 5_000;

const claims = z.object({ iss: z.string() });

/**
 * Checks the token of a request as the Bot Framework does: signature, issuer, audience, times, endorsement of the key, and
 * the address that the activity names. What it would take beside the tokens of the service, those of its emulator and of other
 * bots, is refused before: one of them could be a token of this bot that somebody got hold of.
 * Throws a RequestRefused.
 * @param issuer Who gives the tokens of the service.
 */
export const admit = async (
  authentication: ConfigurationBotFrameworkAuthentication,
  issuer: string,
  activity: Activity,
  authorization: string,
): Promise<Admitted> => {
  const said = claimsIn(authorization);
  if (said === undefined) throw new RequestRefused('request.token-unreadable');
  if (said.iss !== issuer) throw new RequestRefused('request.token-issuer');
  try {
    return await inTime(
      unprinted(() => authentication.authenticateRequest(activity, authorization)),
      patience,
      () => new RequestRefused('request.keys-unreachable'),
    );
  } catch (error) {
    throw error instanceof RequestRefused ? error : new RequestRefused(codeOf(error));
  }
};

/** Not verified: what the token says of itself. */
const claimsIn = (authorization: string): z.infer<typeof claims> | undefined => {
  const [, payload] = /^Bearer [\w-]+\.([\w-]+)\.[\w-]*$/.exec(authorization) ?? [];
  if (payload === undefined) return undefined;
  try {
    return claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).data;
  } catch {
    return undefined;
  }
};

/** The Bot Framework tells its refusals apart by their words alone; those decide what the log says, and nothing else. */
const codes: readonly (readonly [RegExp, RequestErrorCode])[] = [
  [/has expired/, 'request.token-expired'],
  [/^jwt not active$/, 'request.token-too-early'],
  [/Invalid AppId/, 'request.token-audience'],
  [/ServiceUrl claim/, 'request.token-address'],
  [/endorsement/, 'request.token-endorsement'],
];

const codeOf = (error: unknown): RequestErrorCode => {
  if (!(error instanceof Error)) return 'request.token-unreadable';
  if (isOfNetwork(error)) return 'request.keys-unreachable';
  const [, code] = codes.find(([words]) => words.test(error.message)) ?? [];
  return code ?? 'request.token-signature';
};

/** What reading the keys throws: of node-fetch, and of an answer that is none. */
const isOfNetwork = (error: Error): boolean =>
  error.name === 'FetchError' || ('statusCode' in error && error.statusCode === 500);
