import type { Action } from '../store/tokens.ts';
import type { Reply } from './chat.ts';
import type { Desk, Turn } from './desk.ts';
import {
  pressApproveBatch,
  pressBreakGlassOfBatch,
  pressDeclineBatch,
  pressReviewBatch,
} from './press-batch.ts';
import { batchStateFor, pressRetryBatch, pressShowBatch } from './show-batch.ts';

export type BatchAction = Extract<Action, { batchId: string }>;

/** What a button of a batch's card does. */
export const pressOnBatch = (
  desk: Desk,
  turn: Turn,
  action: BatchAction,
  inputs: Readonly<Record<string, string>>,
): Promise<Reply> => {
  switch (action.kind) {
    case 'approve-batch':
      return pressApproveBatch(desk, turn, action.batchId, action.listed);
    case 'break-glass-batch':
      return pressBreakGlassOfBatch(desk, turn, action.batchId, action.listed, inputs);
    case 'decline-batch':
      return pressDeclineBatch(desk, turn, action.batchId);
    case 'review-batch':
      return pressReviewBatch(desk, turn, action.batchId);
    case 'show-batch':
      return pressShowBatch(desk, turn, action.batchId);
    case 'view-batch':
      return batchStateFor(desk, turn, action.batchId).then((reply) => ({ ...reply, privately: true }));
    case 'retry-batch':
      return pressRetryBatch(desk, turn, action.batchId);
  }
};
