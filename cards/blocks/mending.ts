import { countText } from '../count-text.ts';
import { ellipsis } from '../cut-text.ts';
import { mendingOf } from '../mending.ts';
import { outside } from '../outside-text.ts';
import { own } from '../own-text.ts';
import { commandBand } from './code-band.ts';
import type { Element } from './element.ts';
import { run } from './text-line.ts';
import { paragraph } from './words.ts';

const most = 3;

/** "Not as it was before", then each thing with its command on lines of code. Nothing for an empty list. */
export function mendingBlock(sentences: readonly string[]): readonly Element[] {
  if (sentences.length === 0) return [];
  const more = sentences.length - most;
  return [
    ...sentences.slice(0, most).flatMap((sentence, index) => {
      const { what, command } = mendingOf(sentence);
      const words = outside(what).map((text) => ellipsis(text, 240));
      return [
        paragraph(
          index === 0 ? [run(own`!\u00a0Not as it was before: `, { bold: true }), words] : [words],
          index === 0 ? 'Medium' : 'Small',
        ),
        ...(command === undefined ? [] : [commandBand(ellipsis(command, 900))]),
      ];
    }),
    ...(more > 0 ? [paragraph([own`and ${countText(more)} more, in the server’s report`], 'Small')] : []),
  ];
}
