import { once } from 'node:events';
import { openDatabase } from '../../../bot/store/open-database.ts';
import { approved, newPlan } from './sample-store.ts';

/** One process of several: says that it is ready, waits for a word, opens the store and adds an approved change. */
const [store = '', server = ''] = process.argv.slice(2);
process.stdout.write('ready\n');
await once(process.stdin, 'data');
const database = await openDatabase(JSON.parse(store));
await approved(database, newPlan(server));
await database.destroy();
process.stdout.write('done\n');
process.stdin.destroy();
