import type { Random } from './random.ts';

/** Bytes of a chat message’s text at most, and so letters of ours at most. */
export const longestMessage = 28 * 1024;

/** Words that readers of logs look for, and what could make them look twice. */
const tokens = [
  'ErrorCode',
  '<ErrorCode>',
  '</ErrorCode>',
  'ErrorCode=',
  "errorCode='",
  'InvalidParameters',
  'InternalServerError',
  'Message=',
  '<Message>',
  '</Message>',
  'message=',
  'parameters.',
  'parameters.InstalledNonLeafUpdateIDs',
  'parameters.OtherCachedUpdateIDs',
  'Method',
  '<Method>',
  'Method:"',
  'actor = ',
  'Actor = ',
  'Client=',
  'ID=',
  '<ID>',
  'GUID',
  'Client_ID',
  'ThrowException: ',
  'USS ThrowException: ',
  '<detail>',
  '</detail>',
  'Soap fault detail: ',
  'http://wsus01.corp.example:8530/ClientWebService/client.asmx',
  'ClientWebService/SyncUpdates',
  'http://www.microsoft.com/SoftwareDistribution/Server/ClientWebService/SyncUpdates',
  'SimpleAuthWebService/GetAuthorizationCookie',
  'ServerSyncWebService',
  '80244007',
  '0x80244007',
  '-2145107961',
  '2149859335',
  '18446744071564443655',
  '0xffffffff80244007',
  '80244010',
  '803D0013',
  'x',
  '8',
  '80244007-',
  '.log:',
  'SoftwareDistribution.log:18204:',
  '2026-11-24 21:40:12.345 UTC',
  '\tError\tw3wp.12\t',
  'Info',
  'WsusService.25',
  '2026-11-24\t22:40:12:073\t 880\t117c\tWS\t',
  '2026/11/24 22:40:12.0731234 1224  7052  WebServices     ',
  '*FAILED* [80244007] ',
  '*FAILED\\* ',
  '<![LOG[',
  ']LOG]!><time="02:03:04.567-60" date="11-25-2026" component="WUAHandler"',
  '$$<WUAHandler><11-25-2026 02:03:04.567-60><thread=4711>',
  '{0A1B2C3D-0000-4000-8000-00000000000A}',
  '2026-11-25 03:03:04:567+0100',
  '[AGENT_DETECTION_FAILED]',
  'Scan failed with error = ',
  'Got WSUS Client/Server URL: ',
  'WSUS server: http://',
  'Found 3 updates and 84 categories in search; evaluated appl. rules of 1312 out of 2481 deployed entities',
  'Successfully completed scan.',
  'Product Detectoid for ProductName TestProduct1',
  'Unknown( 10): GUID=',
  'No Format Information found',
  '#Fields: date time s-ip cs-method cs-uri-stem sc-status',
  'POST /ClientWebService/client.asmx - 8530 - 10.0.0.1 - - 500 0 0 1',
  'Initializing ClientWebService',
  'Exception in SimpleAuth constructor',
  '   at System.',
  '   bei System.',
  '&lt;',
  '&amp;lt;',
  '&#60;',
  '&#x3C;',
  '&amp;',
  '&',
  '&#',
  '> ',
  '>',
  '<',
  '"',
  "'",
  '”',
  '\u200B',
  '\u202E',
  '\u00A0',
  '\uFEFF',
  'Ｅｒｒｏｒ',
  '\\*',
  '\\',
  '|',
  '```',
  '**',
  '<br>',
  '<p>',
  '\t',
  '    ',
  ' ',
  '\n',
  '\r\n',
  '\r',
  '\u2028',
  '\0',
  '=',
  ':',
  ',',
  ', ',
  '/',
  '-',
  '.',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
] as const;

const letters = (random: Random, length: number): string => {
  let text = '';
  for (let index = 0; index < length; index += 1) {
    const kind = random.below(10);
    const point =
      kind < 7 ? 0x20 + random.below(0x5f) : kind < 9 ? random.below(0x3000) : random.below(0x11_0000);
    text += String.fromCodePoint(point);
  }
  return text;
};

/** Mostly short, sometimes as long as a message can be. */
const anyLength = (random: Random): number => {
  const kind = random.below(100);
  if (kind < 70) return 1 + random.below(400);
  return kind < 98 ? 1 + random.below(4000) : 1 + random.below(longestMessage);
};

const ofTokens = (random: Random): string => {
  const length = anyLength(random);
  let text = '';
  while (text.length < length) text += random.below(8) === 0 ? letters(random, 3) : random.pick(tokens);
  return text;
};

/** One piece, or two in turn, over and over: what makes a slow expression slow. */
const repeated = (random: Random): string => {
  const piece = random.pick(tokens) + (random.below(2) === 0 ? '' : random.pick(tokens));
  return (
    random.pick(tokens) + piece.repeat(Math.ceil(anyLength(random) / piece.length)) + random.pick(tokens)
  );
};

const asBytes = (random: Random): string => {
  const bytes = Uint8Array.from({ length: anyLength(random) }, () => random.below(256));
  return new TextDecoder(random.pick(['utf-8', 'utf-16le', 'latin1'])).decode(bytes);
};

/** One to six small changes to a paste. */
function mutated(random: Random, pastes: readonly string[]): string {
  let text = random.pick(pastes);
  for (let left = 1 + random.below(6); left > 0; left -= 1) {
    const at = random.below(text.length + 1);
    const until = Math.min(text.length, at + random.below(80));
    const [before, piece, after] = [text.slice(0, at), text.slice(at, until), text.slice(until)];
    const change = random.below(7);
    if (change === 0) text = before + after;
    else if (change === 1) text = before + random.pick(tokens) + piece + after;
    else if (change === 2) text = before + random.pick(tokens) + after;
    else if (change === 3) text = before + piece.repeat(1 + random.below(50)) + after;
    else if (change === 4) text = before + letters(random, 4) + after;
    else if (change === 5) text = after + before + piece;
    else {
      const other = random.pick(pastes);
      const from = random.below(other.length + 1);
      text = before + other.slice(from, from + random.below(400)) + piece + after;
    }
    if (text.length > longestMessage) text = text.slice(0, longestMessage);
  }
  return text;
}

/** @returns a text no longer than a message: random, or a paste with something done to it. */
export function randomText(random: Random, pastes: readonly string[]): string {
  const kind = random.below(20);
  const text =
    kind < 10
      ? mutated(random, pastes)
      : kind < 14
        ? ofTokens(random)
        : kind < 17
          ? repeated(random)
          : kind < 19
            ? letters(random, anyLength(random))
            : asBytes(random);
  return text.slice(0, longestMessage);
}
