import { buttonRow, press } from './blocks/buttons.ts';
import { nameRun } from './blocks/people.ts';
import { serverChoice } from './blocks/server-choice.ts';
import { states, strip, stripName } from './blocks/strip.ts';
import { type Part, run, textLine } from './blocks/text-line.ts';
import { paragraph } from './blocks/words.ts';
import type { Card } from './card.ts';
import { cardTemplate } from './card-template.ts';
import { counted, countText } from './count-text.ts';
import { own, said } from './own-text.ts';
import type { Token } from './press.ts';
import { summaryName } from './summary-text.ts';
import template from './which-server.json' with { type: 'json' };

/** `check` alone (`asked` absent), or `check wsus99` with a name that is not in the inventory. */
export interface WhichServerCardData {
  readonly asked?: string;
  /** Nearest name of the inventory and the button that checks it. */
  readonly nearest?: { readonly server: string; readonly token: Token };
  readonly servers: readonly string[];
  /** Check: comes with `inputs.server`. */
  readonly check: Token;
}

const fill = cardTemplate(template);
const mostNames = 20;

function sentence({ asked, nearest, servers }: WhichServerCardData): readonly Part[] {
  if (servers.length === 0)
    return [own`My inventory is empty. The owner of my configuration adds servers to it.`];
  if (asked === undefined) return [own`I read the server that you choose. Reading changes no setting.`];
  const only = own`I connect to no other names than those of my inventory.`;
  return nearest === undefined
    ? [only]
    : [own`${only} The nearest name is `, nameRun(nearest.server), own`.`];
}

/** Asks which server, and says which there are. */
export function whichServerCard(data: WhichServerCardData): Card {
  const { asked, nearest, servers } = data;
  const unknown = asked !== undefined;
  const names = servers
    .slice(0, mostNames)
    .flatMap((name, index): readonly Part[] => (index === 0 ? [nameRun(name)] : [own`, `, nameRun(name)]));
  const more = servers.length > mostNames ? [own` and ${countText(servers.length - mostNames)} more`] : [];
  return fill(
    unknown
      ? said`Unknown server: ${summaryName(asked)} is not in my inventory. Next: ${nearest === undefined ? own`choose a server to check` : said`check ${summaryName(nearest.server)}`}.`
      : own`Which server should I check? Next: choose one.`,
    {
      strip: strip({
        state: unknown ? states.unknownServer : states.whichServer,
        ...(unknown && { extra: [run(stripName(asked), { bold: true, small: true })] }),
        heading: unknown ? own`This name is not in my inventory` : own`Choose the server that I read`,
      }),
      sentence: paragraph(sentence(data)),
      listTitle: textLine([own`My inventory: ${counted(servers.length, own`server`, own`servers`)}`], {
        bold: true,
      }),
      list: servers.length === 0 ? [] : textLine([...names, ...more], {}, { spacing: 'None' }),
      choice: servers.length === 0 ? [] : [serverChoice(servers)],
      buttons: buttonRow([
        ...(nearest === undefined
          ? []
          : [press({ check: nearest.server }, nearest.token, { first: true, withoutInputs: true })]),
        ...(servers.length === 0
          ? []
          : [press('Check', data.check, nearest === undefined ? { first: true } : {})]),
      ]),
    },
  );
}
