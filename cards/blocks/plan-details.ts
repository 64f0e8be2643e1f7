import { keyText, mainEdit } from '../change-words.ts';
import { own } from '../own-text.ts';
import type { PlanView } from '../plan-view.ts';
import { policyText } from '../policy-text.ts';
import { fold } from './buttons.ts';
import { longValue, longWords, pathValue, shortHash } from './code-band.ts';
import { container, type Element } from './element.ts';
import { unreadLines } from './root-cause.ts';

/** Everything else about the plan, closed at first: at most eight entries. */
export function planDetails(plan: PlanView): readonly Element[] {
  const { details, rootCause, secondKey, work } = plan;
  const hashes = [details.sha256Before, details.sha256After].filter((hash) => hash !== undefined);
  const line = mainEdit(work)?.line;
  const unread = unreadLines(rootCause);
  return fold([
    ...(details.file === undefined ? [] : [pathValue(own`File`, details.file)]),
    ...(details.lineNow === undefined
      ? []
      : [longValue(line === undefined ? own`Line now` : own`Line ${line} now`, [details.lineNow.trim()])]),
    ...(hashes.length === 0 || work.kind === 'restart'
      ? []
      : [longValue(own`SHA-256 now and after`, hashes.map(shortHash))]),
    ...(details.backup === undefined ? [] : [pathValue(own`Backup`, details.backup)]),
    longWords(own`Stays as it is`, [
      work.kind === 'restart'
        ? own`The file: every byte.`
        : own`Owner, rights, encoding and every other byte.`,
    ]),
    ...(secondKey === undefined
      ? []
      : [
          longWords(own`Why the second key`, [
            own`KB\u00a04096317 raises ${keyText(secondKey.key)} too since its revision of 5\u00a0Feb 2026.`,
          ]),
        ]),
    planIdentity(plan),
    ...(unread.length === 0 ? [] : [container(unread, { spacing: 'Small' })]),
  ]);
}

/** What the approval is bound to: plan, module, policy. */
function planIdentity({ details }: PlanView): Element {
  const { id, hash, module, policy } = details;
  return container(
    [
      longValue(own`Plan`, [
        `${id}, hash ${hash.slice(0, 8)}`,
        ...(module === undefined ? [] : [`module ${module.slice(0, 8)}`]),
      ]),
      ...(policy === undefined ? [] : [longWords(own`Policy`, [policyText(policy)])]),
    ],
    { spacing: 'Small' },
  );
}
