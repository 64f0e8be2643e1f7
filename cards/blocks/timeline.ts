import { countText } from '../count-text.ts';
import type { HourCount, LogTime } from '../evidence-view.ts';
import { outside } from '../outside-text.ts';
import { type OwnText, own, Words } from '../own-text.ts';
import { bareDayText, bareTimeText, zoneText } from '../time-text.ts';
import type { View } from '../view.ts';
import { container, type Element, element } from './element.ts';
import { type Part, run, textLine } from './text-line.ts';

/** Columns that fit a phone's card. */
const mostColumns = 6;
/** Of more hours than that the last six tell too little: they are counted by days. */
const mostHours = 48;

/** One column. */
interface Period {
  readonly label: Part;
  readonly count: number;
  /** A part hour or day at either end says nothing about the trend. */
  readonly isWhole: boolean;
}

const mean = (counts: readonly number[]): number =>
  counts.reduce((sum, count) => sum + count, 0) / counts.length;

/** The later half of the whole periods against the earlier one. */
function trend(periods: readonly Period[]): OwnText | undefined {
  const counts = periods.filter(({ isWhole }) => isWhole).map(({ count }) => count);
  if (counts.length < 2) return undefined;
  const half = Math.floor(counts.length / 2);
  const before = mean(counts.slice(0, half));
  const after = mean(counts.slice(-half));
  if (after > before * 1.2) return own`rising`;
  return after < before * 0.8 ? own`falling` : own`steady`;
}

/** "21:00" and "25 Nov" out of "2026-11-25 21:00:00", which a log prints in a zone that it does not name. */
const loggedTime = (text: string): Part => outside(text.slice(11, 16));
function loggedDay(text: string, view: View): Part {
  const at = new Date(`${text.slice(0, 10)}T12:00:00Z`);
  return Number.isNaN(at.getTime()) ? outside(text.slice(0, 10)) : bareDayText(at, { ...view, zone: 'UTC' });
}

const hourLabel = (time: LogTime, view: View): Part =>
  'at' in time ? bareTimeText(time.at, view) : loggedTime(time.asLogged);
const dayLabel = (time: LogTime, view: View): Part =>
  'at' in time ? bareDayText(time.at, view) : loggedDay(time.asLogged, view);

const byHours = (hours: readonly HourCount[], view: View): readonly Period[] =>
  hours.map(({ startsAt, minutes, count }) => ({
    label: minutes < 60 ? own`${minutes}\u00a0min` : hourLabel(startsAt, view),
    count,
    isWhole: minutes >= 60,
  }));

function byDays(hours: readonly HourCount[], view: View): readonly Period[] {
  const days = new Map<string, { label: Part; count: number; minutes: number }>();
  for (const { startsAt, minutes, count } of hours) {
    const label = dayLabel(startsAt, view);
    const key = label instanceof Words ? label.in('en') : JSON.stringify(startsAt);
    const day = days.get(key) ?? { label, count: 0, minutes: 0 };
    days.set(key, { label, count: day.count + count, minutes: day.minutes + minutes });
  }
  return [...days.values()].map(({ label, count, minutes }) => ({
    label,
    count,
    // The shortest day there is, when clocks go forward.
    isWhole: minutes >= 23 * 60,
  }));
}

/**
 * The last six hours, or days of a long log, as numbers, not bars: block characters are uneven, and noise to a screen reader.
 * `stopped`: something after the last fault shows that there are no more.
 */
export function timeline(perHour: readonly HourCount[], view: View, stopped = false): readonly Element[] {
  const first = perHour[0];
  if (perHour.length < 2 || first === undefined) return [];
  const inDays = perHour.length > mostHours;
  const all = inDays ? byDays(perHour, view) : byHours(perHour, view);
  const shown = all.slice(-mostColumns);
  const peak = Math.max(...shown.map(({ count }) => count));
  const word = stopped ? own`stopped` : trend(shown);
  const unit = inDays ? own`day` : own`hour`;
  const part = all.length > shown.length ? own`, the last ${shown.length} of ${all.length}` : own``;
  const zone = 'at' in first.startsAt ? zoneText(first.startsAt.at, view) : own`the log’s own clock`;
  const title = own`Faults per ${unit}${part}, ${zone}`;
  return [
    container(
      [
        textLine([word === undefined ? title : own`${title}: ${word}`], { small: true, subtle: true }),
        element('ColumnSet', {
          spacing: 'Small',
          columns: shown.map(({ label, count }) =>
            element('Column', {
              width: 'stretch',
              spacing: 'None',
              items: [
                textLine(
                  [run(countText(count), count === peak ? { bold: true } : {})],
                  {},
                  { horizontalAlignment: 'Center' },
                ),
                textLine(
                  [label],
                  { small: true, subtle: true },
                  {
                    spacing: 'None',
                    horizontalAlignment: 'Center',
                  },
                ),
              ],
            }),
          ),
        }),
      ],
      { spacing: 'Medium' },
    ),
  ];
}
