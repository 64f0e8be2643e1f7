import { type Policy, policyHash } from './changes/policy.ts';
import type { ServerConfig } from './config.ts';

/** What a policy allows and hardly anybody wants, one sentence each with the next step. */
export const policyWarnings = (servers: readonly Pick<ServerConfig, 'name' | 'policy'>[]): string[] =>
  [...Map.groupBy(servers, ({ policy }) => policyHash(policy)).values()].flatMap((alike) => {
    const policy = alike[0]?.policy;
    const names = alike.map(({ name }) => name).join(', ');
    const text = policy === undefined ? undefined : warningOn(names, policy);
    return text === undefined ? [] : [text];
  });

const warningOn = (servers: string, policy: Policy): string | undefined => {
  const { approvers, approvals, fourEyes } = policy;
  if (approvers.length === 0) return `nobody may approve a change on ${servers}; the bot can only read there`;
  if (!fourEyes || approvers.some(({ kind }) => kind === 'group')) return undefined;
  const people = new Map(approvers.map(({ id, name }) => [id, name]));
  if (people.size > approvals) return undefined;
  const whose = people.size === 1 ? [...people.values()].join() : 'any of the approvers';
  return `on ${servers} a plan that ${whose} asks for cannot be approved: with four eyes, too few others may; list another approver, or set "fourEyes: false"`;
};
