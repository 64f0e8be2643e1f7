/** Microsoft's article prints these in place of values. */
const ids: ReadonlySet<string> = new Set(['guid', 'id', '<id>']);
const hosts: ReadonlySet<string> = new Set(['wsusservername', 'servername']);
const clients: ReadonlySet<string> = new Set(['client_id']);

/** Most values are GUIDs: they need no look-up. */
const isShort = (value: string): boolean => value.length < 20;

export const isPlaceholderId = (id: string): boolean => isShort(id) && ids.has(id.toLowerCase());
export const isPlaceholderHost = (host: string): boolean => isShort(host) && hosts.has(host.toLowerCase());
export const isPlaceholderClient = (client: string): boolean =>
  isShort(client) && clients.has(client.toLowerCase());
