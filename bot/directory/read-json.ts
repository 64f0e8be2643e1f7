import type { z } from 'zod';
import { DirectoryTrouble } from './directory-trouble.ts';

/** The body of an answer by its schema. `who` answered: "Microsoft Graph". */
export const readJson = async <T>(response: Response, schema: z.ZodType<T>, who: string): Promise<T> => {
  const body: unknown = await response.json().catch((error: unknown) => {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  });
  const parsed = schema.safeParse(body);
  if (!parsed.success)
    throw new DirectoryTrouble(`${who} answered ${response.status} with something else than expected`);
  return parsed.data;
};
