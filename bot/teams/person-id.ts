import { z } from 'zod';

/** The object id of a person in Microsoft Entra. In lower case from here on: one person has one id, however it is written. */
export const personId = z
  .string()
  .regex(/^[0-9A-Fa-f-]{1,64}$/)
  .transform((id) => id.toLowerCase());
