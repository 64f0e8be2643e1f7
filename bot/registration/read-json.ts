import type { z } from 'zod';

/** The body of an answer by its schema; undefined: it is something else. Throws what `fetch` throws. */
export const readJson = async <T>(response: Response, schema: z.ZodType<T>): Promise<T | undefined> => {
  const body: unknown = await response.json().catch((error: unknown) => {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  });
  return schema.safeParse(body).data;
};
