import type { Migration } from 'kysely/migration';
import { changes } from './0001-changes.ts';
import { governance } from './0002-governance.ts';
import { commitMarks } from './0003-commit-marks.ts';
import { replicas } from './0004-replicas.ts';
import { batchCards } from './0005-batch-cards.ts';
import { tokenLookup } from './0006-token-lookup.ts';
import { answers } from './0007-answers.ts';
import { places } from './0008-places.ts';
import { sending } from './0009-sending.ts';
import { lateAnswers } from './0010-late-answers.ts';
import { reads } from './0011-reads.ts';

/** Numbered, forward only. A new migration gets the next number; one that has landed is never edited. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-changes': changes,
  '0002-governance': governance,
  '0003-commit-marks': commitMarks,
  '0004-replicas': replicas,
  '0005-batch-cards': batchCards,
  '0006-token-lookup': tokenLookup,
  '0007-answers': answers,
  '0008-places': places,
  '0009-sending': sending,
  '0010-late-answers': lateAnswers,
  '0011-reads': reads,
};
