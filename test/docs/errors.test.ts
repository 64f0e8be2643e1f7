import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { botErrors } from '../../bot/bot-error.ts';
import { changeReasons } from '../../bot/changes/change-reasons.ts';
import { downloadErrors } from '../../bot/download/download-error.ts';
import { intakeErrors } from '../../bot/intake/intake-error.ts';
import { signInErrors } from '../../bot/registration/sign-in-error.ts';
import { sendErrors } from '../../bot/sending/send-error.ts';
import { storeErrors } from '../../bot/store/store-error.ts';
import { activityErrors } from '../../bot/teams/activity-declined.ts';
import { requestErrors } from '../../bot/teams/request-refused.ts';
import { remoteErrors } from '../../remote/remote-error.ts';

const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const all: Record<string, { reason: string; remedy: string }> = {
  ...remoteErrors,
  ...botErrors,
  ...signInErrors,
  ...requestErrors,
  ...activityErrors,
  ...intakeErrors,
  ...downloadErrors,
  ...sendErrors,
  ...storeErrors,
  ...changeReasons,
};

test('docs/errors.md has one row per code, in the order of the program, and no other', () => {
  const documented = rows.map((cells) => cells[1]?.replaceAll('`', ''));
  assert.deepEqual(documented, Object.keys(all));
});

for (const [code, { reason, remedy }] of Object.entries(all)) {
  test(`docs/errors.md gives cause and remedy of ${code} as the program does`, () => {
    const row = rows.find((cells) => cells[1] === `\`${code}\``);
    assert.equal(row?.[2]?.toLowerCase(), reason.toLowerCase());
    assert.equal(row?.[3], remedy);
  });
}
