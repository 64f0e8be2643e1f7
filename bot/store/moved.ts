import { type RawBuilder, sql } from 'kysely';

/** Every update of a change that a card would show counts its version up; a card that shows an older one is replaced. */
export const nextVersion: RawBuilder<number> = sql<number>`version + 1`;
