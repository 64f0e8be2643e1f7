import { counted, countText } from './count-text.ts';
import { joined, type OwnText, own } from './own-text.ts';
import type { PolicyView } from './policy-view.ts';
import { windowRuleText } from './window-text.ts';

const mostWindows = 2;

/** In one line: "2 approvals, four eyes; Sunday 02:00 to 04:00 Europe/Berlin". */
export function policyText({ approvals, fourEyes, windows }: PolicyView): OwnText {
  const who = own`${counted(approvals, own`approval`, own`approvals`)}${fourEyes ? own`, four eyes` : own``}`;
  const more = windows.length - mostWindows;
  const when =
    windows.length === 0
      ? own`, at any time`
      : own`; ${joined(
          [
            ...windows.slice(0, mostWindows).map(windowRuleText),
            ...(more > 0 ? [own`${countText(more)} more`] : []),
          ],
          own`, `,
        )}`;
  return own`${who}${when}`;
}
