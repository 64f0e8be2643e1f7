const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const hexadecimal =
  /(?<![0-9A-Za-z_@])(?<![0-9A-Fa-f]{4}-)(?<!\d\.)(0x)?(?:ffffffff)?(8[0-9a-f]{7})L?(?![0-9A-Za-z_@]|-[0-9A-Fa-f]{4}(?![0-9A-Za-z])|-\d{1,3}(?!\d)|\.\d|\.(?:jpe?g|png|gif|pdf|log|txt|docx?|xlsx?|zip|csv|msg|eml|cab|evtx|etl|html?|xml)\b)/gi;
const decimal = /(?<![0-9A-Za-z_@.])(-?)(\d{20}|\d{10})(?![0-9A-Za-z_@]|\.\d|-\d)/g;

/** FACILITY_WINDOWSUPDATE, WinHTTP's and other Win32 errors, certificates, HTTP, NWS. */
const family = /^(?:8024|8007|800B01|8019|803D)/;
const two32 = 0x1_0000_0000;
const signExtension = 0xffff_ffff_0000_0000n;

function fromDecimal(negative: boolean, digits: string): string | undefined {
  let value: number;
  if (digits.length === 20) {
    if (negative) return undefined;
    const low = BigInt(digits) - signExtension;
    if (low < 0n || low >= 0x1_0000_0000n) return undefined;
    value = Number(low);
  } else {
    value = negative ? two32 - Number(digits) : Number(digits);
  }
  if (value < 0x8000_0000 || value >= two32) return undefined;
  return value.toString(16).toUpperCase();
}

/** What stands in them is made of numbers of all kinds. */
const mailHeader =
  /^(?:Message-ID|References|In-Reply-To|Thread-Index|Received|Return-Path|DKIM-Signature|Authentication-Results|MIME-Version|(?:ARC|Content|List|X)-[A-Za-z][A-Za-z-]{0,60}):[ \t]/i;

/**
 * Finds HRESULTs in a normalised line: hex with 0x, 0X or bare, any case, sign-extended to 64 bits, and both decimals.
 * Digits inside GUIDs, longer numbers, file names, mail addresses and mail headers are none.
 *
 * @returns upper-case hex without 0x, each once, in order of appearance.
 */
export function findCodes(line: string): string[] {
  if (!/8[0-9a-f]{7}|\d{10}/i.test(line) || mailHeader.test(line)) return [];
  const text = line.includes('-') ? line.replace(guid, (found) => ' '.repeat(found.length)) : line;
  const found: { index: number; code: string }[] = [];
  for (const match of text.matchAll(hexadecimal)) {
    const code = (match[2] ?? '').toUpperCase();
    if (match[1] !== undefined || family.test(code)) found.push({ index: match.index, code });
  }
  for (const match of text.matchAll(decimal)) {
    const code = fromDecimal(match[1] === '-', match[2] ?? '');
    if (code !== undefined && family.test(code)) found.push({ index: match.index, code });
  }
  found.sort((a, b) => a.index - b.index);
  return [...new Set(found.map(({ code }) => code))];
}

/** NWS says that the message held a fault: it stands beside every 80244007 and is no cause of its own. */
export const faultReceived = '803D0013';
export const soapFault = '80244007';

/** The codes under which agents report a SOAP fault: today's, and the old ones' for a server's and a client's fault. */
export const faultWrappers: ReadonlySet<string> = new Set([soapFault, '8024400D', '8024400E']);
