import { buttonRow, press } from './blocks/buttons.ts';
import { code, codeLine } from './blocks/code-band.ts';
import { anyOf } from './blocks/people.ts';
import { serverChoice } from './blocks/server-choice.ts';
import { states, strip, stripName } from './blocks/strip.ts';
import { outsideLines, type Part, run, textLine } from './blocks/text-line.ts';
import { smallLine } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { chatCommands } from './chat-commands.ts';
import { countText } from './count-text.ts';
import { cutLines } from './cut-text.ts';
import { type OwnText, own } from './own-text.ts';
import type { Token } from './press.ts';
import template from './welcome.json' with { type: 'json' };

/** Names are shown as outside text. */
export interface WelcomeCardData {
  /** Display name of the person, when known. */
  readonly person?: string;
  readonly role:
    | { readonly kind: 'reader'; readonly approvers: readonly string[] }
    | { readonly kind: 'approver' }
    | { readonly kind: 'none'; readonly approvers: readonly string[] };
  /** Inventory names, in the order of the configuration. */
  readonly servers: readonly string[];
  /** Check: comes with `inputs.server`. */
  readonly check: Token;
  readonly allServers: Token;
}

const fill = cardTemplate(template);

/** Columns of monospace text in the 120 px of a command. */
const commandColumns = 16;

const command = (name: string) => [codeLine([code(name)], 'None')];

/** The rows of the card. */
const inRows = ['check', 'diagnose', 'servers', 'history', 'whoami'];

/** What few people type, in one line: each command says what it needs when it is typed alone. */
const moreCommands = smallLine([
  own`Also: `,
  ...chatCommands
    .filter(({ name }) => !inRows.includes(name))
    .flatMap(({ name }, index) => [...(index === 0 ? [] : [own`, `]), code(name)]),
]);

function roleWords(role: WelcomeCardData['role']): { readonly may: OwnText; readonly note: readonly Part[] } {
  switch (role.kind) {
    case 'approver':
      return {
        may: own`You may approve changes that are asked for.`,
        note: [own`Reading needs nobody’s yes.`],
      };
    case 'reader':
      return {
        may: own`You may read every server and ask for a change.`,
        note: [own`A change needs a yes from `, ...anyOf(role.approvers), own`.`],
      };
    case 'none':
      return {
        may: own`You may ask what a log means.`,
        note: [own`For checks ask `, ...anyOf(role.approvers), own`.`],
      };
  }
}

/** 4.1: what to type, and what this person may do. */
export function welcomeCard(data: WelcomeCardData): Card {
  const { may, note } = roleWords(data.role);
  const checks = data.role.kind !== 'none' && data.servers.length > 0;
  const example = data.servers[0];
  return fill(
    own`Help: paste log lines with error 80244007, or type “check” and a server name. I name the cause.`,
    {
      strip: strip({
        state: states.help,
        ...(data.person !== undefined && {
          extra: [own`for `, run(stripName(data.person), { bold: true, small: true })],
        }),
        heading: own`WSUS error 80244007: find the cause, fix it, prove it`,
      }),
      exampleCommand:
        example === undefined
          ? command('check')
          : outsideLines(cutLines(`check ${example}`, commandColumns, ' -.'), {
              bold: true,
              mono: true,
              small: true,
            }),
      serversCommand: command('servers'),
      serversWords:
        data.servers.length === 1
          ? own`The one server and its state.`
          : own`All ${countText(data.servers.length)} servers and their state.`,
      historyCommand: command('history'),
      whoamiCommand: command('whoami'),
      more: moreCommands,
      role: textLine([may], { bold: true }),
      roleNote: textLine(note, {}, { spacing: 'None' }),
      choice: checks ? [serverChoice(data.servers)] : [],
      buttons: buttonRow([
        ...(checks ? [press('Check', data.check, { first: true })] : []),
        ...(data.role.kind === 'none'
          ? []
          : [press('All servers', data.allServers, { withoutInputs: true })]),
      ]),
    },
  );
}
