import type { Reply } from './chat.ts';
import { checkServer } from './check-server.ts';
import type { Desk, Turn } from './desk.ts';
import { fixServers } from './fix-servers.ts';
import { freezeChanges, thawChanges } from './freeze-changes.ts';
import { listServers } from './list-servers.ts';
import { showHistory } from './show-history.ts';
import { showLocks } from './show-locks.ts';
import { showWhoami } from './show-whoami.ts';
import { unlockServer } from './unlock-server.ts';

/** `check`, `check wsus01`, `servers`, what governs, alone in a message; undefined for everything else. */
export const sayCommand = async (desk: Desk, turn: Turn, text: string): Promise<Reply | undefined> => {
  const line = text.trim();
  const words = line.split(/\s+/);
  const [verb = '', name] = words;
  // What is pasted has several lines; a sentence to the bot has one.
  if (!line.includes('\n')) {
    const spoken = await sayToGovern(desk, turn, verb.toLowerCase(), line);
    if (spoken !== undefined) return spoken;
  }
  if (words.length <= 2 && verb.toLowerCase() === 'check') return checkServer(desk, turn, name);
  return words.length === 1 && /^servers?$/i.test(verb) ? listServers(desk, turn) : undefined;
};

/** `fix wsus01 wsus02`, `history wsus01`, `whoami`, `locks`, `freeze <reason>`, `thaw`, `unlock wsus01 <reason>`. */
const sayToGovern = async (
  desk: Desk,
  turn: Turn,
  verb: string,
  line: string,
): Promise<Reply | undefined> => {
  const rest = line.slice(verb.length).trim();
  switch (verb) {
    case 'fix':
      return fixServers(desk, turn, rest);
    case 'whoami':
      return rest === '' ? showWhoami(desk, turn) : undefined;
    case 'locks':
      return rest === '' ? showLocks(desk, turn) : undefined;
    case 'history':
      return /\s/.test(rest) ? undefined : showHistory(desk, turn, rest === '' ? undefined : rest);
    case 'freeze':
      return freezeChanges(desk, turn, rest);
    case 'thaw':
      return rest === '' ? thawChanges(desk, turn) : undefined;
    case 'unlock': {
      const [, server, reason = ''] = /^(\S+)\s*(.*)$/.exec(rest) ?? [];
      return unlockServer(desk, turn, server, reason);
    }
    default:
      return undefined;
  }
};
