import type { LimitEditView, SiteView } from '../change-view.ts';
import { activationText, fromTo, keyText, mainEdit } from '../change-words.ts';
import { counted, countText } from '../count-text.ts';
import { inlineName } from '../cut-text.ts';
import { wholeDurationText } from '../duration-text.ts';
import { outside } from '../outside-text.ts';
import { joined, type OwnText, own } from '../own-text.ts';
import type { CauseView, PlanView } from '../plan-view.ts';
import { secondsText } from '../time-text.ts';
import type { View } from '../view.ts';
import { isGoverned } from './approval.ts';
import { codeBand, codeLine } from './code-band.ts';
import { container, type Element } from './element.ts';
import { interruptionLine } from './interruption.ts';
import { mendingBlock } from './mending.ts';
import { nameRun } from './people.ts';
import { floodOf, floodSentence, rootCauseFoot } from './root-cause.ts';
import { logTime } from './seen.ts';
import { type Part, run } from './text-line.ts';
import { moduleWarning, wayFoot } from './way.ts';
import { paragraph, sectionTitle } from './words.ts';

/** "Limit too low. Raise it from 400 to 800?" */
export function planHeading({ work }: PlanView): OwnText {
  const edit = mainEdit(work);
  if (work.kind === 'restart') return own`The file says ${work.value}. Restart so that it counts?`;
  if (edit === undefined) return own`Change nothing?`;
  if (work.kind === 'roll-back') return own`Take the change back, from ${fromTo(edit)}?`;
  if (edit.key === 'maxCachedUpdates') return own`Limit too low. Raise it from ${fromTo(edit)}?`;
  return own`Limit too low. Raise it from ${fromTo(edit)}?`;
}

const kb = {
  maxInstalledPrerequisites: own`KB\u00a04096317: clients get 80244007 because their lists are longer than the limit.`,
  maxCachedUpdates: own`Clients get 80244007 because they remember more updates than the server accepts.`,
} as const;

/** The cause in one sentence, and what was seen of it. */
export function causeBlock(plan: PlanView, view: View): Element {
  const { cause, work, rootCause } = plan;
  return paragraph(causeWords(cause, mainEdit(work), floodOf(rootCause), view, isGoverned(plan)));
}

function causeWords(
  cause: CauseView,
  edit: LimitEditView | undefined,
  flood: number,
  view: View,
  isShort: boolean,
): readonly Part[] {
  switch (cause.kind) {
    case 'refused': {
      const who = cause.clients === 0 ? own`clients` : counted(cause.clients, own`client`, own`clients`);
      const since: readonly Part[] =
        cause.since === undefined ? [] : [own` since `, logTime(cause.since, view)];
      const why =
        flood > 0
          ? own`${floodSentence(flood)} `
          : isShort
            ? own``
            : own`${kb[edit?.key ?? 'maxInstalledPrerequisites']} `;
      return [own`${why}The server has refused ${who}`, ...since, own`.`];
    }
    case 'limit-only': {
      const isDefault = edit?.from === (edit?.key === 'maxCachedUpdates' ? 22000 : 400);
      const limit = isDefault
        ? own`The limit is the default`
        : own`The limit is below the ${edit?.to ?? 800} of KB\u00a04096317`;
      const first = flood > 0 ? own`${floodSentence(flood)} ` : own``;
      return cause.logUnread
        ? [own`${first}${limit}. The log was not readable, so whether clients were refused is not known.`]
        : [own`${first}${limit}; no client was refused in the part of the log that I read.`];
    }
    case 'roll-back':
      return [
        own`This puts the old file back, byte for byte. Clients whose lists are longer than ${edit?.to ?? 0} are refused again.`,
      ];
    case 'not-active':
      return [
        ...(flood > 0 ? [own`${floodSentence(flood)} `] : []),
        own`The file was changed at ${secondsText(cause.writtenAt, view)}, and the service `,
        ...(cause.startedAt === undefined
          ? [own`has not started since.`]
          : [own`runs since ${secondsText(cause.startedAt, view)}. It still uses the old limit.`]),
      ];
  }
}

/** The change as − and + lines: key and value, so that each fits one line of a phone. */
export function diffBand({ work }: Pick<PlanView, 'work'>): Element {
  if (work.kind === 'restart') {
    return codeBand([
      codeLine([run(own`…\\ClientWebService\\Web.config`, { subtle: true })], 'None'),
      codeLine([own`stays as it is, value `, run(own`${work.value}`, { bold: true })]),
    ]);
  }
  return codeBand(
    work.edits.flatMap((edit, index) => [
      codeLine(
        [
          run(
            edit.line === undefined
              ? own`…\\ClientWebService\\Web.config`
              : own`…\\ClientWebService\\Web.config line ${edit.line}`,
            { subtle: true },
          ),
        ],
        index === 0 ? 'None' : 'Small',
      ),
      codeLine([
        run(own`− `, { bold: true }),
        own`${keyText(edit.key)} = `,
        run(own`${edit.from}`, { bold: true }),
      ]),
      codeLine([
        run(own`+ `, { bold: true }),
        own`${keyText(edit.key)} = `,
        run(own`${edit.to}`, { bold: true }),
      ]),
    ]),
  );
}

const mostSites = 3;

function siteLine(site: SiteView): Element {
  const ports = joined(
    site.ports.slice(0, 4).map((port) => own`${port}`),
    own`, `,
  );
  const at = site.ports.length === 0 ? own`` : own` (${ports})`;
  const isConfigMgr = site.applications.some((name) => /^\/?(SMS_|CCM_)/i.test(name));
  const effect = site.isWsus
    ? isConfigMgr
      ? own`clients try again by themselves, ConfigMgr downloads break`
      : own`clients try again by themselves`
    : isConfigMgr
      ? own`ConfigMgr downloads (SMS_DP) break`
      : own`not WSUS, users notice`;
  return paragraph([nameRun(site.name), own`${at}: ${effect}`], 'Small');
}

/** The plan as it was asked for, or voted for: without the other variant. */
export function oneVariant({ secondKey: _, ...plan }: PlanView): PlanView {
  return plan;
}

/** What a person has to know before a yes: the change before was interrupted, or the endpoint is of another version. */
export function planNotes({ interruption, way }: PlanView, view: View): readonly Element[] {
  return [
    ...(interruption === undefined ? [] : interruptionLine(interruption, view)),
    ...((interruption?.leftDifferent.length ?? 0) > 0
      ? [paragraph([own`This change first puts right what that one left different.`], 'Small')]
      : []),
    ...(way === undefined ? [] : moduleWarning(way)),
  ];
}

/** Below the buttons: what was left different, the cure beside the relief, and how the server was read. */
export function planFoot({ interruption, rootCause, way, work }: PlanView): readonly Element[] {
  const limit = work.kind === 'restart' ? work.value : mainEdit(work)?.from;
  const isActive = work.kind !== 'restart';
  return [
    ...mendingBlock(interruption?.leftDifferent ?? []),
    ...(limit === undefined ? [] : rootCauseFoot(rootCause, { limit, isActive })),
    ...(way === undefined ? [] : [wayFoot(way)]),
  ];
}

/** What the restart stops, one line a site, WSUS first. */
export function stopsBlock({ activation, sites, pool, usualRestart }: PlanView): readonly Element[] {
  if (activation === 'RecyclePool') {
    return [
      paragraph([
        own`Recycles `,
        pool === undefined ? own`the pool of WSUS` : run(outside(pool).map(inlineName), { bold: true }),
        own`. No other site stops.`,
      ]),
    ];
  }
  const time =
    usualRestart === undefined ? own`for a short time` : own`for about ${wholeDurationText(usualRestart)}`;
  const title =
    sites.length === 0
      ? own`IISReset stops all sites of this host ${time}`
      : own`IISReset stops ${counted(sites.length, own`site`, own`sites`)} ${time}`;
  const sorted = [...sites].sort((a, b) => Number(b.isWsus) - Number(a.isWsus));
  const shown = sorted.slice(0, mostSites);
  const more = sorted.length - shown.length;
  return [
    container(
      [
        sectionTitle(title),
        ...shown.map(siteLine),
        ...(more > 0 ? [paragraph([own`and ${countText(more)} more`], 'Small')] : []),
      ],
      { spacing: 'Medium' },
    ),
  ];
}

/** "IISReset stops 2 sites", for the summary. */
export function stopsSpoken({ activation, sites }: PlanView): OwnText {
  if (activation === 'RecyclePool') return own`The WSUS pool is recycled, no other site stops.`;
  const stopped =
    sites.length === 0 ? own`all sites of the host` : counted(sites.length, own`site`, own`sites`);
  return own`${activationText(activation)} stops ${stopped}.`;
}
