import { resolve } from 'node:path';
import type { BotConfig } from './config.ts';
import type { Report } from './config-groups.ts';
import type { ConfigFile } from './config-schema.ts';
import { secretFromEnvironment } from './config-secrets.ts';
import type { SecretSources } from './config-servers.ts';
import { type Certificate, readCertificate } from './registration/certificate.ts';
import type { Secret } from './secret.ts';

const secretName = 'WSUS_BOT_APP_PASSWORD';

/**
 * The block `bot:` with its secret or its key. Reports what the schema alone cannot see: parts that do not go together, and
 * what cannot be read.
 */
export function readBot({ bot }: ConfigFile, { env, folder }: SecretSources, report: Report): BotConfig {
  reportWrongMix(bot, report);
  const password = env && readSecret(report, env);
  if (password !== undefined) reportNeedlessSecret(bot, report);
  return {
    ...bot,
    appId: bot.appId?.toLowerCase(),
    otherTenants: bot.otherTenants.map((id) => id.toLowerCase()),
    password,
    certificate: env && bot.certificate && readKey(bot.certificate, folder, report),
  };
}

function reportWrongMix({ type, certificate, otherTenants }: ConfigFile['bot'], report: Report): void {
  if (type === 'UserAssignedMsi' && certificate !== undefined) {
    report(
      ['bot', 'certificate'],
      'bot.certificate is set, but a managed identity (bot.type UserAssignedMsi) has no certificate; take it out, or change bot.type',
    );
  }
  if (type !== 'MultiTenant' && otherTenants.length > 0) {
    report(
      ['bot', 'otherTenants'],
      `bot.otherTenants is set, but a registration of type ${type} works in its own tenant alone; take it out, or change bot.type`,
    );
  }
}

function reportNeedlessSecret({ type, certificate }: ConfigFile['bot'], report: Report): void {
  if (type === 'UserAssignedMsi') {
    report([], `${secretName} is set, but a managed identity (bot.type UserAssignedMsi) has no password`);
  } else if (certificate !== undefined) {
    report(['bot', 'certificate'], `bot.certificate and ${secretName} are both set; one of them is expected`);
  }
}

function readSecret(report: Report, env: NonNullable<SecretSources['env']>): Secret | undefined {
  const answer = secretFromEnvironment(secretName, env);
  if ('secret' in answer) return answer.secret;
  report([], answer.problem);
  return undefined;
}

function readKey(
  { thumbprint, keyFile }: NonNullable<ConfigFile['bot']['certificate']>,
  folder: string,
  report: Report,
): Certificate | undefined {
  const answer = readCertificate(thumbprint, resolve(folder, keyFile));
  if ('certificate' in answer) return answer.certificate;
  report(['bot', 'certificate', 'keyFile'], answer.problem);
  return undefined;
}
