import { type StateWord, states } from './blocks/strip.ts';
import { type OwnText, own } from './own-text.ts';

/** What an answer means for the one who asked. */
export type FindingKind =
  | 'kb4096317'
  /** Microsoft's own lines of KB 4096317, with its placeholders. */
  | 'example'
  /** A fault whose own words say that it is not KB 4096317. */
  | 'look-alike'
  /** Another code, by its number alone. */
  | 'other-code'
  /** Test products of KB 5121986: a line names one, or several of their codes stand side by side. */
  | 'flood'
  | 'flood-suspected'
  | 'recovered'
  /** A fault that clients cure by themselves. */
  | 'passes';

interface FindingWords {
  readonly state: StateWord;
  /** Behind the state, in the strip. */
  readonly extra?: OwnText;
  /** What a check of a server would show. */
  readonly checkShows: OwnText;
  /** For the summary, before the heading. */
  readonly spoken: OwnText;
}

const limitsNow = own`A check shows the limits that are set now.`;
const notThis = own`not KB\u00a04096317`;

/** What differs between the answers, beside the words of the diagnosis itself. */
export const findingWords: Readonly<Record<FindingKind, FindingWords>> = {
  kb4096317: {
    state: states.causeFound,
    extra: own`KB\u00a04096317`,
    checkShows: own`The log proves the cause, not the limit that is set now.`,
    spoken: own`Cause found: KB 4096317.`,
  },
  example: {
    state: states.exampleOnly,
    extra: own`KB\u00a04096317`,
    checkShows: own`A check shows the limit that a server has now, and what it refuses.`,
    spoken: own`Example only, of KB 4096317.`,
  },
  'look-alike': {
    state: states.causeFound,
    extra: notThis,
    checkShows: limitsNow,
    spoken: own`Cause found, and it is not KB 4096317:`,
  },
  'other-code': {
    state: states.otherFailure,
    extra: notThis,
    checkShows: limitsNow,
    spoken: own`Another failure, not KB 4096317:`,
  },
  flood: {
    state: states.causeFound,
    extra: own`KB\u00a05121986`,
    checkShows: own`A check counts the test products in SUSDB.`,
    spoken: own`Cause found: KB 5121986.`,
  },
  'flood-suspected': {
    state: states.suspected,
    extra: own`KB\u00a05121986`,
    checkShows: own`A check counts the test products in SUSDB: that proves it, or rules it out.`,
    spoken: own`Suspected: KB 5121986.`,
  },
  recovered: {
    state: states.worksAgain,
    checkShows: limitsNow,
    spoken: own`Works again:`,
  },
  passes: {
    state: states.passesByItself,
    extra: notThis,
    checkShows: limitsNow,
    spoken: own`Passes by itself, and it is not KB 4096317:`,
  },
};
