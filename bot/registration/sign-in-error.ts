import { CodedError } from '../../remote/coded-error.ts';

/** Why the bot got no token of its own: one row per code, the same rows as in docs/errors.md. */
export const signInErrors = {
  'sign-in.refused': {
    reason: 'Entra did not sign the bot in',
    remedy: 'Look up the AADSTS number. Check tenant, bot.appId, cloud and the secret or certificate.',
  },
  'sign-in.no-identity': {
    reason: 'the managed identity of this host gave no token',
    remedy: 'Assign the user-assigned identity whose client id is bot.appId to this host.',
  },
  'sign-in.unreachable': {
    reason: 'the sign-in cannot be reached',
    remedy: 'Let this host reach it over HTTPS, port 443 (docs/configuration.md, "The registration").',
  },
  'sign-in.broken-answer': {
    reason: 'the sign-in answered with something else than expected',
    remedy: 'Check "cloud", and whether a proxy answers in its place.',
  },
} as const;

type SignInErrorCode = keyof typeof signInErrors;

/** What an administrator can do about the refusals that are met most often (Microsoft Entra, "AADSTS error codes"). */
const remedies: Readonly<Record<number, string>> = {
  90002: 'There is no such tenant in this cloud: check "tenant" and "cloud".',
  700016: 'That tenant has no such application: check bot.appId and "tenant".',
  700027: 'Upload the certificate to the registration (Certificates & secrets), or correct bot.certificate.',
  7000215: 'Put the value of a client secret into WSUS_BOT_APP_PASSWORD, not its id.',
  7000222: 'The client secret has run out: make a new one and put its value into WSUS_BOT_APP_PASSWORD.',
};

/** The bot was not signed in. Holds no secret, and nothing that was answered but a status and a number. */
export class SignInError extends CodedError {
  declare readonly code: SignInErrorCode;

  constructor(
    code: SignInErrorCode,
    details: {
      readonly reason?: string;
      /** "AADSTS7000215" without its letters. */
      readonly aadsts?: number;
      readonly cause?: unknown;
    } = {},
  ) {
    const { reason, remedy } = signInErrors[code];
    super(code, {
      doing: 'signing the bot in',
      reason: details.reason ?? reason,
      remedy: (details.aadsts === undefined ? undefined : remedies[details.aadsts]) ?? remedy,
      cause: details.cause,
    });
    this.name = 'SignInError';
  }
}

/** What `fetch` throws, with a code. */
export const signInError = (error: unknown): SignInError =>
  error instanceof SignInError ? error : new SignInError('sign-in.unreachable', { cause: error });
