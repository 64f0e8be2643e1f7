/** The words with which each log ends a scan that went well. */
const succeeded =
  /\bFound \d{1,9} updates? and \d{1,9} categor(?:y|ies) in search\b|\* ?END ?\*.{1,40}Finding updates.{0,200}Exit code = 0x00000000\b|\[AGENT_DETECTION_FINISHED\]|\bsuccessfully (?:detected|found) \d{1,9} updates?\b|\bSuccessfully completed scan\b|\bAU[ \t]{1,16}# {1,4}\d{1,9} updates? detected\b/;
const service = /\bService ?ID[ \t]{0,2}=[ \t]{0,2}\{?([0-9a-f]{8})-/i;
/** Windows Update, Microsoft Update and the Store have identifiers of their own. */
const managedServices: ReadonlySet<string> = new Set(['3da21691', '00000000']);

export const saysScanSucceeded = (line: string): boolean => succeeded.test(line);

/** @returns the first eight digits of the service that a scan is against, lower case. */
export const scannedService = (line: string): string | undefined =>
  line.includes('ervice') ? service.exec(line)?.[1]?.toLowerCase() : undefined;

/** @param name The first eight digits; null when the log names none. */
export const isWsus = (name: string | null): boolean => name === null || managedServices.has(name);
