import type { FrontTls } from '../../../remote/practice/front/front-tls.ts';
import { type PracticeServerSpec, practiceServers } from '../../../remote/practice/practice-servers.ts';

/** Practice servers that have their way of being reached in common. */
export interface PracticeGroup {
  readonly specs: readonly PracticeServerSpec[];
  readonly overTls: Partial<FrontTls> | undefined;
  /** Shells that one user may have. */
  readonly quota: number;
}

/** As Windows has it now, and as old servers had it. */
const quotas = { now: 30, old: 5 } as const;

const groups = [
  {
    name: 'http',
    states: practiceServers.map(({ state }) => state),
    quota: quotas.now,
    overTls: undefined,
  },
  {
    name: 'https',
    states: ['limit-too-low', 'healthy', 'not-wsus', 'wrong-password'],
    quota: quotas.now,
    overTls: { cbtHardening: 'Strict' },
  },
  { name: 'basic', states: ['key-missing'], quota: quotas.now, overTls: { basic: true } },
  { name: 'old', states: ['limit-too-low', 'healthy'], quota: quotas.old, overTls: undefined },
  { name: 'old-https', states: ['raised-not-active'], quota: quotas.old, overTls: {} },
] as const;

/** No two of the servers answer the same: names, counters and, by `limitOf`, files are their own. */
export const practiceGroups: readonly PracticeGroup[] = groups.map(
  ({ name, states, overTls, quota }, group) => ({
    overTls,
    quota,
    specs: practiceServers
      .filter(({ state }) => states.some((wanted) => wanted === state))
      .map((spec, index) => ({
        ...spec,
        name: `${name}-${spec.name}`,
        counters: { maximumNonLeafUpdates: 100 * group + index, maximumOtherCachedUpdates: 9_000 + group },
      })),
  }),
);
