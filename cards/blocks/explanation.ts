import { counted, countText } from '../count-text.ts';
import type { AlsoView, ExplanationView } from '../explanation-view.ts';
import { type OwnText, own, plainHeading, sentence } from '../own-text.ts';
import { container, type Element } from './element.ts';
import { prose } from './prose.ts';
import { type Part, run, textLine } from './text-line.ts';
import { nextBlock, paragraph, sectionTitle } from './words.ts';

/** The card's one heading: at most 60 characters. */
export const headingOf = ({ heading }: ExplanationView): OwnText => plainHeading(heading);

/** Sentences one below the other, the first one apart from what is above, unless that is its title. */
export function paragraphs(
  sentences: readonly string[],
  first: 'Medium' | 'Small' = 'Medium',
): readonly Element[] {
  return sentences.map((sentence, index) => paragraph(prose(sentence), index === 0 ? first : 'Small'));
}

const titles: Readonly<Record<ExplanationView['order'], OwnText>> = {
  'in order': own`Next, in this order`,
  choice: own`Next, the one that fits`,
  'any order': own`Next`,
};

/** What to do, numbered where the order matters. */
export function stepsBlock({ steps, order }: Pick<ExplanationView, 'steps' | 'order'>): readonly Element[] {
  if (steps.length === 0) return [];
  const numbered = steps.length > 1 && order === 'in order';
  return [
    nextBlock(
      [steps.length === 1 ? own`Next` : titles[order]],
      steps.map((step, index): readonly Part[] => [
        ...(numbered ? [run(own`${index + 1}. `, { bold: true })] : []),
        ...prose(step),
      ]),
    ),
  ];
}

const mostOthers = 3;

/** "Also in this text", the other findings in the order of their weight. */
export function alsoBlock(others: readonly AlsoView[]): readonly Element[] {
  if (others.length === 0) return [];
  const shown = others.slice(0, mostOthers);
  const more = others.length - shown.length;
  return [
    container(
      [
        sectionTitle(own`Also in this text`),
        ...shown.map(({ heading, count }) =>
          textLine(
            [
              sentence(heading),
              run(count === 1 ? own`, once` : own`, ${countText(count)} times`, { subtle: true }),
            ],
            {},
            { spacing: 'Small' },
          ),
        ),
        ...(more > 0
          ? [
              textLine(
                [own`and ${counted(more, own`other failure`, own`other failures`)}`],
                { subtle: true },
                { spacing: 'Small' },
              ),
            ]
          : []),
      ],
      { spacing: 'Medium' },
    ),
  ];
}
