import type { FreezeView } from '../freeze-view.ts';
import { howToThaw, whoFroze } from '../notices/freeze-words.ts';
import { own } from '../own-text.ts';
import type { View } from '../view.ts';
import { container, type Element } from './element.ts';
import { noticeParts } from './notice-parts.ts';
import { textLine } from './text-line.ts';

/** That all changes are frozen, by whom and why, on a card about something else. */
export function frozenBlock(freeze: FreezeView, view: View): readonly Element[] {
  return [
    container(
      [
        textLine([own`!\u00a0Changes are frozen`], { bold: true }),
        textLine(
          noticeParts([...whoFroze(freeze, view), own` `, ...howToThaw(freeze)]),
          {},
          { spacing: 'None' },
        ),
      ],
      { style: 'emphasis', bleed: true, spacing: 'Medium' },
    ),
  ];
}
