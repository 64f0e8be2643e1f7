import type { Outcome } from '../coded-error.ts';
import { RemoteError, type RemoteErrorCode } from '../remote-error.ts';
import type { WsmanFault } from './response.ts';

interface FaultRule {
  readonly error: RemoteErrorCode;
  /** Whether the request that was answered so surely did not run. */
  readonly outcome: Outcome;
}

const operationTimedOut = 2150858793;
/** Per-plugin quotas, 803381E4 to 803381E9. */
const pluginQuotas = { first: 2150859236, last: 2150859241 };

const refused = (error: RemoteErrorCode): FaultRule => ({ error, outcome: 'refused' });
const lost: FaultRule = { error: 'remote.connection-lost', outcome: 'refused' };

/** By WSManFault code; the names are those of the Windows SDK. */
const rules: ReadonlyMap<number, FaultRule> = new Map([
  [operationTimedOut, { error: 'remote.timed-out', outcome: 'unknown' }],
  [2150858843, lost], // UNEXPECTED_SELECTORS: the shell is gone
  [2150859082, lost], // SHELL_ALREADY_CLOSED
  [995, { error: 'remote.connection-lost', outcome: 'unknown' }], // operation aborted
  [170, refused('remote.busy')],
  [2150859173, refused('remote.busy')], // QUOTA_MAX_SHELLS
  [2150859174, refused('remote.busy')], // QUOTA_MAX_OPERATIONS
  [2150859175, refused('remote.busy')], // QUOTA_USER
  [2150859176, refused('remote.busy')], // QUOTA_SYSTEM
  [2150859179, refused('remote.busy')], // QUOTA_MAX_SHELLUSERS
  [2150858811, refused('remote.endpoint-missing')], // INVALID_RESOURCE_URI
  [5, refused('remote.access-denied')],
]);

function ruleFor({ code, subcode }: WsmanFault): FaultRule {
  const rule = code === undefined ? undefined : rules.get(code);
  if (rule !== undefined) return rule;
  if (code !== undefined && code >= pluginQuotas.first && code <= pluginQuotas.last)
    return refused('remote.busy');
  if (subcode === 'TimedOut') return { error: 'remote.timed-out', outcome: 'unknown' };
  if (subcode === 'AccessDenied') return refused('remote.access-denied');
  return { error: 'remote.fault', outcome: 'unknown' };
}

/** Receive had nothing to say within the operation timeout: ask again. */
export function isOperationTimeout(fault: WsmanFault): boolean {
  return fault.code === operationTimedOut || (fault.code === undefined && fault.subcode === 'TimedOut');
}

/** The error for a fault. Its outcome is about the answered request alone. */
export function faultError(fault: WsmanFault, doing: string): RemoteError {
  const { error, outcome } = ruleFor(fault);
  return new RemoteError(error, {
    doing,
    detail: fault.code === undefined ? 'fault without a code' : `fault ${fault.code}`,
    ...(fault.reason === '' ? {} : { serverText: fault.reason }),
    outcome,
  });
}
