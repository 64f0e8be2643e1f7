import type { Config } from './config.ts';
import { groupIdsIn } from './directory/directory.ts';
import { hearsPeople, reachesServers } from './role.ts';
import { needsPassword } from './server-target.ts';

/** What wsus-bot.example.yaml has where an id of one's own belongs. */
export const exampleId = '00000000-0000-0000-0000-000000000000';

/**
 * What `serve` still needs, one line each with where to put it; empty when it may start. Without app id the Bot Framework
 * would accept every request, so nothing here has a way round.
 */
export function missingForServe(config: Config): string[] {
  const missing: string[] = [];
  // A worker signs in as the bot for the groups of Entra alone.
  if (hearsPeople(config.role) || namesGroups(config)) missing.push(...missingOfBot(config));
  if (config.servers.length === 0) {
    missing.push('servers: at least one server, in wsus-bot.yaml');
  }
  if (reachesServers(config.role)) missing.push(...missingPasswords(config));
  if (config.audit.webhook !== undefined && config.audit.webhook.secret === undefined) {
    missing.push('the secret of the webhook: the environment variable that audit.webhook.secretEnv names');
  }
  return missing;
}

const namesGroups = ({ policy, servers }: Config): boolean =>
  groupIdsIn([policy, ...servers.map((server) => server.policy)]).length > 0;

/** Of it, what belongs to the registration of the bot. */
export const missingOfBot = ({ tenant, bot }: Pick<Config, 'tenant' | 'bot'>): string[] => {
  const missing: string[] = [];
  if (tenant === undefined || tenant === exampleId) {
    missing.push('tenant: the Entra tenant id, in wsus-bot.yaml');
  }
  if (bot.appId === undefined || bot.appId === exampleId) {
    missing.push('bot.appId: the application id of the bot registration, in wsus-bot.yaml');
  }
  if (bot.type !== 'UserAssignedMsi' && bot.password === undefined && bot.certificate === undefined) {
    missing.push(
      "the registration's client secret: WSUS_BOT_APP_PASSWORD or WSUS_BOT_APP_PASSWORD_FILE in the environment; or bot.certificate, in wsus-bot.yaml",
    );
  }
  return missing;
};

const missingPasswords = ({ servers }: Config): string[] =>
  [...new Set(servers.filter(needsPassword).map((server) => server.account))].flatMap((account) => {
    if (account.password !== undefined) return [];
    const used = servers.filter((server) => server.account === account).map((server) => server.name);
    return `the password for ${used.join(', ')}: WSUS_BOT_PASSWORD or WSUS_BOT_PASSWORD_FILE, or what passwordEnv of the account names`;
  });
