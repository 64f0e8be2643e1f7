/** Microsoft's article prints these in place of values. */
const ids: ReadonlySet<string> = new Set(['guid', 'id', '<id>']);
const hosts: ReadonlySet<string> = new Set(['wsusservername', 'servername']);
const clients: ReadonlySet<string> = new Set(['client_id']);

export const isPlaceholderId = (id: string): boolean => ids.has(id.toLowerCase());
export const isPlaceholderHost = (host: string): boolean => hosts.has(host.toLowerCase());
export const isPlaceholderClient = (client: string): boolean => clients.has(client.toLowerCase());
