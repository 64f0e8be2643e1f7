import { buttonRow, openPersonalChat } from './blocks/buttons.ts';
import { noticeParts, noticePlain } from './blocks/notice-parts.ts';
import { states, strip } from './blocks/strip.ts';
import { nextBlock, paragraph } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import template from './notice.json' with { type: 'json' };
import type { Notice } from './notice.ts';
import { wordsOf } from './notices/words-of.ts';
import { own, said, Words } from './own-text.ts';

const fill = cardTemplate(template);

/** What is true, why, and the next step, as a card: a refusal, or what an act did that no card of a change shows. */
export function noticeCard(notice: Notice): Card {
  const { state = states.notDone, heading, reason, next, personalChat } = wordsOf(notice);
  return fill(said`${state.word}: ${noticeText(notice)}`, {
    strip: strip({ state, heading }),
    reason: paragraph(noticeParts(reason)),
    next: nextBlock([own`Next`], [noticeParts(next)]),
    buttons: personalChat === undefined ? [] : buttonRow([openPersonalChat(personalChat)]),
  });
}

/** The same as one plain line, for a message in answer to a press. Words from outside lose every character that Markdown or XML could read. */
export function noticeText(notice: Notice): Words {
  const { reason, next } = wordsOf(notice);
  return said`${capital(noticePlain(reason))} ${capital(noticePlain(next))}`;
}

function capital(words: Words): Words {
  return new Words((language) => {
    const text = words.in(language);
    return text.charAt(0).toUpperCase() + text.slice(1);
  });
}
