import { z } from 'zod';

// zod's own `min` and `max` compare the `length` of whatever comes, and of some objects that throws.

/** A text from outside that is not empty. */
export const someText = z.string().refine((text) => text !== '');

/** A text from outside, of so many characters at most. */
export const textUpTo = (most: number) => z.string().refine((text) => text.length <= most);
