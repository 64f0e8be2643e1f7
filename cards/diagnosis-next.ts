import { openPersonalChat, press } from './blocks/buttons.ts';
import { code } from './blocks/code-band.ts';
import type { Element } from './blocks/element.ts';
import { anyOf, nameRun } from './blocks/people.ts';
import { serverChoice } from './blocks/server-choice.ts';
import type { Part } from './blocks/text-line.ts';
import { nextBlock } from './blocks/words.ts';
import { type OwnText, own, said, type Words } from './own-text.ts';
import type { Token } from './press.ts';
import { summaryName } from './summary-text.ts';

/** What follows a diagnosis. */
export type DiagnosisNext =
  /** The named server is being read already; its answer follows as its own message. */
  | { readonly kind: 'reading'; readonly server: string }
  /** One button a server, at most three are shown. */
  | { readonly kind: 'check'; readonly checks: readonly { readonly server: string; readonly token: Token }[] }
  /** The log names no server of the inventory: ChoiceSet, comes with `inputs.server`. */
  | { readonly kind: 'choose'; readonly servers: readonly string[]; readonly token: Token }
  /** The named server is not in the inventory, and nothing else can be offered. */
  | { readonly kind: 'not-in-inventory' }
  /** Said where the bot is no member: a check is asked for in the chat with it. `chat`: address of that chat, ours. */
  | { readonly kind: 'in-chat'; readonly server?: string; readonly chat?: string }
  /** This person may not check. */
  | { readonly kind: 'may-not-check'; readonly askFor: readonly string[] };

interface NextElements {
  readonly block: readonly Element[];
  readonly choice: readonly Element[];
  readonly buttons: readonly Element[];
  /** For the summary: "Next: check wsus01." */
  readonly spoken: Words;
}

const free = own`Reading changes no setting.`;

/** The block "Next", its list of servers, and its buttons. `why` says what a check would show. */
export function nextElements(next: DiagnosisNext, why: OwnText): NextElements {
  const block = (title: readonly Part[], ...words: readonly (readonly Part[])[]) => [nextBlock(title, words)];
  switch (next.kind) {
    case 'reading':
      return {
        block: block(
          [own`Next: I am reading `, nameRun(next.server)],
          [own`${why} ${free} The result follows.`],
        ),
        choice: [],
        buttons: [],
        spoken: said`Next: I am reading ${summaryName(next.server)}.`,
      };
    case 'check': {
      const first = next.checks[0];
      return {
        block: block(
          [next.checks.length > 1 ? own`Next: read the servers` : own`Next: read the server`],
          [own`${why} ${free}`],
        ),
        choice: [],
        buttons: next.checks
          .slice(0, 3)
          .map(({ server, token }, index) =>
            press({ check: server }, token, index === 0 ? { first: true } : {}),
          ),
        spoken: first === undefined ? own`` : said`Next: check ${summaryName(first.server)}.`,
      };
    }
    case 'choose':
      return {
        block: block([own`Next: check a server`], [own`${why} ${free}`]),
        choice: [serverChoice(next.servers)],
        buttons: [press('Check', next.token, { first: true })],
        spoken: own`Next: choose a server to check.`,
      };
    case 'not-in-inventory':
      return {
        block: block(
          [own`Next: add the server`],
          [
            own`It is not in my inventory, so I do not connect to it. Tell the owner of my configuration to add it, then write check and its name.`,
          ],
        ),
        choice: [],
        buttons: [],
        spoken: own`Next: have the server added to my inventory.`,
      };
    case 'in-chat':
      return {
        block: block(
          [own`Next: check the server`],
          [
            own`${why} In our chat, type `,
            code('check'),
            ...(next.server === undefined ? [own` and its name`] : [own` and `, nameRun(next.server)]),
            own`. ${free}`,
          ],
        ),
        choice: [],
        buttons: next.chat === undefined ? [] : [openPersonalChat(next.chat)],
        spoken: own`Next: check the server in our chat.`,
      };
    case 'may-not-check':
      return {
        block: block(
          [own`Next: ask for a check`],
          [own`${why} You may not check servers here. Ask `, ...anyOf(next.askFor), own`.`],
        ),
        choice: [],
        buttons: [],
        spoken: own`Next: ask for a check of the server.`,
      };
  }
}
