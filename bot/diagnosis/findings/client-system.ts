/** How a client writes WindowsUpdate.log: as plain text (Windows 7, 8.1, Server 2012 R2 and older), or as traces (Windows 10, Server 2016 and later). */
export type ClientSystem = 'plain' | 'traced';

const plainLine = /^\s{0,8}\d{4}-\d\d-\d\d\s{1,8}\d\d:\d\d:\d\d:\d{3}\s/;
const tracedLine =
  /^\s{0,8}\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\s{1,8}\d{1,2}:\d\d:\d\d\.\d{7}\s|\*FAILED\*\s{0,4}\[8/;
const olderWindows = /\bWindows (?:XP|Vista|7|8|8\.1)(?![\d.])/i;
const newerWindows = /\bWindows (?:10|11)(?![\d.])/i;

/** @returns which kind of client wrote these lines, or is spoken of in them; undefined when nothing or both are told. */
export function clientSystemOf(texts: readonly string[]): ClientSystem | undefined {
  const told = (pattern: RegExp) => texts.some((text) => pattern.test(text));
  const [plain, traced] = [told(plainLine), told(tracedLine)];
  if (plain !== traced) return plain ? 'plain' : 'traced';
  const [older, newer] = [told(olderWindows), told(newerWindows)];
  if (plain || older === newer) return undefined;
  return older ? 'plain' : 'traced';
}
