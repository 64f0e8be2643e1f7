import type { Selectable } from 'kysely';
import { z } from 'zod';
import {
  type Change,
  changeStates,
  contextSchema,
  type Decision,
  decisionKinds,
  resultSchema,
} from '../changes/change.ts';
import { planSchema } from '../changes/plan.ts';
import { policySchema } from '../changes/policy.ts';
import { type Step, stepNameSchema, stepStateSchema } from '../changes/step.ts';
import type { Database } from './open-database.ts';
import type { ChangesTable, DecisionsTable, StepsTable } from './schema.ts';

const plans = z.array(z.object({ plan: planSchema, hash: z.string() }));
const state = z.enum(changeStates);
const decisionKind = z.enum(decisionKinds);

type ChangeRow = Selectable<ChangesTable>;

/** One change with its decisions and steps, or undefined. */
export const findChange = async (database: Database, id: string): Promise<Change | undefined> => {
  const row = await database.selectFrom('changes').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  const [decisions, steps] = await Promise.all([
    database.selectFrom('decisions').selectAll().where('changeId', '=', id).execute(),
    database.selectFrom('steps').selectAll().where('changeId', '=', id).execute(),
  ]);
  return toChange(row, decisions, steps);
};

/** The changes of a batch, in its order. */
export const changesOfBatch = async (database: Database, batchId: string): Promise<Change[]> => {
  const rows = await database
    .selectFrom('changes')
    .selectAll()
    .where('batchId', '=', batchId)
    .orderBy('batchPlace')
    .execute();
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [decisions, steps] = await Promise.all([
    database.selectFrom('decisions').selectAll().where('changeId', 'in', ids).execute(),
    database.selectFrom('steps').selectAll().where('changeId', 'in', ids).execute(),
  ]);
  const of = <Row extends { readonly changeId: string }>(all: Row[], id: string) =>
    all.filter(({ changeId }) => changeId === id);
  return rows.map((row) => toChange(row, of(decisions, row.id), of(steps, row.id)));
};

/** The ids of the changes in a state, oldest first. */
export const changeIdsIn = async (database: Database, wanted: Change['state']): Promise<string[]> => {
  const rows = await database
    .selectFrom('changes')
    .select('id')
    .where('state', '=', wanted)
    .orderBy('number')
    .execute();
  return rows.map((row) => row.id);
};

const toChange = (row: ChangeRow, decisions: DecisionsTable[], steps: StepsTable[]): Change => {
  const parsedPlans = plans.parse(JSON.parse(row.plansJson));
  return {
    id: row.id,
    number: row.number,
    server: row.server,
    kind: planSchema.shape.kind.parse(row.kind),
    state: state.parse(row.state),
    plans: parsedPlans,
    context: contextSchema.parse(JSON.parse(row.contextJson)),
    requester: { aadObjectId: row.requesterId, name: row.requesterName },
    createdAt: new Date(row.createdAt),
    expiresAt: new Date(row.expiresAt),
    policy: row.policyJson === null ? undefined : policySchema.parse(JSON.parse(row.policyJson)),
    planHash: row.planHash ?? undefined,
    decisions: decisions.map(toDecision).sort((a, b) => a.at.getTime() - b.at.getTime()),
    startAfter: row.startAfter === null ? undefined : new Date(row.startAfter),
    batch: row.batchId === null ? undefined : { id: row.batchId, place: row.batchPlace ?? 0 },
    toldAt: row.toldAt === null ? undefined : new Date(row.toldAt),
    answeredBy: row.answeredBy ?? undefined,
    holdsLock: row.holdsLock === 1,
    version: row.version,
    // Their names are declared in the order in which they happen; times of one millisecond are not.
    steps: steps.map(toStep).sort((a, b) => order(a) - order(b)),
    startedAt: row.startedAt === null ? undefined : new Date(row.startedAt),
    endedAt: row.endedAt === null ? undefined : new Date(row.endedAt),
    result: row.resultJson === null ? undefined : resultSchema.parse(JSON.parse(row.resultJson)),
  };
};

const order = (step: Step): number => stepNameSchema.options.indexOf(step.name);

const toDecision = (row: DecisionsTable): Decision => ({
  decision: decisionKind.parse(row.decision),
  planHash: row.planHash,
  person: { aadObjectId: row.personId, name: row.personName },
  at: new Date(row.at),
  reason: row.reason,
});

const toStep = (row: StepsTable): Step => ({
  name: stepNameSchema.parse(row.name),
  state: stepStateSchema.parse(row.state),
  startedAt: new Date(row.startedAt),
  endedAt: row.endedAt === null ? undefined : new Date(row.endedAt),
  detail: row.detailJson === null ? undefined : JSON.parse(row.detailJson),
});

/** What keeps every other change from a server. `unreadable`: it is there, and what it says is not understood. */
export type Lock =
  | { readonly kind: 'held'; readonly server: string; readonly change: Change }
  | { readonly kind: 'unreadable'; readonly server: string; readonly changeId: string };

/** The locks that are held, by server name. */
export const locks = async (database: Database): Promise<Lock[]> => {
  const rows = await database
    .selectFrom('changes')
    .select(['id', 'server'])
    .where('holdsLock', '=', 1)
    .orderBy('server')
    .execute();
  return Promise.all(rows.map((row) => readLock(database, row.id, row.server)));
};

export const lockOn = async (database: Database, server: string): Promise<Lock | undefined> => {
  const row = await database
    .selectFrom('changes')
    .select('id')
    .where('server', '=', server)
    .where('holdsLock', '=', 1)
    .executeTakeFirst();
  return row === undefined ? undefined : readLock(database, row.id, server);
};

const readLock = async (database: Database, changeId: string, server: string): Promise<Lock> => {
  const change = await findReadable(database, changeId);
  return change === undefined ? { kind: 'unreadable', server, changeId } : { kind: 'held', server, change };
};

/** A change, or undefined when it is not there or what its row says is not understood. */
export const findReadable = async (database: Database, id: string): Promise<Change | undefined> => {
  try {
    return await findChange(database, id);
  } catch (error) {
    // Only what the row says: a store that is away is another matter.
    if (error instanceof z.ZodError || error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** The change that is approved or running on a server. */
export const changeUnderWay = async (database: Database, server: string): Promise<Change | undefined> => {
  const row = await database
    .selectFrom('changes')
    .select('id')
    .where('server', '=', server)
    .where('state', 'in', ['approved', 'running'])
    .executeTakeFirst();
  return row === undefined ? undefined : findChange(database, row.id);
};
