import type { ApplyResult, RestartResult, RestoreResult } from '../../remote/contract.ts';
import type { RemoteError } from '../../remote/remote-error.ts';
import type { Reason } from './change.ts';
import { type ChangeReasonCode, changeReasons } from './change-reasons.ts';

type Refusal = Extract<ApplyResult | RestartResult | RestoreResult, { outcome: 'refused' }>;

/** Why a change ended as it did, by its code. `serverText`: what the server said, outside text. */
export const changeReason = (code: ChangeReasonCode, serverText: string | null = null): Reason => {
  const { reason, remedy } = changeReasons[code];
  return { code, text: reason, remedy, serverText };
};

/** A remote error as a reason that can be kept and shown. */
export const reasonOf = (error: RemoteError): Reason => ({
  code: error.code,
  text: error.reason,
  remedy: error.remedy,
  serverText: error.serverText ?? null,
});

/** A refusal of the endpoint as a reason. */
export const refusalReason = (refusal: Pick<Refusal, 'reason' | 'text'>): Reason =>
  changeReason(refusal.reason, refusal.text);
