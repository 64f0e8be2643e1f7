import type { Config } from './config.ts';

/** What wsus-bot.example.yaml has where an id of one's own belongs. */
export const exampleId = '00000000-0000-0000-0000-000000000000';

/**
 * What `serve` still needs, one line each with where to put it; empty when it may start. Without app id the Bot Framework
 * would accept every request, so nothing here has a way round.
 */
export function missingForServe(config: Config): string[] {
  const missing: string[] = [];
  if (config.tenant === undefined || config.tenant === exampleId) {
    missing.push('tenant: the Entra tenant id, in wsus-bot.yaml');
  }
  if (config.bot.appId === undefined || config.bot.appId === exampleId) {
    missing.push('bot.appId: the application id of the bot registration, in wsus-bot.yaml');
  }
  if (config.bot.type !== 'UserAssignedMsi' && config.bot.password === undefined) {
    missing.push(
      "the registration's client secret: WSUS_BOT_APP_PASSWORD or WSUS_BOT_APP_PASSWORD_FILE in the environment",
    );
  }
  if (config.servers.length === 0) {
    missing.push('servers: at least one server, in wsus-bot.yaml');
  }
  for (const account of new Set(config.servers.map((server) => server.account))) {
    if (account.password === undefined) {
      const used = config.servers.filter((server) => server.account === account).map((server) => server.name);
      missing.push(
        `the password for ${used.join(', ')}: WSUS_BOT_PASSWORD or WSUS_BOT_PASSWORD_FILE, or what passwordEnv of the account names`,
      );
    }
  }
  if (config.audit.webhook !== undefined && config.audit.webhook.secret === undefined) {
    missing.push('the secret of the webhook: the environment variable that audit.webhook.secretEnv names');
  }
  return missing;
}
