import { readPrefix } from './log-prefix.ts';
import { normaliseLine } from './normalise.ts';

/**
 * Byte patterns of which one is in every line that tells something, so that a reader of a large log may leave the others out: ASCII in
 * either case, `\d` a digit, `\h` a hexadecimal digit, `\s` a blank or tab. What chats and browsers do to a text (invisible letters,
 * full width, escapes inside a word) hides it from them: a text as long as a message is fed whole.
 */
export const anchors: readonly string[] = [
  // Numbers: bare hex, hex of any facility, both decimals, 64 bits.
  '8024\\h\\h\\h\\h',
  '8007\\h\\h\\h\\h',
  '800B01\\h\\h',
  '8019\\h\\h\\h\\h',
  'x8\\h\\h\\h\\h\\h\\h\\h',
  'FFFF8\\h\\h\\h\\h\\h\\h\\h',
  '214\\d\\d\\d\\d\\d\\d\\d',
  '18446744071\\d',
  // Details of faults, their values where the names are gone, and old agents' lines.
  'ErrorCode',
  'ThrowException',
  'SOAP Fault',
  '<detail',
  ':detail',
  'parameters.',
  'InvalidParameters',
  'InternalServerError',
  'InvalidCookie',
  'InvalidAuthorizationCookie',
  'CookieExpired',
  'ConfigChanged',
  'ServerChanged',
  'ServerBusy',
  'RegistrationRequired',
  'RegistrationNotRequired',
  'FileLocationChanged',
  'faultactor',
  'Method:"',
  'Message:',
  'ID:\\h\\h\\h\\h\\h\\h\\h\\h-',
  // What the server's log says in place of a fault.
  'Exception',
  // The server and the service that a client scans.
  'Server URL',
  'WSUS server:',
  'to use server:',
  'server was already set',
  'ServiceID',
  'Service ID',
  // Scans that ended well, restarts, traces without symbols.
  'categories in search',
  'category in search',
  'Exit code = 0x00000000',
  'DETECTION_FINISHED',
  'successfully detected',
  'successfully found',
  'Successfully completed scan',
  'updates detected',
  'update detected',
  'Initializing ClientWebService',
  'No Format Information',
  // Failed requests: status, sub-status and Win32 status, or the reason that HTTP.sys gives.
  '#Fields:',
  '\\s4\\d\\d\\s\\d\\s\\d',
  '\\s4\\d\\d\\s\\d\\d\\s\\d',
  '\\s5\\d\\d\\s\\d\\s\\d',
  '\\s5\\d\\d\\s\\d\\d\\s\\d',
  'QueueFull',
  'AppOffline',
  'AppShutdown',
];

/**
 * Lines around one with an anchor are fed too, with their numbers: back to the line that begins its entry (none when it begins one itself),
 * and on to the line before the next entry or blank line; at most so many each way.
 */
export const mostContext = 64;

/** @returns whether a line, as written, begins an entry of a log that is known. */
export const beginsEntry = (line: string): boolean => readPrefix(normaliseLine(line)) !== null;
