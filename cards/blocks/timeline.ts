import { countText } from '../count-text.ts';
import type { HourCount } from '../evidence-view.ts';
import { own } from '../own-text.ts';
import { bareTimeText, zoneText } from '../time-text.ts';
import type { View } from '../view.ts';
import { container, type Element, element } from './element.ts';
import { run, textLine } from './text-line.ts';

/** Whole hours only: a part hour at either end says nothing about the trend. */
function trend(hours: readonly HourCount[]) {
  const counts = hours.filter((hour) => hour.minutes >= 60).map((hour) => hour.count);
  const first = counts[0];
  const last = counts.at(-1);
  if (first === undefined || last === undefined || counts.length < 2) return undefined;
  if (last === 0) return own`stopped`;
  if (last > first * 1.2) return own`rising`;
  if (last < first * 0.8) return own`falling`;
  return own`steady`;
}

/** The last six hours as numbers, not bars: block characters are uneven, and noise to a screen reader. */
export function timeline(perHour: readonly HourCount[], view: View): readonly Element[] {
  const hours = perHour.slice(-6);
  const first = hours[0];
  if (hours.length < 2 || first === undefined) return [];
  const peak = Math.max(...hours.map((hour) => hour.count));
  const word = trend(hours);
  const zone = zoneText(first.startsAt, view);
  return [
    container(
      [
        textLine(
          [word === undefined ? own`Faults per hour, ${zone}` : own`Faults per hour, ${zone}: ${word}`],
          {
            small: true,
            subtle: true,
          },
        ),
        element('ColumnSet', {
          spacing: 'Small',
          columns: hours.map((hour) =>
            element('Column', {
              width: 'stretch',
              spacing: 'None',
              items: [
                textLine(
                  [run(countText(hour.count), hour.count === peak ? { bold: true } : {})],
                  {},
                  { horizontalAlignment: 'Center' },
                ),
                textLine(
                  [hour.minutes < 60 ? own`${hour.minutes}\u00a0min` : bareTimeText(hour.startsAt, view)],
                  { small: true, subtle: true },
                  { spacing: 'None', horizontalAlignment: 'Center' },
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
