import { shortName } from '../cut-text.ts';
import { outside } from '../outside-text.ts';
import { type OwnText, own } from '../own-text.ts';
import { type Element, element } from './element.ts';
import { type Part, run, textLine } from './text-line.ts';

type StripStyle = 'attention' | 'warning' | 'accent' | 'good' | 'emphasis';

export interface StateWord {
  readonly glyph: OwnText;
  readonly word: OwnText;
  readonly style: StripStyle;
}

const broken = { glyph: own`✕`, style: 'attention' } as const;
const waits = { glyph: own`!`, style: 'warning' } as const;
const notKnown = { glyph: own`?`, style: 'warning' } as const;
const moving = { glyph: own`▸`, style: 'accent' } as const;
const proven = { glyph: own`✓`, style: 'good' } as const;
// Nobody has to act and nothing is at work yet: the glyph of a step that comes later, on a neutral strip.
const later = { glyph: own`○`, style: 'emphasis' } as const;
const closed = { glyph: own`–`, style: 'emphasis' } as const;

/** Every state a card can be in: glyph, word, style. The glyph never stands without its word. */
export const states = {
  causeFound: { ...broken, word: own`Cause found` },
  otherFailure: { ...broken, word: own`Another failure` },
  failed: { ...broken, word: own`Failed` },
  failedRestored: { ...broken, word: own`Failed, restored` },
  accessDenied: { ...broken, word: own`Access denied` },
  unreachable: { ...broken, word: own`Unreachable` },
  notReadable: { ...broken, word: own`Not readable` },
  serviceDown: { ...broken, word: own`Service down` },
  fileRefused: { ...broken, word: own`File refused` },
  needsApproval: { ...waits, word: own`Needs approval` },
  waitingForApproval: { ...waits, word: own`Waiting for approval` },
  writtenNotActive: { ...waits, word: own`Written, not active` },
  raisedNotActive: { ...waits, word: own`Raised, not active` },
  raisedStillFailing: { ...waits, word: own`Raised, still failing` },
  alreadyRunning: { ...waits, word: own`Already running` },
  frozen: { ...waits, word: own`Changes are frozen` },
  locked: { ...waits, word: own`Locked` },
  brokeGlass: { ...waits, word: own`Glass broken` },
  notEnoughEvidence: { ...notKnown, word: own`Not enough evidence` },
  suspected: { ...notKnown, word: own`Suspected` },
  exampleOnly: { ...notKnown, word: own`Example only` },
  stateUnknown: { ...notKnown, word: own`State unknown` },
  notWsus: { ...notKnown, word: own`Not WSUS` },
  unclear: { ...notKnown, word: own`Unclear` },
  whichServer: { ...notKnown, word: own`Which server` },
  unknownServer: { ...notKnown, word: own`Unknown server` },
  reading: { ...moving, word: own`Reading` },
  running: { ...moving, word: own`Running` },
  rollingBack: { ...moving, word: own`Rolling back` },
  doneAndProven: { ...proven, word: own`Done and proven` },
  rolledBack: { ...proven, word: own`Rolled back` },
  healthy: { ...proven, word: own`Healthy` },
  worksAgain: { ...proven, word: own`Works again` },
  queued: { ...later, word: own`Approved, waiting` },
  declined: { ...closed, word: own`Declined` },
  withdrawn: { ...closed, word: own`Withdrawn` },
  expired: { ...closed, word: own`Expired` },
  stale: { ...closed, word: own`Stale` },
  superseded: { ...closed, word: own`Superseded` },
  takenOver: { ...closed, word: own`Taken over` },
  notDone: { ...closed, word: own`Not done` },
  cancelled: { ...closed, word: own`Cancelled` },
  stopped: { ...closed, word: own`Stopped` },
  answered: { ...closed, word: own`Answered` },
  unlocked: { ...closed, word: own`Unlocked` },
  thawed: { ...closed, word: own`Freeze ended` },
  passesByItself: { ...closed, word: own`Passes by itself` },
  noFault: { ...closed, word: own`No fault found` },
  announcements: { glyph: own`≡`, word: own`Announcements`, style: 'emphasis' },
  diagnose: { glyph: own`≡`, word: own`Diagnose`, style: 'emphasis' },
  help: { glyph: own`≡`, word: own`Help`, style: 'emphasis' },
  history: { glyph: own`≡`, word: own`History`, style: 'emphasis' },
  locks: { glyph: own`≡`, word: own`Locks`, style: 'emphasis' },
  whoami: { glyph: own`≡`, word: own`What you may do`, style: 'emphasis' },
  servers: { glyph: own`≡`, word: own`Servers`, style: 'emphasis' },
} as const satisfies Record<string, StateWord>;

export interface StripData {
  readonly state: StateWord;
  /** Short name of the server, or a person's name after "for". */
  readonly server?: string;
  /** Small and subtle, after the server. */
  readonly extra?: readonly Part[];
  /** What is true, in at most 60 characters; the card's one heading. */
  readonly heading: OwnText;
}

/** First block of every card: state, server, and one heading that is true by itself. */
export function strip({ state, server, extra, heading }: StripData): Element {
  const between = run(own` · `, { small: true, subtle: true });
  const parts: Part[] = [run(own`${state.glyph}\u00a0${state.word}`, { bold: true })];
  if (server !== undefined) {
    parts.push(between, run(stripName(server), { bold: true, small: true }));
  }
  if (extra !== undefined && extra.length > 0) parts.push(between, ...extra);
  return element('Container', {
    style: state.style,
    bleed: true,
    items: [
      textLine(parts, { small: true, subtle: true }),
      element('TextBlock', {
        text: heading,
        style: 'heading',
        size: 'Large',
        weight: 'Bolder',
        wrap: true,
        spacing: 'None',
      }),
    ],
  });
}

/** At most 26 characters in the strip. */
export function stripName(name: string) {
  return outside(name).map((characters) => shortName(characters, 26));
}
