import { type OwnText, own } from './own-text.ts';

/** A count: 412; from five digits with a comma, 18,204. Values of a file and line numbers are never written this way. */
export function countText(count: number): OwnText {
  return withCommas(count, 5);
}

/** A count in one sentence with a larger one: it has its comma when that one has. */
export function countBeside(count: number, larger: number): OwnText {
  return withCommas(count, larger >= 10_000 ? 4 : 5);
}

function withCommas(count: number, from: number): OwnText {
  const digits = String(Math.trunc(count));
  if (digits.length < from) return own`${Math.trunc(count)}`;
  const groups: OwnText[] = [];
  for (let end = digits.length; end > 0; end -= 3) {
    const group = digits.slice(Math.max(0, end - 3), end);
    // Digits of a number only.
    groups.unshift(group as OwnText);
  }
  return groups.reduce((text, group) => own`${text},${group}`);
}

/** "1 client", "37 clients". */
export function counted(count: number, one: OwnText, many: OwnText): OwnText {
  return own`${countText(count)} ${count === 1 ? one : many}`;
}
