import type { LogRecord, RecordLine } from './records.ts';

/** The words with which each log ends a scan that went well. */
const succeeded =
  /\bFound \d{1,9} updates? and \d{1,9} categor(?:y|ies) in search\b|\* END \*.{1,40}Finding updates.{0,200}Exit code = 0x00000000\b|\[AGENT_DETECTION_FINISHED\]|\bsuccessfully (?:detected|found) \d{1,9} updates?\b|\bSuccessfully completed scan\b|\bAU[ \t]{1,16}# {1,4}\d{1,9} updates? detected\b/;
const service = /\bService ?ID[ \t]{0,2}=[ \t]{0,2}\{?([0-9a-f]{8})-/i;
/** Windows Update, Microsoft Update and the Store have identifiers of their own. */
const managedServices: ReadonlySet<string> = new Set(['3da21691', '00000000']);
const mostThreads = 256;

/** Knows which service each thread scans, to tell WSUS from Microsoft's own. */
export class ScanReader {
  private readonly services = new Map<string, string>();

  /** @returns the line that says that a scan against WSUS ended well. */
  read(record: LogRecord): RecordLine | undefined {
    const thread = record.prefix?.thread ?? '';
    let ended: RecordLine | undefined;
    for (const line of record.lines) {
      const named = line.normal.includes('ervice')
        ? service.exec(line.normal)?.[1]?.toLowerCase()
        : undefined;
      if (named !== undefined) this.remember(thread, named);
      if (succeeded.test(line.normal)) ended = line;
    }
    const scanned = this.services.get(thread);
    return scanned === undefined || managedServices.has(scanned) ? ended : undefined;
  }

  private remember(thread: string, name: string): void {
    if (this.services.size >= mostThreads) this.services.clear();
    this.services.set(thread, name);
  }
}
