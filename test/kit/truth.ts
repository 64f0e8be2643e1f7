import assert from 'node:assert/strict';
import type { Change } from '../../bot/changes/change.ts';
import type { PracticeStats } from '../../remote/practice/practice-host.ts';
import { planEdit } from '../../remote/web-config.ts';

/** The file with the limit raised to 800, as the bot plans it. */
export const raisedFile = (fileBefore: Buffer): Buffer => {
  const plan = planEdit(fileBefore, { maxInstalledPrerequisites: 800 });
  assert.ok(plan.ok);
  return Buffer.from(plan.after);
};

export interface Scene {
  readonly change: Change;
  readonly fileBefore: Buffer;
  readonly fileAfter: Buffer;
  /** The file when the test was over. */
  readonly file: Buffer;
  readonly stats: PracticeStats;
}

/**
 * Holds what a change claims against what happened on the practice server: the file is the old or the new one, nothing
 * ran twice, and no claim goes beyond it. `unknown` claims nothing, so it is true whatever happened.
 */
export const assertTruth = ({ change, fileBefore, fileAfter, file, stats }: Scene): void => {
  const is = file.equals(fileBefore) ? 'before' : file.equals(fileAfter) ? 'after' : 'neither';
  assert.notEqual(is, 'neither', 'the file is the old or the new one');
  const { result } = change;
  switch (result?.kind) {
    case 'proven':
      assert.equal(is, 'after');
      assert.ok(stats.restarts >= 1, 'what is called proven was restarted');
      break;
    case 'not-done':
    case 'stale':
      assert.equal(is, 'before');
      assert.equal(stats.writes, 0);
      break;
    case 'not-active':
      assert.equal(is, 'after');
      break;
    case 'restored':
      assert.equal(is, 'before');
      break;
    case 'unknown':
      break;
    case undefined:
      assert.fail(`the change ended as ${change.state}, with no result`);
  }
  const mayUndo = result?.kind === 'restored' || (result?.kind === 'unknown' && result.wayBackFailed);
  assert.ok(stats.restarts <= (mayUndo ? 2 : 1), `restarts: ${stats.restarts}`);
  assert.ok(stats.writes <= (mayUndo ? 2 : 1), `writes: ${stats.writes}`);
};
