import type { Selectable } from 'kysely';
import { z } from 'zod';
import { type Change, changeStates, contextSchema, type Decision, resultSchema } from '../changes/change.ts';
import { planSchema } from '../changes/plan.ts';
import { type Step, stepNameSchema, stepStateSchema } from '../changes/step.ts';
import type { Database } from './open-database.ts';
import type { ChangesTable, DecisionsTable, StepsTable } from './schema.ts';

const plans = z.array(z.object({ plan: planSchema, hash: z.string() }));
const state = z.enum(changeStates);
const decisionKind = z.enum(['approved', 'declined', 'withdrawn']);

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
  const takenOver = decisions.find((entry) => entry.decision === 'taken-over');
  const decision = decisions.find((entry) => entry.decision !== 'taken-over');
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
    decision: decision === undefined ? undefined : toDecision(decision),
    takenOverBy:
      takenOver === undefined ? undefined : { aadObjectId: takenOver.personId, name: takenOver.personName },
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
});

const toStep = (row: StepsTable): Step => ({
  name: stepNameSchema.parse(row.name),
  state: stepStateSchema.parse(row.state),
  startedAt: new Date(row.startedAt),
  endedAt: row.endedAt === null ? undefined : new Date(row.endedAt),
  detail: row.detailJson === null ? undefined : JSON.parse(row.detailJson),
});

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
