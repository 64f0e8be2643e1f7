import type { Config, ServerConfig } from '../config.ts';
import { nearestName } from '../nearest-name.ts';
import { UsageError } from './usage-error.ts';

/** The inventory's server of that name, case ignored. Throws a UsageError that names the nearest, or all. */
export function findServer(name: string, config: Config): ServerConfig {
  const found = config.servers.find((server) => server.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const names = config.servers.map((server) => server.name);
  if (names.length === 0) throw new UsageError(`${name} is not in the inventory; it is empty`);
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? '' : ` Nearest: ${nearest}.`;
  throw new UsageError(`${name} is not in the inventory.${hint} There are: ${names.join(', ')}`);
}
