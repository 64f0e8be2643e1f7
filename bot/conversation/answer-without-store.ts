import type { Notice } from '../../cards/notice.ts';
import { StoreError } from '../store/store-error.ts';
import type { Inbound, Reply } from './chat.ts';
import { refuse } from './refuse.ts';

/**
 * Answers as `answer` does, and also when the store does not: nothing is changed then, and the person is told. Whether a
 * press counted before the store went away is not guessed; pressing again shows it.
 */
export const answerWithoutStore = async (
  inbound: Inbound,
  answer: (inbound: Inbound) => Promise<Reply>,
  onTrouble: (doing: string, error: unknown) => void,
): Promise<Reply> => {
  try {
    return await answer(inbound);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    onTrouble(`answering a ${inbound.kind}`, error);
    return refuse(noticeOf(error, inbound.kind === 'press' ? 'press' : 'write'));
  }
};

/** What a person is told of a store that does not do its work. `again`: what they can do once more. */
export const noticeOf = (error: StoreError, again: 'press' | 'write'): Notice => ({
  kind: 'store-away',
  why: whys[error.code] ?? 'away',
  again,
});

const whys: Partial<Record<StoreError['code'], 'full' | 'read-only' | 'busy'>> = {
  'store.full': 'full',
  'store.read-only': 'read-only',
  'store.busy': 'busy',
};
