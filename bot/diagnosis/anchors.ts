import { clueAnchors } from './findings/clues.ts';
import { readPrefix } from './records/log-prefix.ts';
import { normaliseLine } from './records/normalise.ts';

/**
 * Byte patterns of which one is in every line of a log that tells something, so that a reader of a large log may leave the others out: ASCII as
 * logs write it, `\d` a digit, `\h` a hexadecimal digit, `\s` a blank or tab. What chats and browsers do to a text (tags taken away,
 * invisible letters, full width, escapes inside a word) hides it from them: a text as long as a message is fed whole.
 * Fewer and rarer is faster: each costs a little on every byte, and much on every line that has it for nothing.
 */
export const anchors: readonly string[] = [
  // Numbers: bare hex, hex of any facility, both decimals, 64 bits.
  '8024\\h\\h\\h\\h',
  '8007\\h\\h\\h\\h',
  '800\\h01\\h\\h',
  '8019\\h\\h\\h\\h',
  'x8\\h\\h\\h\\h\\h\\h\\h',
  'X8\\h\\h\\h\\h\\h\\h\\h',
  '214\\d\\d\\d\\d\\d\\d\\d',
  '1844674407156\\d',
  // Details of faults. The lines around one that is told field by field are fed with it.
  'rrorCode',
  'parameters.',
  // What the server's log says in place of a fault.
  'Exception',
  // The server and the service that a client scans.
  'r URL',
  'S server:',
  'use server:',
  'already set',
  'viceI',
  'ice ID',
  // Scans that ended well, restarts, traces without symbols.
  ' in search',
  'code = 0x00000000',
  'N_FINISHED',
  ' detected',
  'ully found',
  ' completed scan',
  'izing ClientWeb',
  'No Format Info',
  // Failed requests: status, sub-status and Win32 status, or the reason that HTTP.sys gives.
  '#Fields:',
  '\\s4\\d\\d\\s\\d\\s\\d',
  '\\s4\\d\\d\\s\\d\\d\\s\\d',
  '\\s5\\d\\d\\s\\d\\s\\d',
  '\\s5\\d\\d\\s\\d\\d\\s\\d',
  'QueueFull',
  'AppOffline',
  'AppShutdown',
  ...clueAnchors,
];

/**
 * Lines around one with an anchor are fed too, with their numbers: back to the line that begins its entry (none when it begins one itself),
 * and on to the line before the next entry or blank line; at most so many each way.
 */
export const mostContext = 64;

/** @returns whether a line, as written, begins an entry of a log that is known. */
export const beginsEntry = (line: string): boolean => readPrefix(normaliseLine(line)) !== null;
