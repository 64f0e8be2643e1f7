import { z } from 'zod';
import { inNoGroup, type Membership, unreadMembership } from '../changes/membership.ts';
import type { AccessTokens } from '../registration/access-tokens.ts';
import { readJson } from '../registration/read-json.ts';
import { SignInError } from '../registration/sign-in-error.ts';
import type { Directory } from './directory.ts';
import { DirectoryTrouble } from './directory-trouble.ts';

export interface GraphDirectoryOptions {
  /** Base address of Microsoft Graph, without a slash at the end: "https://graph.microsoft.com". */
  readonly graph: string;
  readonly tokens: AccessTokens;
  readonly now: () => Date;
  /** For one question, sign-in and all; milliseconds. */
  readonly timeLimit?: number;
}

/** How long an answer will do for a press, milliseconds. */
const keptFor = 60_000;
/** More ids in one call are refused by Graph. */
const idsInACall = 20;

/** What cannot change the path of the address that it is put into. */
const objectId = /^[0-9A-Fa-f-]{1,64}$/;

const checked = z.object({ value: z.array(z.string()) });

/**
 * Asks Microsoft Graph, `POST /v1.0/users/{id}/checkMemberGroups`, which follows groups within groups. It needs the
 * application permissions GroupMember.Read.All and User.Read.All. A person whom Graph does not know is in no group.
 */
export const graphDirectory = (options: GraphDirectoryOptions): Directory => {
  const { graph, tokens, now, timeLimit = 3_000 } = options;
  const kept = new Map<string, { readonly membership: Membership; readonly until: number }>();

  const ask = async (
    personId: string,
    groupIds: readonly string[],
    signal: AbortSignal,
    isRepeat = false,
  ): Promise<string[]> => {
    const token = await tokens.get(signal);
    const response = await fetch(`${graph}/v1.0/users/${personId}/checkMemberGroups`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ groupIds }),
      redirect: 'manual',
      signal,
    });
    if (response.ok) {
      const answer = await readJson(response, checked);
      if (answer !== undefined) return answer.value;
      throw new DirectoryTrouble('Microsoft Graph answered 200 with something else than expected');
    }
    await response.body?.cancel();
    if (response.status === 404) return [];
    if (response.status === 401) {
      tokens.forget();
      // A kept token may have been revoked; a new one that is refused too is a refusal.
      if (!isRepeat) return ask(personId, groupIds, signal, true);
    }
    throw new DirectoryTrouble(graphRefusal(response.status));
  };

  const read = async (personId: string, groupIds: readonly string[]): Promise<Membership> => {
    const signal = AbortSignal.timeout(timeLimit);
    const asked = new Set(groupIds);
    try {
      const found = new Set<string>();
      for (let at = 0; at < groupIds.length; at += idsInACall) {
        const ids = await ask(personId, groupIds.slice(at, at + idsInACall), signal);
        for (const id of ids.map((text) => text.toLowerCase())) if (asked.has(id)) found.add(id);
      }
      return { groups: found, unread: null };
    } catch (error) {
      return unreadMembership(troubleText(error, timeLimit));
    }
  };

  return {
    groupsOf: async (personId, groupIds, freshness) => {
      if (!objectId.test(personId) || groupIds.length === 0) return inNoGroup;
      const key = [personId.toLowerCase(), ...groupIds].join(' ');
      const time = now().getTime();
      const found = kept.get(key);
      if (freshness === 'recent' && found !== undefined && time < found.until) return found.membership;
      const membership = await read(personId, groupIds);
      for (const [other, { until }] of kept) if (until <= time) kept.delete(other);
      if (membership.unread === null) kept.set(key, { membership, until: time + keptFor });
      else kept.delete(key);
      return membership;
    },
  };
};

const graphRefusal = (status: number): string => {
  if (status === 403) {
    return 'Microsoft Graph does not let the bot read groups (403): it needs GroupMember.Read.All and User.Read.All';
  }
  if (status === 429) return 'Microsoft Graph asks the bot to wait (429)';
  return `Microsoft Graph answered ${status}`;
};

/** What `fetch` throws names addresses and ports; the reader of a card needs neither. */
const troubleText = (error: unknown, timeLimit: number): string => {
  if (error instanceof DirectoryTrouble) return error.message;
  if (error instanceof SignInError) return error.reason;
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return `the directory did not answer within ${timeLimit / 1000} s`;
  }
  return 'the directory cannot be reached';
};
