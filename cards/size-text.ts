import { tenthsText } from './count-text.ts';
import { type OwnText, own } from './own-text.ts';

const kilo = 1024;
const mega = kilo ** 2;
const giga = kilo ** 3;

/** A size as Windows shows it: "812 bytes", "4 KB", "1.2 MB", "128 MB", "1.2 GB"; the blank before the unit does not break. */
export function sizeText(bytes: number): OwnText {
  const size = Math.max(0, Math.trunc(bytes));
  if (size < kilo) return own`${size}\u00a0bytes`;
  if (size < 1000 * kilo) return own`${Math.round(size / kilo)}\u00a0KB`;
  return size < 1000 * mega ? own`${tenths(size / mega)}\u00a0MB` : own`${tenths(size / giga)}\u00a0GB`;
}

/** One digit after the point below ten, none above. */
function tenths(count: number): OwnText {
  const all = Math.round(count * 10);
  return all >= 100 || all % 10 === 0 ? own`${Math.round(count)}` : tenthsText(all);
}
