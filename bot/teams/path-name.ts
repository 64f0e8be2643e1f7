import { z } from 'zod';

/**
 * An id of Teams: of a conversation, a message, a member. It becomes a part of an address and a header, where a dot alone means
 * another place, and only ASCII can stand. Those of Teams have less than 300 characters; they are kept with every card and button.
 */
export const pathName = z.string().regex(/^(?!\.{1,2}$)[\x20-\x7e]{1,1000}$/);
