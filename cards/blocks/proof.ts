import { codedText } from '../coded-text.ts';
import { countText } from '../count-text.ts';
import { ellipsis, inlineName } from '../cut-text.ts';
import { outside } from '../outside-text.ts';
import { type OwnText, own } from '../own-text.ts';
import type { ProofView } from '../proof-view.ts';
import { secondsText } from '../time-text.ts';
import type { View } from '../view.ts';
import { shortHash } from './code-band.ts';
import type { Element } from './element.ts';
import { proofRow } from './step.ts';
import { type Part, run } from './text-line.ts';

const titles: Readonly<Record<Exclude<ProofView['kind'], 'not-possible'>, OwnText>> = {
  'value-read-back': own`Value read back`,
  'file-as-before': own`File is the old one`,
  'restart-seen': own`Restart seen`,
  'service-answers': own`Service answers`,
};

/** One thing that was seen after the change, or why it was not possible to see it. */
export function proof(seen: ProofView, view: View): Element {
  switch (seen.kind) {
    case 'value-read-back':
      return proofRow('done', titles[seen.kind], [
        own`${seen.before} before, `,
        run(own`${seen.now}`, { bold: true }),
        own` now`,
      ]);
    case 'file-as-before':
      return proofRow('done', titles[seen.kind], [
        own`byte for byte, SHA-256 `,
        run(outside(shortHash(seen.sha256)), { mono: true, small: true }),
      ]);
    case 'restart-seen': {
      const started = own`${seen.startedPid} started at ${secondsText(seen.startedAt, view)}`;
      return proofRow('done', titles[seen.kind], [
        seen.endedPid === undefined
          ? own`process ${started}`
          : own`process ${seen.endedPid} ended, ${started}`,
      ]);
    }
    case 'service-answers':
      return proofRow('done', titles[seen.kind], [
        own`HTTP\u00a0${seen.status} in ${Math.round(seen.milliseconds)}\u00a0ms`,
        ...poolAndSites(seen),
      ]);
    case 'not-possible':
      return proofRow('not-possible', titles[seen.proof], [own`not seen: `, codedText(seen.reason, 160)]);
  }
}

/** ", WsusPool and both sites started"; what has not started is named as it is. */
function poolAndSites({
  pool,
  poolState,
  sites,
}: Extract<ProofView, { kind: 'service-answers' }>): readonly Part[] {
  const isStarted = poolState === undefined || /^started$/i.test(poolState);
  const name = pool === undefined ? undefined : run(outside(pool).map(inlineName), { bold: true });
  const count = sites === undefined || sites.all === 0 ? undefined : sitesText(sites);
  if (name === undefined) return count === undefined ? [] : [own`, ${count} started`];
  if (!isStarted) {
    const state = outside(poolState).map((text) => ellipsis(text, 40));
    return [own`, `, name, own` is `, state, ...(count === undefined ? [] : [own`, ${count} started`])];
  }
  return [own`, `, name, count === undefined ? own` started` : own` and ${count} started`];
}

function sitesText({ started, all }: { readonly started: number; readonly all: number }): OwnText {
  if (started < all) return own`${countText(started)} of ${countText(all)} sites`;
  if (all === 1) return own`the site`;
  return all === 2 ? own`both sites` : own`all ${countText(all)} sites`;
}
