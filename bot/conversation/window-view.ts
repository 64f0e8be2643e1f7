import type { StartView, WindowView } from '../../cards/window-view.ts';
import { windowAt } from '../changes/maintenance-window.ts';
import type { Policy } from '../changes/policy.ts';

/** The next maintenance window, while none is open; undefined while a change may start. */
export const nextWindowView = (policy: Policy, now: Date): WindowView | undefined => {
  const window = windowAt(policy, now);
  return window.open ? undefined : { ...window.next, zone: zoneOf(policy) };
};

/** When a plan would start if it were approved in full now. */
export const startViewOf = (policy: Policy, now: Date): StartView => {
  const window = nextWindowView(policy, now);
  if (window === undefined) return { kind: 'at-once' };
  return { kind: policy.outsideWindows === 'queue' ? 'in-window' : 'not-before', window };
};

/** Windows of several zones are named by UTC. */
export const zoneOf = ({ windows }: Policy): string => {
  const zones = new Set(windows.map(({ zone }) => zone));
  const [only] = zones;
  return zones.size === 1 && only !== undefined ? only : 'UTC';
};
