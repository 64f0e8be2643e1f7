import type { Desk } from '../../../bot/conversation/desk.ts';
import { Secret } from '../../../bot/secret.ts';
import { noFiles } from '../conversation/desk-files.ts';
import { groupId, policies } from './people.ts';
import type { Site } from './site.ts';

/** What a bot of the model brings along. */
interface Parts
  extends Pick<Desk, 'database' | 'worker' | 'freezeState' | 'server' | 'now' | 'onMoved' | 'onTrouble'> {
  /** Throws when the bot is dead. */
  readonly live: () => void;
}

/** What the conversation of one bot works with: rules, directory and chat are those of the site. */
export const modelDesk = (site: Site, { live, ...parts }: Parts): Desk => {
  const numbered = () => String(site.nextId++);
  return {
    ...parts,
    ...noFiles(parts.now),
    config: {
      get servers() {
        return [...site.servers.keys()].map((server) => ({
          name: server,
          host: `${server}.corp.example`,
          port: 5985,
          endpoint: 'WsusBot',
          account: { domain: 'LAB', user: 'svc', password: new Secret('swordfish') },
          policy: policies[site.policy],
        }));
      },
      groups: [],
      get policy() {
        return policies[site.policy];
      },
      autoCheck: true,
      activation: 'IISReset',
    },
    directory: {
      groupsOf: async (personId, groupIds) => {
        if (groupIds.length === 0) return { groups: new Set(), unread: null };
        if (site.directoryIsUnread) return { groups: new Set(), unread: 'the directory is away' };
        return { groups: new Set(site.inGroup.has(personId) ? [groupId] : []), unread: null };
      },
    },
    auditChain: async () => ({ intact: true, upTo: { seq: 0, hash: '' } }),
    chat: {
      post: async (where, card) => {
        live();
        const posted = { where, messageId: `m${numbered()}` };
        site.messages.push({ posted, card });
        site.seen.push({ where, messageId: posted.messageId, card });
        return posted;
      },
      replace: async ({ where, messageId }, card) => {
        live();
        const message = site.messages.find(({ posted }) => posted.messageId === messageId);
        if (message === undefined) return;
        message.card = card;
        site.seen.push({ where, messageId, card });
      },
    },
    readDeadline: 60_000,
    randomToken: () => numbered().padStart(22, '0'),
    randomId: () => `00000000-0000-4000-8000-${numbered().padStart(12, '0')}`,
  };
};
