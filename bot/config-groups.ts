import type { ConfigDocument } from './config-document.ts';
import { nearerPolicyKeys } from './config-policy-schema.ts';
import type { ConfigFile } from './config-schema.ts';
import { nearestName } from './nearest-name.ts';

type GroupEntry = ConfigFile['groups'][number];
type NearerKey = keyof typeof nearerPolicyKeys;

/** Notes a problem at the place of the value with this path; of an empty path, one that is not in the file. */
export type Report = (path: readonly PropertyKey[], text: string) => void;

/** Servers that are named together: `fix` takes the name of the group for all of them. */
export interface ServerGroup {
  readonly name: string;
  /** As the inventory spells them, each once. */
  readonly servers: readonly string[];
}

export const policyKeys = Object.keys(nearerPolicyKeys) as NearerKey[];

/** The keys of the policy that an entry sets itself. */
export const setKeys = (entry: Partial<Record<NearerKey, unknown>>): NearerKey[] =>
  policyKeys.filter((key) => entry[key] !== undefined);

/** The groups that list a server, with their places in the file. */
export const groupsWith = (entries: ConfigFile, server: string): { group: GroupEntry; index: number }[] =>
  entries.groups
    .map((group, index) => ({ group, index }))
    .filter(({ group }) => group.servers.some((name) => isSame(name, server)));

/** The groups of the file. Reports names that are taken or unknown, and keys that two groups set for one server. */
export const readGroups = (
  entries: ConfigFile,
  document: ConfigDocument,
  report: Report,
): readonly ServerGroup[] => {
  reportNames(entries, document, report);
  reportUnknownServers(entries, report);
  reportRivals(entries, document, report);
  return entries.groups.map((group) => ({
    name: group.name,
    servers: entries.servers.map(({ name }) => name).filter((name) => lists(group, name)),
  }));
};

const reportNames = (entries: ConfigFile, document: ConfigDocument, report: Report): void => {
  for (const [index, { name }] of entries.groups.entries()) {
    const place = ['groups', index, 'name'];
    const twin = entries.groups.findIndex((group) => isSame(group.name, name));
    const server = entries.servers.findIndex(
      (entry) => isSame(entry.name, name) || (entry.host !== undefined && isSame(entry.host, name)),
    );
    if (server !== -1) {
      const { line } = document.at(['servers', server]);
      report(place, `the group ${name} is named like the server of line ${line}; give it another name`);
    } else if (twin < index) {
      const { line } = document.at(['groups', twin, 'name']);
      report(place, `the name ${name} is taken by line ${line}; case makes no difference`);
    }
  }
};

const reportUnknownServers = (entries: ConfigFile, report: Report): void => {
  const known = entries.servers.map(({ name }) => name);
  for (const [index, group] of entries.groups.entries()) {
    for (const [place, name] of group.servers.entries()) {
      if (known.some((server) => isSame(server, name))) continue;
      const nearest = nearestName(name, known);
      const hint = nearest === undefined ? 'add it there, or take it out here' : `nearest name: ${nearest}`;
      report(['groups', index, 'servers', place], `${name} is not in the list of servers; ${hint}`);
    }
  }
};

/** Where a server sets the key itself, nothing is open. */
const reportRivals = (entries: ConfigFile, document: ConfigDocument, report: Report): void => {
  for (const server of entries.servers) {
    for (const key of policyKeys) {
      if (server[key] !== undefined) continue;
      const [first, ...others] = groupsWith(entries, server.name).filter(
        ({ group }) => group[key] !== undefined,
      );
      if (first === undefined) continue;
      const { line } = document.atKey(['groups', first.index], key);
      for (const { index } of others) {
        report(
          ['groups', index, key],
          `${server.name} is in the group ${first.group.name} too, which sets ${key} in line ${line}; let one group set it, or the entry of ${server.name}`,
        );
      }
    }
  }
};

const lists = (group: GroupEntry, server: string): boolean =>
  group.servers.some((name) => isSame(name, server));

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
