import { reasonLength } from '../../cards/press.ts';

/** Control, format and unassigned characters, line ends among them, and letters that show nothing. */
const unseen = /[\p{C}\p{Z}\u115f\u1160\u3164\uffa0\u2800]+/gu;

/**
 * A reason as it is kept: one line, and nothing in it that cannot be seen. Its length counts when that is gone, so that a
 * reason of blanks is none.
 */
export const writtenReason = (text: string): { readonly reason: string } | 'too-short' | 'too-long' => {
  // More than this is too long, whatever it holds.
  if (text.length > 20 * reasonLength.most) return 'too-long';
  const reason = text.replace(unseen, ' ').trim();
  if (reason.length < reasonLength.least) return 'too-short';
  return reason.length > reasonLength.most ? 'too-long' : { reason };
};
