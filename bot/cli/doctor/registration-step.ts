import type { Config } from '../../config.ts';
import { missingOfBot } from '../../missing-for-serve.ts';
import { type Cloud, clouds } from '../../registration/cloud.ts';
import { signInError } from '../../registration/sign-in-error.ts';
import { connectorTokenSource, type SignInSurroundings } from '../../registration/token-source.ts';
import { hearsPeople } from '../../role.ts';

/** Whether Entra signs the bot in for Teams. `code` and `remedy` where it does not. */
export interface RegistrationStep {
  readonly ok: boolean;
  readonly text: string;
  readonly code?: string;
  readonly remedy?: string;
}

/** For one sign-in, milliseconds. */
const patience = 5_000;

/** Signs the bot in once, and drops the token. Undefined where the bot speaks with nobody, or has nothing to sign in with. */
export const registrationStep = async (
  config: Pick<Config, 'role' | 'cloud' | 'tenant' | 'bot'>,
  surroundings: SignInSurroundings,
  cloud: Cloud = clouds[config.cloud],
): Promise<RegistrationStep | undefined> => {
  const fetchToken = connectorTokenSource(config, cloud, surroundings);
  // The ids of the example are nobody's.
  const isNamed = fetchToken !== undefined && missingOfBot(config).length === 0;
  if (!hearsPeople(config.role) || !isNamed) return undefined;
  const by = credentialOf(config.bot);
  try {
    await fetchToken(AbortSignal.timeout(patience));
    return { ok: true, text: `Entra signs the bot in for Teams, by its ${by} (cloud ${config.cloud})` };
  } catch (error) {
    const { code, reason, remedy } = signInError(error);
    return { ok: false, text: `signing in for Teams, by the bot's ${by}: ${reason}`, code, remedy };
  }
};

const credentialOf = ({ type, certificate }: Config['bot']): string => {
  if (type === 'UserAssignedMsi') return 'managed identity';
  return certificate === undefined ? 'client secret' : 'certificate';
};

const day = 24 * 60 * 60_000;
/** Days in which somebody has to put another certificate in its place. */
const noticeDays = 30;

/** What can be said of the registration without asking anybody: a certificate that runs out, a line. */
export const registrationWarnings = (
  { bot: { certificate } }: Pick<Config, 'bot'>,
  now: Date,
): readonly string[] => {
  const validUntil = certificate?.validUntil;
  if (validUntil === undefined) return [];
  const days = Math.floor((validUntil.getTime() - now.getTime()) / day);
  if (days >= noticeDays) return [];
  const date = validUntil.toISOString().slice(0, 10);
  return [
    days < 0
      ? `the certificate of the registration ran out on ${date}: put another one in its place (bot.certificate)`
      : `the certificate of the registration runs out on ${date}: put another one in its place by then (bot.certificate)`,
  ];
};
