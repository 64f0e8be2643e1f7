import { z } from 'zod';

/** What an expert answers to one paste. Fields that are absent are not judged, except `further`: absent means that there is nothing else. */
const expectedSchema = z.strictObject({
  /** In the same folder. */
  file: z.string(),
  /** Where the shape of the text comes from. */
  shape: z.string().min(10),
  /**
   * verbatim: log lines as Microsoft prints them. template: the shape of a real log with values of our own.
   * constructed: a text that nobody was seen to send.
   */
  kind: z.enum(['verbatim', 'template', 'constructed']),
  verdict: z.string(),
  mayPropose: z.boolean(),
  hresults: z.array(z.string().regex(/^[0-9A-F]{8}$/)),
  /** The signatures of the other findings, in their order. */
  further: z.union([z.literal('any'), z.array(z.string())]).default([]),
  isExample: z.boolean().optional(),
  /** The ids of what is asked for, in order. */
  askFor: z.array(z.string()).optional(),
  server: z.string().nullable().optional(),
  servers: z.array(z.string()).optional(),
  clients: z.int().optional(),
  count: z.int().optional(),
  firstSeen: z.string().nullable().optional(),
  lastSeen: z.string().nullable().optional(),
  zone: z.enum(['utc', 'offset', 'local']).optional(),
});

export const expectedListSchema = z.array(expectedSchema).min(1);
export type Expected = z.infer<typeof expectedSchema>;
