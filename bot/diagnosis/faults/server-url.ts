import { isHardWrapped, type LogRecord } from '../records/records.ts';

/** How Windows Update and ConfigMgr's handler name the server they scan against. */
const named =
  /\bhttps?:\/\/[^\s"'<>,]{1,253}\/ClientWebService\/client\.asmx|\b(?:WSUS server:|to use server:|server was already set)[ \t]{0,4}\(?(https?:\/\/[^\s"'<>,)]{1,253})/i;

/** @returns the address of the server that a client's log names last in a record; undefined when it names none. */
export function serverUrlIn(record: LogRecord): string | undefined {
  if (record.source === 'SoftwareDistribution.log' || record.source === 'IIS log') return undefined;
  let url: string | undefined;
  const texts = record.lines.map(({ normal }) => normal);
  if (record.joined !== null && (record.prefix !== null || isHardWrapped(record))) texts.push(record.joined);
  for (const text of texts) {
    if (!text.includes('://')) continue;
    const found = named.exec(text);
    if (found) url = found[1] ?? found[0];
  }
  return url;
}
