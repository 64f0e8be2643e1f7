import { z } from 'zod';
import { canonicalJson } from '../changes/canonical-json.ts';
import type { Database } from './open-database.ts';

/** What the text was about that a check was offered for, where no edit of maxInstalledPrerequisites cures it: signatures of the diagnosis. */
const otherCauseSchema = z.enum(['other-cached-update-ids', 'test-detectoid-flood']);
export type OtherCause = z.infer<typeof otherCauseSchema>;

/** What a button does. Only the store knows it; the card carries a random token. */
const actionSchema = z.discriminatedUnion('kind', [
  /** `here`: the answer takes the place of the pressed card, else it is a message of its own. */
  z.object({
    kind: z.literal('check'),
    server: z.string(),
    here: z.boolean(),
    about: otherCauseSchema.optional(),
  }),
  z.object({ kind: z.literal('check-chosen'), about: otherCauseSchema.optional() }),
  /** Asked by a client for the person who looks at the card; nobody presses it. */
  z.object({ kind: z.literal('view'), changeId: z.string() }),
  z.object({ kind: z.literal('view-batch'), batchId: z.string() }),
  z.object({ kind: z.literal('servers') }),
  z.object({ kind: z.literal('command'), command: z.string() }),
  z.object({ kind: z.literal('which-server') }),
  /** `server`: that of a check, which `askedBy` asked for; left out where a file is read. */
  z.object({
    kind: z.literal('stop-reading'),
    readId: z.string(),
    server: z.string().optional(),
    askedBy: z.string().optional(),
  }),
  z.object({ kind: z.literal('help') }),
  z.object({ kind: z.literal('locks') }),
  /** `before`: the page that begins below this number; null: the newest. */
  z.object({ kind: z.literal('history'), server: z.string().nullable(), before: z.number().nullable() }),
  z.object({ kind: z.literal('plan-restart'), server: z.string(), here: z.boolean() }),
  /** `listed`: which plans the card showed (`plansHash`). */
  z.object({ kind: z.enum(['approve-batch', 'break-glass-batch']), batchId: z.string(), listed: z.string() }),
  z.object({
    kind: z.enum(['decline-batch', 'review-batch', 'show-batch', 'retry-batch']),
    batchId: z.string(),
  }),
  z.object({
    kind: z.enum([
      'approve',
      'break-glass',
      'decline',
      'review',
      'tell-again',
      'show-state',
      'show-change',
      'open-change',
      'roll-back',
      'restore',
      'look-again',
      'take-over',
    ]),
    changeId: z.string(),
  }),
]);
export type Action = z.infer<typeof actionSchema>;

/** A token's time is written once in this time, however often its card is made, milliseconds. */
export const freshFor = 60 * 60_000;

/** 128 random bits, base64url. */
const tokenFormat = /^[A-Za-z0-9_-]{22}$/;

/**
 * Keeps an action under a token, for one conversation. The token that says the same there already is taken instead, so that
 * cards that are made again and again leave no more behind, and a thousand presses of one button do not wait to write one row.
 */
export const keepToken = async (
  database: Database,
  token: string,
  conversationId: string,
  action: Action,
  now: Date,
): Promise<string> => {
  const actionJson = canonicalJson(action);
  const createdAt = now.toISOString();
  const found = await database
    .selectFrom('tokens')
    .select('token')
    .where('conversationId', '=', conversationId)
    .where('actionJson', '=', actionJson)
    .where('createdAt', '>', new Date(now.getTime() - freshFor).toISOString())
    .executeTakeFirst();
  if (found !== undefined) return found.token;
  const kept = await database
    .updateTable('tokens')
    .set({ createdAt })
    .where('conversationId', '=', conversationId)
    .where('actionJson', '=', actionJson)
    .returning('token')
    .executeTakeFirst();
  if (kept !== undefined) return kept.token;
  await database.insertInto('tokens').values({ token, conversationId, actionJson, createdAt }).execute();
  return token;
};

/** The action behind a token; undefined for a token that is unknown or was made for another conversation. */
export const findAction = async (
  database: Database,
  token: string,
  conversationId: string,
): Promise<Action | undefined> => {
  if (!tokenFormat.test(token)) return undefined;
  const row = await database
    .selectFrom('tokens')
    .select('actionJson')
    .where('token', '=', token)
    .where('conversationId', '=', conversationId)
    .executeTakeFirst();
  return row === undefined ? undefined : actionSchema.parse(JSON.parse(row.actionJson));
};
