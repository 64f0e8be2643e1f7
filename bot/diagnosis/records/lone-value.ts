import { isSoapErrorCode } from '../faults/soap-error-code.ts';

const value =
  /^["']?\s?(?:parameters\.[A-Za-z]{1,60}|[0-9a-f]{8}-[0-9a-f-]{27}|GUID|https?:\/\/www\.microsoft\.com\/SoftwareDistribution\/[\w/]{1,120})\s?["']?$/i;

/** @returns whether a line holds nothing but one value of a fault's detail, as an indented envelope leaves it when its tags are gone. */
export function isLoneValue(line: string): boolean {
  const text = line.length > 400 ? '' : line.trim();
  return isSoapErrorCode(text) || value.test(text);
}
