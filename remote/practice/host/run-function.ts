import { z } from 'zod';
import {
  type ActingRequest,
  type ApplyRequest,
  functionNames,
  limitKeys,
  type ProgressStep,
  type RestartRequest,
  type RestoreRequest,
} from '../../contract.ts';
import { functionParameters } from '../../function-parameters.ts';
import type { ActingHashes, Life } from './acting-lock.ts';
import { applyEdit } from './apply-edit.ts';
import { FunctionFailure } from './function-failure.ts';
import { readReport } from './read-report.ts';
import { refused } from './refused.ts';
import { restartService } from './restart-service.ts';
import { restoreBackup } from './restore-backup.ts';
import type { SimulatedHost, StepListener } from './simulated-host.ts';

/** A call as it came over the wire: parameter values are what CLIXML carried. */
export interface FunctionCall {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, unknown>;
}

/**
 * Runs one of the endpoint's functions and answers its result, to be sent as one JSON string. `onStep` hears of each step as it begins.
 * Throws FunctionFailure for what ends a pipeline: an unknown function, a parameter that is not accepted, a fault that was set.
 */
export async function runFunction(
  host: SimulatedHost,
  call: FunctionCall,
  onStep: (step: ProgressStep) => void,
): Promise<unknown> {
  const name = Object.values(functionNames).find((known) => known.toLowerCase() === call.name.toLowerCase());
  const steps =
    (life: Life): StepListener =>
    async (at) => {
      life.at(at);
      onStep(at);
      await host.atStep(name ?? call.name, at);
      life.assertAlive();
    };
  switch (name) {
    case functionNames.report: {
      const { [names.report.brief]: brief } = bind(reportParameters, call);
      // Without a progress record: its answer is the first output, so that one Receive brings all of it.
      await host.atStep(name, 'read');
      return readReport(host, { brief });
    }
    case functionNames.apply: {
      const request = applyRequest(bind(applyParameters, call));
      return acting(host, name, request, (life) => applyEdit(host, request, steps(life)));
    }
    case functionNames.restart: {
      const request = restartRequest(bind(restartParameters, call));
      return acting(host, name, request, (life) => restartService(host, request, steps(life)));
    }
    case functionNames.restore: {
      const request = restoreRequest(bind(restoreParameters, call));
      return acting(host, name, request, (life) => restoreBackup(host, request, steps(life)));
    }
    default:
      throw new FunctionFailure(
        `The term '${call.name}' is not recognized as the name of a cmdlet, function, script file, or operable program.`,
        'CommandNotFoundException',
        call.name,
      );
  }
}

/** What all acting functions refuse, before they touch anything. */
async function acting<Result>(
  host: SimulatedHost,
  functionName: string,
  request: ActingRequest & ActingHashes,
  action: (life: Life) => Promise<Result>,
): Promise<Result | ReturnType<typeof refused>> {
  const now = host.settings.now();
  if (!host.isWsus) return refused('not-wsus', 'WSUS is not installed on this server');
  if (now.getTime() > Date.parse(request.notAfter))
    return refused('too-late', 'the call came after the time it was good for');
  if (host.activity !== null)
    return refused('busy', `${host.activity.functionName} is running on this server`);
  const { changeId } = request;
  const life = host.lock.take({ functionName, changeId, startedAt: now.toISOString() }, request);
  try {
    return await action(life);
  } finally {
    host.lock.release(life);
  }
}

const changeId = z.guid().transform((value) => value.toLowerCase());
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const limit = z.number().int().min(1).max(1_000_000).optional();
const names = functionParameters;

const reportParameters = z.strictObject({ [names.report.brief]: z.boolean().default(false) });
const applyParameters = z
  .strictObject({
    [names.apply.changeId]: changeId,
    [names.apply.notAfter]: z.iso.datetime(),
    [names.apply.sha256Before]: sha256,
    [names.apply.sha256After]: sha256,
    [names.apply.maxInstalledPrerequisites]: limit,
    [names.apply.maxCachedUpdates]: limit,
  })
  .refine((values) => limitKeys.some((key) => values[names.apply[key]] !== undefined));
const restartParameters = z.strictObject({
  [names.restart.changeId]: changeId,
  [names.restart.notAfter]: z.iso.datetime(),
  [names.restart.activation]: z.enum(['IISReset', 'RecyclePool']),
});
const restoreParameters = z.strictObject({
  [names.restore.changeId]: changeId,
  [names.restore.notAfter]: z.iso.datetime(),
  [names.restore.backup]: z.string().max(80),
  [names.restore.sha256Before]: sha256,
  [names.restore.sha256After]: sha256,
});

function applyRequest(values: z.infer<typeof applyParameters>): ApplyRequest {
  const edits = limitKeys.map((key) => [key, values[names.apply[key]]] as const);
  return {
    changeId: values[names.apply.changeId],
    notAfter: values[names.apply.notAfter],
    sha256Before: values[names.apply.sha256Before],
    sha256After: values[names.apply.sha256After],
    edits: Object.fromEntries(edits.filter(([, value]) => value !== undefined)),
  };
}

function restartRequest(values: z.infer<typeof restartParameters>): RestartRequest {
  return {
    changeId: values[names.restart.changeId],
    notAfter: values[names.restart.notAfter],
    activation: values[names.restart.activation],
  };
}

function restoreRequest(values: z.infer<typeof restoreParameters>): RestoreRequest {
  return {
    changeId: values[names.restore.changeId],
    notAfter: values[names.restore.notAfter],
    backup: values[names.restore.backup],
    sha256Before: values[names.restore.sha256Before],
    sha256After: values[names.restore.sha256After],
  };
}

/** Parameter binding: names, types and validation attributes. What does not fit never reaches the function's body. */
function bind<Schema extends z.ZodType>(schema: Schema, call: FunctionCall): z.infer<Schema> {
  const result = schema.safeParse(Object.fromEntries(call.parameters));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const parameter = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.');
  throw new FunctionFailure(
    `${call.name}: parameter '${parameter}' is missing, unknown or not accepted.`,
    `${bindingError(issue, call)},${call.name}`,
  );
}

function bindingError(issue: z.core.$ZodIssue | undefined, call: FunctionCall): string {
  if (issue?.code === 'unrecognized_keys') return 'NamedParameterNotFound';
  const isMissing = issue?.path[0] !== undefined && !call.parameters.has(String(issue.path[0]));
  return isMissing ? 'MissingMandatoryParameter' : 'ParameterArgumentValidationError';
}
