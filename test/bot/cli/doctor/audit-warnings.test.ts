import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeKey } from '../../../../bot/audit/audit-key.ts';
import { webhookCursor } from '../../../../bot/audit/hand-over.ts';
import { auditWarnings } from '../../../../bot/cli/doctor/audit-warnings.ts';
import { loadConfig } from '../../../../bot/config.ts';
import { holdCursor, moveCursor } from '../../../../bot/store/audit-cursor.ts';
import { type Database, openDatabase } from '../../../../bot/store/open-database.ts';
import { recordAll, sampleEvent } from '../../audit/sample-audit.ts';
import { folderWith } from '../../config-folder.ts';
import { minutes } from '../../store/sample-store.ts';

const scene = async (t: TestContext, use: (database: Database) => Promise<unknown>) => {
  const folder = folderWith(t, {
    'wsus-bot.yaml': 'audit: { webhook: { url: "https://siem.example/x", secretEnv: AUDIT_SECRET } }\n',
  });
  const config = loadConfig(join(folder, 'wsus-bot.yaml'), {});
  makeKey(config.audit.keyFile);
  const database = await openDatabase(config.store);
  await use(database);
  await database.destroy();
  return config;
};

test('before the first start there is nothing to say of the audit', async (t) => {
  const folder = folderWith(t, { 'wsus-bot.yaml': '' });
  assert.deepEqual(await auditWarnings(loadConfig(join(folder, 'wsus-bot.yaml'), {}), minutes(0)), []);
});

test('an entry that waits for the webhook for a short time is nothing to speak of', async (t) => {
  const config = await scene(t, (database) => recordAll(database, [sampleEvent({ at: minutes(0) })]));
  assert.deepEqual(await auditWarnings(config, minutes(4)), []);
});

test('entries that the webhook does not take are counted, with the time of the oldest', async (t) => {
  const config = await scene(t, async (database) => {
    await recordAll(
      database,
      [0, 1, 2].map((minute) => sampleEvent({ at: minutes(minute) })),
    );
    const cursor = await holdCursor(database, webhookCursor, minutes(0), minutes(1));
    assert.ok(cursor !== undefined);
    await moveCursor(database, cursor, 1, minutes(1));
  });
  assert.deepEqual(await auditWarnings(config, minutes(9)), [
    'the webhook has not taken 2 entries of the audit, the oldest of 2026-11-25T02:01:00.000Z',
  ]);
});

test('a broken chain and a key that others may read are said', async (t) => {
  const config = await scene(t, async (database) => {
    await recordAll(database, [sampleEvent(), sampleEvent()]);
    await database.updateTable('audit').set({ hash: '' }).where('seq', '=', 1).execute();
  });
  chmodSync(config.audit.keyFile, 0o644);
  const warnings = await auditWarnings(config, minutes(1));
  assert.match(warnings[0] ?? '', /others than its owner may read the private key\. Take the rights/);
  assert.match(warnings[1] ?? '', /^the audit: entry 1 was changed: .* \(wsus-bot audit verify\)$/);
});
