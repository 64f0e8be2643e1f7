import type { z } from 'zod';
import type { PipelineResult } from './psrp/pipeline-result.ts';
import { RemoteError } from './remote-error.ts';

/**
 * The one JSON string that a function answers, checked against its contract.
 * @throws RemoteError function-failed when there are errors instead, broken-answer for anything else
 */
export function readFunctionAnswer<T>(
  schema: z.ZodType<T>,
  { output, errors }: PipelineResult,
  doing: string,
): T {
  const [json] = output;
  const error = errors.at(-1);
  if (json === undefined && error !== undefined) {
    throw new RemoteError('remote.function-failed', { doing, serverText: error.message, outcome: 'unknown' });
  }
  const broken = (detail: string) =>
    new RemoteError('remote.broken-answer', { doing, detail, outcome: 'unknown' });
  if (json === undefined || output.length > 1) throw broken(`${output.length} values instead of one`);
  const parsed = schema.safeParse(parseJson(json, broken));
  if (parsed.success) return parsed.data;
  throw broken(`field ${parsed.error.issues[0]?.path.join('.') || 'at the top'}`);
}

function parseJson(json: string, broken: (detail: string) => RemoteError): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw broken('not JSON');
  }
}
