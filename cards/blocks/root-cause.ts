import { codedText } from '../coded-text.ts';
import { countBeside, counted, countText } from '../count-text.ts';
import { type OwnText, own } from '../own-text.ts';
import type { RootCauseView } from '../root-cause-view.ts';
import { container, type Element } from './element.ts';
import { run, textLine } from './text-line.ts';
import { paragraph, smallLine } from './words.ts';

/** The limit that a count of ids is held against. */
export interface HeldAgainst {
  readonly limit: number;
  /** The service has read it. */
  readonly isActive: boolean;
  /** A higher one would not help: then it is not called the relief. */
  readonly isNoRelief?: true;
}

/** How many test products of KB 5121986 are in SUSDB. */
export function floodOf(cause: RootCauseView | undefined): number {
  return cause?.updates?.testDetectoids ?? 0;
}

/** The flood of KB 5121986 before everything else, in a few words. */
export function floodSentence(count: number, { isNoRelief }: Partial<HeldAgainst> = {}): OwnText {
  const relief = isNoRelief ? own`` : own` The limit is relief.`;
  return own`KB\u00a05121986 comes first: SUSDB holds ${counted(count, own`test product`, own`test products`)}.${relief}`;
}

const floodRemedy = own`Remedy of KB\u00a05121986 (July 2026), once for each SUSDB: back it up, set MaxXMLPerRequest to 0, IISReset, delete the updates titled “Product Detectoid for ProductName TestProduct…”, IISReset. When clients scan again, MaxXMLPerRequest back to 5242880, IISReset.`;

function updatesWords({ updates }: RootCauseView, { isNoRelief }: HeldAgainst): OwnText | undefined {
  if (updates === null || updates.notDeclined === 0) return undefined;
  const { notDeclined, supersededNotDeclined: superseded } = updates;
  const open = counted(notDeclined, own`update is not declined`, own`updates are not declined`);
  const cure = isNoRelief ? own`that is the cure` : own`that is the cure, the limit is the relief`;
  if (superseded === 0) {
    return own`${open}, none of them superseded. Fewer products and classifications shorten every client’s list: ${cure}.`;
  }
  return own`${open}; ${countBeside(superseded, notDeclined)} of them ${superseded === 1 ? own`is` : own`are`} superseded. Declining those shortens every client’s list: ${cure}.`;
}

function counterWords({ longestList, cached }: RootCauseView, held: HeldAgainst): readonly OwnText[] {
  const limit = held.isActive ? own`the limit is ${held.limit}` : own`the new limit is ${held.limit}`;
  const list =
    longestList === null || longestList === 0
      ? []
      : [
          longestList > held.limit
            ? own`Clients sent up to ${counted(longestList, own`id`, own`ids`)}; ${limit}.`
            : own`The longest list since the service started had ${counted(longestList, own`id`, own`ids`)}; ${limit}.`,
        ];
  return cached === null
    ? list
    : [
        ...list,
        own`Clients sent up to ${countText(cached.longest)} cached updates; maxCachedUpdates is ${cached.limit}.`,
      ];
}

/** What the server's counts say of the cause, the cure first. Nothing when nothing is known. */
export function rootCauseLines(cause: RootCauseView | undefined, held: HeldAgainst): readonly OwnText[] {
  if (cause === undefined) return [];
  const words = updatesWords(cause, held);
  return [
    ...(floodOf(cause) > 0 ? [floodRemedy] : []),
    ...(words === undefined ? [] : [words]),
    ...counterWords(cause, held),
  ];
}

/** For the card of a verdict: the flood, then the counts, in normal size. */
export function rootCauseBlock(cause: RootCauseView | undefined, held: HeldAgainst): readonly Element[] {
  const lines = rootCauseLines(cause, held);
  if (lines.length === 0) return [];
  const flood = floodOf(cause);
  return [
    container(
      [
        ...(flood > 0 ? [textLine([run(floodSentence(flood, held), { bold: true })])] : []),
        ...lines.map((line) => paragraph([line], 'Small')),
      ],
      { spacing: 'Medium' },
    ),
  ];
}

/** For the foot of a proposal, below its buttons: small. */
export function rootCauseFoot(cause: RootCauseView | undefined, held: HeldAgainst): readonly Element[] {
  return rootCauseLines(cause, held).map((line, index) => smallLine([line], index === 0 ? 'Medium' : 'None'));
}

/** For the details: what would say more and could not be read. */
export function unreadLines(cause: RootCauseView | undefined): readonly Element[] {
  return (cause?.unread ?? []).map(({ part, reason }) =>
    smallLine([
      part === 'updates' ? own`Updates in SUSDB not read: ` : own`Counters not read: `,
      codedText(reason, 160),
    ]),
  );
}
