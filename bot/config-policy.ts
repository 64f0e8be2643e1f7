import type { MaintenanceWindow, Member, Policy } from './changes/policy.ts';
import { groupsWith, type policyKeys, type Report, setKeys } from './config-groups.ts';
import type { MemberEntry, WindowEntry } from './config-policy-schema.ts';
import type { ConfigFile } from './config-schema.ts';
import { parseDuration } from './duration.ts';

type PolicyEntry = Pick<ConfigFile, (typeof policyKeys)[number]>;
type Place = readonly PropertyKey[];

/** The policy that the keys at the top of the file make. */
export const generalPolicy = (entries: ConfigFile): Policy => policyFrom(entries, entries.zone);

/** The policy of a server: key by key, what its own entry says, else a group that it is in, else the top of the file. */
export const policyOf = (entries: ConfigFile, server: ConfigFile['servers'][number]): Policy => {
  const nearer = [...groupsWith(entries, server.name).map(({ group }) => group), server];
  const own = nearer.flatMap((entry) => setKeys(entry).map((key) => [key, entry[key]] as const));
  return policyFrom({ ...entries, ...Object.fromEntries(own) }, entries.zone);
};

/** A list of people that is shorter than the number of approvals: no plan could ever be approved there. */
export const reportTooFewApprovers = (entries: ConfigFile, report: Report): void => {
  const servers = new Map<string, { place: Place; policy: Policy; names: string[] }>();
  for (const [index, server] of entries.servers.entries()) {
    const policy = policyOf(entries, server);
    if (!isTooFew(policy)) continue;
    const place = placeOfApprovals(entries, index);
    const key = JSON.stringify([place, idsOf(policy).size]);
    const entry = servers.get(key) ?? { place, policy, names: [] };
    servers.set(key, entry);
    entry.names.push(server.name);
  }
  for (const { place, policy, names } of servers.values()) {
    const count = idsOf(policy).size;
    const people = count === 1 ? '1 person' : `${count} people`;
    report(
      place,
      `${policy.approvals} approvals are needed on ${names.join(', ')}, where the approvers are ${people}; list more approvers, or ask for fewer approvals`,
    );
  }
};

/** An empty list is a choice: there the bot only reads. */
const isTooFew = ({ approvers, approvals }: Policy): boolean =>
  approvers.length > 0 &&
  approvers.every(({ kind }) => kind === 'person') &&
  idsOf({ approvers }).size < approvals;

const idsOf = ({ approvers }: Pick<Policy, 'approvers'>) => new Set(approvers.map(({ id }) => id));

const placeOfApprovals = (entries: ConfigFile, index: number): Place => {
  const server = entries.servers[index];
  if (server?.approvals !== undefined) return ['servers', index, 'approvals'];
  const group = groupsWith(entries, server?.name ?? '').find((entry) => entry.group.approvals !== undefined);
  return group === undefined ? ['approvals'] : ['groups', group.index, 'approvals'];
};

const policyFrom = (entry: PolicyEntry, zone: string): Policy => ({
  requesters: entry.requesters === 'everyone' ? 'everyone' : entry.requesters.map(memberOf),
  approvers: entry.approvers.map(memberOf),
  approvals: entry.approvals,
  fourEyes: entry.fourEyes,
  validFor: parseDuration(entry.planValidFor) ?? 3_600_000,
  windows: entry.windows.map((window) => windowOf(window, zone)),
  outsideWindows: entry.outsideWindows,
  breakGlass: entry.breakGlass.map(memberOf),
});

/** GUIDs are written in either case; ids are compared in lower case. */
const memberOf = ({ id, group, name }: MemberEntry): Member =>
  group === undefined
    ? { kind: 'person', id: (id ?? '').toLowerCase(), name }
    : { kind: 'group', id: group.toLowerCase(), name };

const windowOf = ({ days, from, to, zone }: WindowEntry, general: string): MaintenanceWindow => ({
  days: typeof days === 'string' ? [days] : days,
  from,
  to,
  zone: zone ?? general,
});
