import { counted, tenthsText } from './count-text.ts';
import { type OwnText, own } from './own-text.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** "0.4 s", "11 s", "3 min 12 s", "4 h 23 min", "2 days"; the blank before the unit does not break. */
export function durationText(milliseconds: number): OwnText {
  const time = Math.max(0, milliseconds);
  if (time < 9.95 * second) {
    return own`${tenthsText(Math.round(time / 100))}\u00a0s`;
  }
  const whole = Math.round(time / second) * second;
  if (whole < minute) return own`${whole / second}\u00a0s`;
  if (whole < hour) return pair(Math.floor(whole / minute), own`min`, (whole % minute) / second, own`s`);
  if (whole < 2 * day) {
    const minutes = Math.round(whole / minute);
    return pair(Math.floor(minutes / 60), own`h`, minutes % 60, own`min`);
  }
  return counted(Math.round(whole / day), own`day`, own`days`);
}

function pair(big: number, bigUnit: OwnText, small: number, smallUnit: OwnText): OwnText {
  const first = own`${big}\u00a0${bigUnit}`;
  return small === 0 ? first : own`${first} ${small}\u00a0${smallUnit}`;
}

/** A duration without tenths, for estimates and elapsed time: "0 s", "14 s", "3 min 12 s". */
export function wholeDurationText(milliseconds: number): OwnText {
  const whole = Math.max(0, Math.round(milliseconds / second)) * second;
  return whole < 10 * second ? own`${whole / second}\u00a0s` : durationText(whole);
}
