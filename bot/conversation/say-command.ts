import type { Inbound, Reply } from './chat.ts';
import { checkServer } from './check-server.ts';
import type { Desk, Turn } from './desk.ts';
import { fixServers } from './fix-servers.ts';
import { freezeChanges, thawChanges } from './freeze-changes.ts';
import { listServers } from './list-servers.ts';
import { notifyHere, notifyOff, showNotified } from './notify-place.ts';
import { showHistory } from './show-history.ts';
import { showLocks } from './show-locks.ts';
import { showWhoami } from './show-whoami.ts';
import { unlockServer } from './unlock-server.ts';

type Command = (desk: Desk, turn: Turn, message: Extract<Inbound, { kind: 'message' }>) => Promise<Reply>;

/** What `check`, `check wsus01`, `servers`, what governs, alone in a message, asks for; undefined for everything else. */
export const commandIn = (text: string): Command | undefined => {
  const line = text.trim();
  const words = line.split(/\s+/);
  const [verb = '', name] = words;
  // What is pasted has several lines; a sentence to the bot has one.
  const spoken = line.includes('\n')
    ? undefined
    : governing(verb.toLowerCase(), line.slice(verb.length).trim());
  if (spoken !== undefined) return spoken;
  if (words.length <= 2 && verb.toLowerCase() === 'check') {
    return (desk, turn) => checkServer(desk, turn, name);
  }
  return words.length === 1 && /^servers?$/i.test(verb) ? listServers : undefined;
};

/** `fix wsus01 wsus02`, `history wsus01`, `whoami`, `locks`, `freeze <reason>`, `thaw`, `unlock wsus01 <reason>`, `notify here`. */
const governing = (verb: string, rest: string): Command | undefined => {
  switch (verb) {
    case 'fix':
      return (desk, turn) => fixServers(desk, turn, rest);
    case 'whoami':
      return rest === '' ? showWhoami : undefined;
    case 'locks':
      return rest === '' ? showLocks : undefined;
    case 'history':
      return /\s/.test(rest)
        ? undefined
        : (desk, turn) => showHistory(desk, turn, rest === '' ? undefined : rest);
    case 'freeze':
      return (desk, turn) => freezeChanges(desk, turn, rest);
    case 'thaw':
      return rest === '' ? thawChanges : undefined;
    case 'unlock': {
      const [, server, reason = ''] = /^(\S+)\s*(.*)$/.exec(rest) ?? [];
      return (desk, turn) => unlockServer(desk, turn, server, reason);
    }
    case 'notify':
      return notifying(rest.toLowerCase());
    default:
      return undefined;
  }
};

const notifying = (rest: string): Command | undefined => {
  if (rest === '') return showNotified;
  if (rest === 'here') return notifyHere;
  return rest === 'off' ? notifyOff : undefined;
};
