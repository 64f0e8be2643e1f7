import type { LimitKey } from '../contract.ts';

export const practiceStates = [
  'limit-too-low',
  'raised-not-active',
  'healthy',
  'not-wsus',
  'unreachable',
  'wrong-password',
  'key-missing',
] as const;
export type PracticeState = (typeof practiceStates)[number];

export type Limits = Readonly<Partial<Record<LimitKey, number>>>;

/** What one practice server is like. Ages count back from the moment it is made. */
export interface PracticeServerSpec {
  readonly name: string;
  readonly state: PracticeState;
  /** The state in short words, for the demo's list. */
  readonly label: string;
  /** The limits in Web.config, or undefined when no WSUS is installed. A key that is absent is missing in the file. */
  readonly limits: Limits | undefined;
  /** The limits that the running worker process has read. */
  readonly effectiveLimits: Limits;
  readonly fileAgeMinutes: number;
  readonly workerAgeMinutes: number;
  /** The failure of KB 4096317 in SoftwareDistribution.log. */
  readonly failures:
    | { readonly clients: number; readonly sinceMinutes: number; readonly lastMinutes: number }
    | undefined;
  /** What the performance counters and SUSDB tell. */
  readonly counters: { readonly maximumNonLeafUpdates: number; readonly maximumOtherCachedUpdates: number };
  readonly updates: {
    readonly notDeclined: number;
    readonly supersededNotDeclined: number;
    readonly testDetectoids: number;
  };
  /** A ConfigMgr distribution point in the default web site of the same host. */
  readonly configMgrBeside: boolean;
}

const minutesPerDay = 24 * 60;
const installed: Limits = { maxInstalledPrerequisites: 400, maxCachedUpdates: 22000 };
const raised: Limits = { maxInstalledPrerequisites: 800, maxCachedUpdates: 22000 };
const tidy = {
  counters: { maximumNonLeafUpdates: 212, maximumOtherCachedUpdates: 9_140 },
  updates: { notDeclined: 4_310, supersededNotDeclined: 118, testDetectoids: 0 },
} as const;
const overgrown = {
  counters: { maximumNonLeafUpdates: 447, maximumOtherCachedUpdates: 18_260 },
  updates: { notDeclined: 21_874, supersededNotDeclined: 9_126, testDetectoids: 0 },
} as const;
const calm = {
  ...tidy,
  limits: raised,
  effectiveLimits: raised,
  fileAgeMinutes: 20 * minutesPerDay,
  workerAgeMinutes: 2 * minutesPerDay,
  failures: undefined,
  configMgrBeside: false,
} as const;

/** The seven servers of the demo, one for each thing that a check can find. */
export const practiceServers: readonly PracticeServerSpec[] = [
  {
    ...overgrown,
    name: 'wsus01',
    state: 'limit-too-low',
    label: 'limit too low',
    limits: installed,
    effectiveLimits: installed,
    fileAgeMinutes: 400 * minutesPerDay,
    workerAgeMinutes: 19 * 60,
    failures: { clients: 37, sinceMinutes: 274, lastMinutes: 11 },
    configMgrBeside: true,
  },
  {
    ...overgrown,
    name: 'wsus02',
    state: 'raised-not-active',
    label: 'raised, not restarted since',
    limits: raised,
    effectiveLimits: installed,
    fileAgeMinutes: 35,
    workerAgeMinutes: 3 * minutesPerDay,
    failures: { clients: 12, sinceMinutes: 190, lastMinutes: 6 },
    configMgrBeside: false,
  },
  { ...calm, name: 'wsus03', state: 'healthy', label: 'healthy' },
  {
    ...calm,
    name: 'wsus04',
    state: 'not-wsus',
    label: 'not a WSUS server',
    limits: undefined,
    effectiveLimits: {},
  },
  { ...calm, name: 'wsus05', state: 'unreachable', label: 'cannot be reached' },
  { ...calm, name: 'wsus06', state: 'wrong-password', label: 'wrong password' },
  {
    ...calm,
    name: 'wsus07',
    state: 'key-missing',
    label: 'key missing in web.config',
    limits: { maxCachedUpdates: 22000 },
    effectiveLimits: installed,
  },
];
