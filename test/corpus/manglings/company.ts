import fc from 'fast-check';
import type { Mangling } from './mangling.ts';

/** Lines of logs that know nothing of WSUS, and of WSUS when nothing fails. Constructed. */
const otherLines = [
  '2026-11-24 21:40:11, Info                  CBS    Session: 31147_2817 initialized by client WindowsUpdateAgent.',
  '2026-11-24 21:40:11, Info                  DISM   DISM Provider Store: PID=4312 TID=5120 Getting the collection of providers',
  '>>>  [Device Install (Hardware initiated) - SWD\\MMDEVAPI]',
  'Nov 24 21:40:11 relay01 postfix/smtpd[812]: connect from unknown[10.20.30.40]',
  '{"level":30,"time":1795556411000,"msg":"request completed","responseTime":12}',
  '2026-11-24 21:40:11.000 UTC\tInfo\tw3wp.31\tClientImplementation.GetConfig\tSome other work',
  '2026-11-24\t22:40:11:073\t 880\t9c4\tAgent\t** START **  Agent: Finding updates [CallerId = AutomaticUpdates]',
  '2026/11/24 22:40:11.0731234 1224  6044  Agent           *START* Finding updates CallerId = UpdateOrchestrator  Id = 12',
  '<![LOG[Async searching of updates using WUAgent started.]LOG]!><time="22:40:11.567-60" date="11-24-2026" component="WUAHandler" context="" type="1" thread="4711" file="cwuahandler.cpp:1">',
  '2026-11-24 21:40:11 10.20.30.10 GET /Content/anonymousCheckFile.txt - 8530 - 10.20.30.41 - - 200 0 0 3',
  'Hello, can somebody have a look at this?',
  '',
] as const;

const company = fc.array(fc.constantFrom(...otherLines), { minLength: 1, maxLength: 8 });

/** Other threads and clients in the same text. */
export const companyManglings: readonly Mangling[] = [
  {
    name: 'after lines of other logs',
    readable: true,
    change: company.map((lines) => (text) => `${lines.join('\n')}\n${text}`),
  },
  {
    name: 'between lines of other logs, a blank line apart',
    readable: true,
    change: fc.tuple(company, company).map(
      ([before, after]) =>
        (text) =>
          `${before.join('\n')}\n\n${text}\n\n${after.join('\n')}`,
    ),
  },
];

const threads: readonly (readonly [RegExp, string])[] = [
  [/\b880([ \t]+)117c\b/g, '904$19c4'],
  [/\b1224([ \t]+)7052\b/g, '1320$16044'],
  [/\bw3wp\.(\d+)/g, 'w3wp.9$1'],
  [/\bWsusService\.(\d+)/g, 'WsusService.9$1'],
];

const guid = /\b[\da-f]{8}(?=-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b)/gi;
const otherGuid = (begin: string) =>
  ((Number.parseInt(begin, 16) ^ 0x7777_7777) >>> 0).toString(16).padStart(8, '0');

/** The text as another client would have written it: two never share process and thread, nor the ID of a fault. */
const asAnother = (text: string) =>
  threads.reduce((changed, [thread, other]) => changed.replace(thread, other), text.replace(guid, otherGuid));

/**
 * Mixes the lines of two logs, each in its own order.
 * @param turns Whose line is next, over and over.
 */
export function interleave(one: string, two: string, turns: readonly boolean[]): string {
  const left = one.split('\n');
  const right = asAnother(two).split('\n');
  const mixed: string[] = [];
  let turn = 0;
  while (left.length > 0 && right.length > 0) {
    mixed.push((turns[turn++ % turns.length] ? left : right).shift() ?? '');
  }
  return [...mixed, ...left, ...right].join('\n');
}
