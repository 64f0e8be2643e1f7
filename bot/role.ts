/** What a replica does: `chat` speaks with people, `worker` reaches the servers, `all` does both. */
export const roles = ['all', 'chat', 'worker'] as const;
export type Role = (typeof roles)[number];

/** Whether a replica of this role signs in to the servers. */
export const reachesServers = (role: Role): boolean => role !== 'chat';

/** Whether a replica of this role hears and answers people. */
export const hearsPeople = (role: Role): boolean => role !== 'worker';
