import { anyOf, nameRun } from './blocks/people.ts';
import { states, strip } from './blocks/strip.ts';
import type { Part } from './blocks/text-line.ts';
import { nextBlock, paragraph } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import template from './notice.json' with { type: 'json' };
import type { Notice } from './notice.ts';
import { type OwnText, own } from './own-text.ts';
import { summaryName } from './summary-text.ts';

const fill = cardTemplate(template);

/** One sentence of a notice: our words, a name, or names of which one is enough. */
type Word = OwnText | { readonly name: string } | { readonly anyOf: readonly string[] };

interface Words {
  readonly heading: OwnText;
  readonly reason: readonly Word[];
  readonly next: readonly Word[];
}

function wordsOf(notice: Notice): Words {
  switch (notice.kind) {
    case 'already-running':
      return {
        heading: own`Another change runs on this server`,
        reason: [own`Another change runs on `, { name: notice.server }, own` now. This one was not started.`],
        next: [own`Wait until it ends, then check the server again.`],
      };
    case 'may-not-approve':
      return {
        heading: own`You may not approve changes on this server`,
        reason: [own`You may not approve changes on this server.`],
        next: [{ anyOf: notice.approvers }, own` may.`],
      };
    case 'may-not-decline':
      return {
        heading: own`You may not decline this plan`,
        reason: [own`You may not decline this plan.`],
        next: [{ anyOf: notice.approvers }, own` may, and so may the person who asked for it.`],
      };
    case 'may-not-check':
      return {
        heading: own`You may not check servers here`,
        reason: [own`You may not check servers here.`],
        next: [own`For checks ask `, { anyOf: notice.approvers }, own`.`],
      };
    case 'button-unknown':
      return {
        heading: own`I do not know this button any more`,
        reason: [own`I do not know this button any more, so I did nothing.`],
        next: [own`Type check and the name of the server for a new card.`],
      };
    case 'choose-first':
      return {
        heading: own`No server is chosen`,
        reason: [own`No server is chosen.`],
        next: [own`Choose a server first, or type check and its name.`],
      };
    case 'store-away':
      return {
        heading: own`My store does not do its work`,
        reason: [awayWords[notice.why], own`, so I change nothing.`],
        next: [
          notice.again === 'press'
            ? own`Press again in a minute: if this press still counted, the card then says so.`
            : own`Write again in a minute.`,
          own` If that repeats, tell the person who runs me.`,
        ],
      };
    case 'reading-broke-off':
      return {
        heading: own`Reading broke off`,
        reason: [
          own`A part of me stopped while I read `,
          { name: notice.server },
          own`. Nothing was changed.`,
        ],
        next: [own`Type check and its name again. If that repeats, tell the person who runs me.`],
      };
  }
}

const awayWords = {
  away: own`I cannot reach my store`,
  full: own`My store has no room left on its disk`,
  'read-only': own`I may not write my store`,
  busy: own`My store is kept busy by others`,
} as const;

function parts(words: readonly Word[]): readonly Part[] {
  return words.flatMap((word) => {
    if (typeof word === 'string') return [word];
    return 'name' in word ? [nameRun(word.name)] : anyOf(word.anyOf);
  });
}

/** Names in a plain line: at most four, nothing in them that Markdown or XML could read. */
function plain(words: readonly Word[]): string {
  return words
    .map((word) => {
      if (typeof word === 'string') return word;
      if ('name' in word) return summaryName(word.name);
      if (word.anyOf.length === 0) return 'nobody';
      const shown = word.anyOf.length > 4 ? word.anyOf.slice(0, 3) : word.anyOf;
      const more = word.anyOf.length - shown.length;
      const names = [...shown.map(summaryName), ...(more > 0 ? [`${more} more`] : [])];
      return names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
    })
    .join('');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A refusal as a card: reason and next step. */
export function noticeCard(notice: Notice): Card {
  const { heading, reason, next } = wordsOf(notice);
  return fill(`Not done: ${noticeText(notice)}`, {
    strip: strip({ state: states.notDone, heading }),
    reason: paragraph(parts(reason)),
    next: nextBlock([own`Next`], [parts(next)]),
  });
}

/** The same as one plain line, for a message in answer to a press. Names lose every character that Markdown or XML could read. */
export function noticeText(notice: Notice): string {
  const { reason, next } = wordsOf(notice);
  return `${capital(plain(reason))} ${capital(plain(next))}`;
}
