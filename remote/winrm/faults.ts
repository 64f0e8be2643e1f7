import { decide } from '../decision-table.ts';
import { RemoteError } from '../remote-error.ts';
import type { WsmanFault } from './response.ts';

const operationTimedOut = 2150858793;

/** Receive had nothing to say within the operation timeout: ask again. */
export function isOperationTimeout(fault: WsmanFault): boolean {
  return fault.code === operationTimedOut || (fault.code === undefined && fault.subcode === 'TimedOut');
}

/** The error for a fault. Its outcome is about the answered request alone. */
export function faultError(fault: WsmanFault, doing: string): RemoteError {
  const { code, outcome = 'unknown' } = decide('session', fault);
  return new RemoteError(code, {
    doing,
    detail: fault.code === undefined ? 'fault without a code' : `fault ${fault.code}`,
    ...(fault.reason === '' ? {} : { serverText: fault.reason }),
    outcome,
  });
}
