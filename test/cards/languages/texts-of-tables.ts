import { changeReasons } from '../../../bot/changes/change-reasons.ts';
import { unreadProcess } from '../../../bot/conversation/change-view.ts';
import { remarks } from '../../../bot/diagnosis/explain.ts';
import { everyAsk } from '../../../bot/diagnosis/findings/asks.ts';
import type { VariantWords } from '../../../bot/diagnosis/signature.ts';
import { allSignatures } from '../../../bot/diagnosis/signatures/all-signatures.ts';
import { buttonTitles, toggleIds } from '../../../cards/blocks/buttons.ts';
import { remoteErrors } from '../../../remote/remote-error.ts';

const wordsOf = ({ heading, cause, why, remedy = [] }: VariantWords): readonly string[] =>
  [heading, cause, why, ...remedy].filter((text) => text !== undefined);

/** Headings of a diagnosis, which a card has no room to break. */
export const diagnosisHeadings = (): readonly string[] => [
  remarks.exampleHeading,
  ...allSignatures.flatMap(({ heading, variants = {}, sureness = {} }) => [
    heading,
    ...[...Object.values(variants), ...Object.values(sureness)].flatMap((words) => words.heading ?? []),
  ]),
];

/** Sentences that other folders give to the cards as plain strings, and titles of buttons. */
export const textsOfTables = (): readonly string[] => [
  ...buttonTitles,
  ...Object.keys(toggleIds),
  ...Object.values(remarks),
  ...allSignatures.flatMap((signature) => [
    ...wordsOf(signature),
    ...Object.values(signature.variants ?? {}).flatMap(wordsOf),
    ...Object.values(signature.sureness ?? {}).flatMap(wordsOf),
  ]),
  ...everyAsk.map(({ what }) => what),
  unreadProcess,
  ...Object.values(changeReasons).flatMap(({ reason, remedy }) => [reason, remedy]),
  ...Object.values(remoteErrors).flatMap(({ reason, remedy }) => [reason, remedy]),
];
