import { z } from 'zod';

/**
 * An id of Teams: of a conversation, a message, a member. It becomes a part of an address, in which a dot alone means another
 * place, and half a character nothing. Those of Teams have less than 300 characters; they are kept with every card and button.
 */
export const pathName = z
  .string()
  .min(1)
  .max(1_000)
  .refine((id) => id.isWellFormed() && id !== '.' && id !== '..');
