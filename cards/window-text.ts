import { joined, type OwnText, own, saysTheSame } from './own-text.ts';
import { bareDayText, bareTimeText, timeText, weekdayTimeText, zoneNameText, zoneText } from './time-text.ts';
import type { View } from './view.ts';
import { type WindowRuleView, type WindowView, weekdays } from './window-view.ts';

/** "Sunday 29 Nov, 02:00 Europe/Berlin (01:00 UTC)"; the brackets only where the reader's clocks differ. */
export function windowStartText({ from, zone }: WindowView, view: View): OwnText {
  const there = { now: view.now, zone };
  const start = own`${weekdayTimeText(from, there)} ${zoneNameText(zone)}`;
  if (sameClocks(from, there, view)) return start;
  const sameDay = saysTheSame(bareDayText(from, there), bareDayText(from, view));
  const here = sameDay ? own`${bareTimeText(from, view)}\u00a0${zoneText(from, view)}` : timeText(from, view);
  return own`${start} (${here})`;
}

/** "Sunday 29 Nov, 02:00 to 04:00 Europe/Berlin"; a window that passes midnight names both days. */
export function windowSpanText({ from, to, zone }: WindowView, view: View): OwnText {
  const there = { now: view.now, zone };
  const sameDay = saysTheSame(bareDayText(from, there), bareDayText(to, there));
  const end = sameDay ? bareTimeText(to, there) : weekdayTimeText(to, there);
  return own`${weekdayTimeText(from, there)} to ${end} ${zoneNameText(zone)}`;
}

/** For a heading: "Sunday 29 Nov, 02:00 CET". */
export function windowHeadingText({ from, zone }: WindowView, view: View): OwnText {
  return own`${weekdayTimeText(from, { now: view.now, zone })}\u00a0${zoneText(from, { now: view.now, zone })}`;
}

function sameClocks(date: Date, one: View, other: View): boolean {
  return (
    saysTheSame(bareDayText(date, one), bareDayText(date, other)) &&
    saysTheSame(bareTimeText(date, one), bareTimeText(date, other))
  );
}

const dayNames: Readonly<Record<WindowRuleView['days'][number], OwnText>> = {
  monday: own`Monday`,
  tuesday: own`Tuesday`,
  wednesday: own`Wednesday`,
  thursday: own`Thursday`,
  friday: own`Friday`,
  saturday: own`Saturday`,
  sunday: own`Sunday`,
};

function daysText(rule: WindowRuleView): OwnText {
  const days = weekdays.filter((day) => rule.days.includes(day));
  if (days.length === 7) return own`every day`;
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return own`no day`;
  const isRow = weekdays.indexOf(last) - weekdays.indexOf(first) === days.length - 1;
  if (isRow && days.length > 2) return own`${dayNames[first]} through ${dayNames[last]}`;
  return joined(
    days.map((day) => dayNames[day]),
    own`, `,
  );
}

/** "02:00" of a policy as our own text: its digits. */
function clockText(clock: string): OwnText {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  const two = (value: number) => (value < 10 ? own`0${value}` : own`${value}`);
  return own`${two(hour)}:${two(minute)}`;
}

/** "Sunday 02:00 to 04:00 Europe/Berlin". */
export function windowRuleText(rule: WindowRuleView): OwnText {
  return own`${daysText(rule)} ${clockText(rule.from)} to ${clockText(rule.to)} ${zoneNameText(rule.zone)}`;
}
