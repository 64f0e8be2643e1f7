import { type AvPair, avIds, findAvPair } from './av-pairs.ts';

/** Where an account is from, as far as the names in a challenge tell. */
export type AccountKind = 'local' | 'of this domain' | 'of another domain' | 'unknown';

/** @param targetInfo of the challenge: the server's own name and that of its domain (MS-NLMP 2.2.2.1) */
export function accountKind(
  { domain, user }: { readonly domain: string; readonly user: string },
  targetInfo: readonly AvPair[],
): AccountKind {
  const named = (id: number) => findAvPair(targetInfo, id)?.toString('utf16le').toLowerCase();
  const asked = domain.toLowerCase();
  if (asked === '') return user.includes('@') ? 'unknown' : 'local';
  if (asked === '.' || asked === named(avIds.nbComputerName)) return 'local';
  const domains = [named(avIds.nbDomainName), named(avIds.dnsDomainName)].filter(
    (name) => name !== undefined,
  );
  if (domains.length === 0) return 'unknown';
  return domains.includes(asked) ? 'of this domain' : 'of another domain';
}
