import { once } from 'node:events';
import { record } from '../../../bot/store/audit.ts';
import { approve } from '../../../bot/store/decide.ts';
import { claim } from '../../../bot/store/lease.ts';
import { openDatabase } from '../../../bot/store/open-database.ts';
import { approver } from '../changes/sample-change.ts';

/**
 * One process of several that all want the same: waits for a word, opens the store, then decides on every change, claims
 * it and writes an entry into the audit. Prints what it got.
 */
const at = new Date('2026-11-25T02:01:00.000Z');
const [store = '', owner = '', changes = '[]'] = process.argv.slice(2);
process.stdout.write('ready\n');
await once(process.stdin, 'data');
const database = await openDatabase(JSON.parse(store));
const contend = async ({ id, hash }: { id: string; hash: string }) => {
  const decided = await approve(database, id, { planHash: hash, person: approver, at }, { needed: 1 });
  const lease = await claim(database, id, owner, at, at);
  await database.transaction().execute((transaction) =>
    record(transaction, {
      kind: 'refused',
      at,
      actor: approver,
      server: null,
      changeId: id,
      detail: { owner },
    }),
  );
  return { decided: decided === 'approved', claimed: lease !== undefined };
};
const got = await Promise.all((JSON.parse(changes) as { id: string; hash: string }[]).map(contend));
await database.destroy();
process.stdout.write(`${JSON.stringify(got)}\n`);
process.stdin.destroy();
