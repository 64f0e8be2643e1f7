import type { Card } from '../../cards/card.ts';
import type {
  ChangeStepView,
  ChangeView,
  LimitEditView,
  PeopleView,
  SiteView,
} from '../../cards/change-view.ts';
import type { EvidenceLine, SeenView } from '../../cards/evidence-view.ts';
import type { InterruptionView } from '../../cards/interruption-view.ts';
import type { CauseView, PlanView } from '../../cards/plan-view.ts';
import type { ProofView } from '../../cards/proof-view.ts';
import type { RootCauseView } from '../../cards/root-cause-view.ts';
import type { View } from '../../cards/view.ts';
import type { WayView } from '../../cards/way-view.ts';

/** What comes from outside in one set of samples. */
export interface Outside {
  readonly server: string;
  readonly host: string;
  readonly person: string;
  readonly second: string;
  readonly site: string;
  readonly pool: string;
  readonly path: string;
  readonly account: string;
  readonly text: string;
  readonly logLine: string;
  readonly clientLine: string;
  /** How many of everything that can be many. */
  readonly many: number;
}

export const at = (time: string): Date => new Date(`2026-11-25T${time}Z`);
export const view: View = { now: at('02:21:17'), zone: 'UTC' };
export const yesterday = new Date('2026-11-24T21:40:00Z');
export const token = 'T0kenT0kenT0kenT0kenT0ken';

export const usual: Outside = {
  server: 'wsus01',
  host: 'wsus01.corp.contoso.com',
  person: 'Mara Lindqvist',
  second: 'Tomasz Nowak',
  site: 'WSUS Administration',
  pool: 'WsusPool',
  path: 'C:\\Program Files\\Update Services\\WebServices\\ClientWebService\\Web.config',
  account: 'CONTOSO\\svc-wsusbot',
  text: 'the file is read-only',
  logLine:
    '2026-11-25 02:03:11.482 UTC\tWarning\tw3wp.12\tSoapUtilities.CreateException\tThrowException: actor = http://wsus01.corp.contoso.com:8530/ClientWebService/client.asmx, ID=6d1b2f3c-93a1-4b6f-8a65-0c1de19a7a10, ErrorCode=InvalidParameters, Message=parameters.InstalledNonLeafUpdateIDs, Client=0f5c7f1e-77de-4b7e-9a55-1c2b7d6f2a55',
  clientLine: '*FAILED* [80244007] SyncUpdates_WithRecovery failed',
  many: 2,
};

/** Markdown, mention, template and markup wherever a value comes from outside. */
export const evilText = `[x](http://y) **b** <at>z</at> $\{1+1}`;
export const evil: Outside = {
  server: evilText,
  host: evilText,
  person: evilText,
  second: evilText,
  site: evilText,
  pool: evilText,
  path: `C:\\${evilText}\\Web.config`,
  account: `${evilText}\\svc`,
  text: evilText,
  logLine: `ErrorCode=InvalidParameters, Message=parameters.InstalledNonLeafUpdateIDs ${evilText} [Approve](https://evil)`,
  clientLine: `*FAILED* [80244007] ${evilText}`,
  many: 2,
};

export const longWord = 'abcdefghijklmnopqrstuvwxyz0123456789'.repeat(3);
export const long: Outside = {
  // The longest that DNS allows: a label of 63, a name of 253.
  server: longWord.slice(0, 63),
  host: [63, 63, 63, 61].map((length) => longWord.slice(0, length)).join('.'),
  person: longWord.slice(0, 60),
  second: 'Maximiliane-Theodora von und zu Hohenstaufen-Wolkenkuckucksheim',
  site: longWord.slice(0, 60),
  pool: longWord.slice(0, 60),
  path: `C:\\${longWord}\\Program Files\\Update Services\\WebServices\\ClientWebService\\Web.config`,
  account: `${longWord.slice(0, 40)}\\${longWord.slice(0, 40)}`,
  text: `${longWord} ${longWord} ${longWord}`,
  logLine: `ThrowException:actor=http://${longWord}/ClientWebService/client.asmx,ErrorCode=InvalidParameters,Message=parameters.InstalledNonLeafUpdateIDs,Client=${longWord}`,
  clientLine: `<detail><ErrorCode>InvalidParameters</ErrorCode><Message>parameters.InstalledNonLeafUpdateIDs</Message><ID>${longWord}</ID></detail>`,
  many: 40,
};

export function times<Item>(count: number, make: (index: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** Names as many as asked for, the first one as it is. */
export const names = (name: string, count: number) =>
  times(count, (index) => (index === 0 ? name : `${name.slice(0, 58)}-${index}`));

export const evidenceOf = (o: Outside): readonly EvidenceLine[] => [
  { source: 'SoftwareDistribution.log', line: 18204, text: o.logLine },
  { source: 'WindowsUpdate.log', line: 977, text: o.clientLine },
  ...times(o.many * 4, (index) => ({ line: index + 1, text: o.logLine })),
];

export const seenOf = (o: Outside): SeenView => ({
  servers: names(o.server, o.many === 2 ? 1 : 9).map((name) => ({ name, host: o.host, inInventory: true })),
  clients: 37,
  count: 412,
  first: { at: yesterday },
  last: { at: at('02:03:11') },
  perHour: [12, 48, 96, 121, 131]
    .map((count, index) => ({
      startsAt: { at: new Date(yesterday.getTime() + (index * 60 - 40) * 60_000) },
      minutes: index === 0 ? 20 : 60,
      count,
    }))
    .concat([{ startsAt: { at: at('02:00:00') }, minutes: 3, count: 4 }]),
});

export const wayOf = (o: Outside, way: WayView['way'] = 'endpoint', module: WayView['module'] = 'shipped') =>
  ({ way, endpoint: o === usual ? 'WsusBot' : o.text, module }) as const;

export const overgrown = { notDeclined: 21_874, supersededNotDeclined: 9_126, testDetectoids: 0 };
export const unreadOf = (o: Outside): RootCauseView['unread'] => [
  { part: 'updates', reason: o === usual ? 'The login failed.' : o.text },
];
export const rootCauseOf = (o: Outside, change: Partial<RootCauseView> = {}): RootCauseView => ({
  updates: overgrown,
  longestList: 447,
  cached: null,
  unread: o === usual ? [] : unreadOf(o),
  ...change,
});
export const flooded = {
  updates: { ...overgrown, testDetectoids: 14_520 },
  cached: { longest: 22_640, limit: 22_000 },
};

export const mendingOf = (o: Outside): readonly string[] => [
  `The owner of ${o.path} is BUILTIN\\Administrators and was NT SERVICE\\TrustedInstaller: icacls "${o.path}" /setowner "*S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"`,
  `The attributes of ${o.path} are Archive and were ReadOnly, Archive: attrib +R "${o.path}"`,
];
export const interruptionOf = (o: Outside, change: Partial<InterruptionView> = {}): InterruptionView => ({
  what: 'raise',
  startedAt: at('01:58:04'),
  step: o === usual ? 'write' : o.text,
  file: 'after',
  leftDifferent: mendingOf(o),
  ...change,
});

export const edit: LimitEditView = { key: 'maxInstalledPrerequisites', from: 400, to: 800, line: 24 };
export const secondEdit: LimitEditView = { key: 'maxCachedUpdates', from: 22000, to: 44000, line: 25 };

export const sitesOf = (o: Outside): readonly SiteView[] => [
  { name: 'Default Web Site', ports: [80], isWsus: false, applications: ['/', '/SMS_DP_SMSPKG$'] },
  { name: o.site, ports: [8530, 8531], isWsus: true, applications: ['/ClientWebService'] },
  ...times(o.many - 2, (index) => ({
    name: `${o.site}-${index}`,
    ports: [443, 444, 445, 446, 447],
    isWsus: false,
    applications: [],
  })),
];

export function planOf(
  o: Outside,
  change: Partial<PlanView> & { readonly cause?: CauseView } = {},
): PlanView {
  return {
    server: o.server,
    work: { kind: 'raise', edits: [edit] },
    activation: 'IISReset',
    cause: { kind: 'refused', clients: 37, since: { at: yesterday } },
    way: wayOf(o),
    rootCause: rootCauseOf(o),
    sites: sitesOf(o),
    pool: o.pool,
    usualRestart: 30_000,
    secondKey: secondEdit,
    askedBy: o.person,
    askedAt: at('02:14:00'),
    validUntil: at('03:14:00'),
    details: {
      id: '1042',
      hash: '7f3a91c2'.repeat(8),
      file: o.path,
      lineNow: '    <add key="maxInstalledPrerequisites" value="400"/>',
      sha256Before: '9f2c41d7a0b83e55'.repeat(4),
      sha256After: 'c07be2915f34d80a'.repeat(4),
      backup: 'C:\\ProgramData\\WsusBot\\Backup\\1042',
    },
    ...change,
  };
}

export const changeOf = (o: Outside, change: Partial<ChangeView> = {}): ChangeView => ({
  server: o.server,
  work: { kind: 'raise', edits: [edit, secondEdit] },
  activation: 'IISReset',
  ...change,
});

export const peopleOf = (o: Outside): PeopleView => ({
  askedBy: o.person,
  approvedBy: o.second,
  approvedAt: at('02:21:02'),
});

export const raiseSteps = ['read', 'backup', 'write', 'verify-file', 'restart', 'wait', 'verify'] as const;
export const done = (step: ChangeStepView['step'], second: number): ChangeStepView => ({
  step,
  state: 'done',
  startedAt: new Date(at('02:21:02').getTime() + second * 1000),
  endedAt: new Date(at('02:21:03').getTime() + second * 1000),
});
export const allDone = raiseSteps.map(done);
export const runningSteps: readonly ChangeStepView[] = raiseSteps.map((step, index) =>
  index < 4
    ? done(step, index)
    : index === 4
      ? { step, state: 'now', startedAt: at('02:21:06') }
      : { step, state: 'later' },
);

export const proofsOf = (o: Outside): readonly ProofView[] => [
  { kind: 'value-read-back', key: 'maxInstalledPrerequisites', before: 400, now: 800 },
  { kind: 'restart-seen', endedPid: 4812, startedPid: 7316, startedAt: at('02:21:31') },
  { kind: 'service-answers', status: 200, milliseconds: 210, pool: o.pool },
];

export interface Sample {
  readonly name: string;
  readonly card: Card;
}

export type Made = readonly [name: string, card: Card];
