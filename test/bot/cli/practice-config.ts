import type { PracticeServers } from '../../../remote/practice/start-practice-servers.ts';

/** wsus-bot.yaml and environment that lead to running practice servers, each with an account of its own. */
export function practiceConfig(practice: PracticeServers): { yaml: string; env: Record<string, string> } {
  const env: Record<string, string> = {};
  const servers = practice.servers.map(({ name, target }, index) => {
    const passwordEnv = `PRACTICE_PASSWORD_${index}`;
    env[passwordEnv] = target.account.password;
    const { host, port, endpoint, account } = target;
    return {
      name,
      host,
      port,
      endpoint,
      account: { domain: account.domain, user: account.user, passwordEnv },
    };
  });
  // JSON is YAML.
  return { yaml: JSON.stringify({ servers }), env };
}
