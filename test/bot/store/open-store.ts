import { openDatabase } from '../../../bot/store/open-database.ts';
import { approved, newPlan } from './sample-store.ts';

/** One process that opens a store, adds an approved change for the server it is told, and prints "done". */
const [path = '', server = ''] = process.argv.slice(2);
const database = await openDatabase(path);
await approved(database, newPlan(server));
await database.destroy();
process.stdout.write('done');
