import { type Policy, policyHash } from './changes/policy.ts';
import type { ServerConfig } from './config.ts';

interface Policies {
  readonly servers: readonly Pick<ServerConfig, 'name' | 'policy'>[];
  /** The general one. */
  readonly policy: Policy;
}

/** What policies make impossible and hardly anybody wants so, one sentence each with the next step. */
export const policyWarnings = ({ servers, policy: general }: Policies): string[] => {
  const byRules = Map.groupBy(servers, ({ policy }) => policyHash(policy));
  const onServers = [...byRules.values()].map((alike) => {
    const names = alike.map(({ name }) => name).join(', ');
    return alike[0] === undefined ? undefined : warningOn(names, alike[0].policy);
  });
  return [...onServers, freezeWarning(servers, general)].filter((text) => text !== undefined);
};

const freezeWarning = (servers: Policies['servers'], general: Policy): string | undefined =>
  general.approvers.length === 0 && servers.some(({ policy }) => policy.approvers.length > 0)
    ? 'nobody may freeze changes from the chat; list approvers at the top of the file, or use the freeze file'
    : undefined;

const warningOn = (servers: string, policy: Policy): string | undefined => {
  const { approvers, approvals, fourEyes } = policy;
  if (approvers.length === 0) return `nobody may approve a change on ${servers}; the bot can only read there`;
  if (!fourEyes || approvers.some(({ kind }) => kind === 'group')) return undefined;
  const people = new Map(approvers.map(({ id, name }) => [id, name]));
  if (people.size > approvals) return undefined;
  const whose = people.size === 1 ? [...people.values()].join() : 'any of the approvers';
  return `on ${servers} a plan that ${whose} asks for cannot be approved: with four eyes, too few others may; list another approver, or set "fourEyes: false"`;
};
