import type { ProgressStep } from '../../remote/contract.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { CallOptions } from '../../remote/wsus-server.ts';
import type { Journal } from './journal.ts';
import type { StepName } from './step.ts';

/**
 * Makes one call on the server and journals its steps as its progress tells them: the first before the call is sent, each
 * further one when the server reports it, all of them when the call came back with a result. A RemoteError
 * is a value here; `reached` says which step the call had come to.
 */
export const callWithSteps = async <Result>(
  journal: Journal,
  steps: readonly StepName[],
  detail: unknown,
  call: (onProgress: NonNullable<CallOptions['onProgress']>) => Promise<Result>,
): Promise<{ result: Result; reached: StepName } | { error: RemoteError; reached: StepName }> => {
  const first = steps[0];
  if (first === undefined) throw new Error('a call needs a step');
  let reached = first;
  await journal.started(first, detail);
  let written = Promise.resolve();
  const advance = async (to: StepName): Promise<void> => {
    await journal.done(reached);
    reached = to;
    await journal.started(to, detail);
  };
  const onProgress = (progress: ProgressStep): void => {
    const to = steps.find((step) => step === progress || step === `undo-${progress}`);
    if (to === undefined) return;
    written = written.then(() => (steps.indexOf(to) > steps.indexOf(reached) ? advance(to) : undefined));
    // Met again below, where it is awaited: a lost lease must not go unhandled meanwhile.
    written.catch(() => undefined);
  };
  try {
    const result = await call(onProgress);
    await written;
    return { result, reached };
  } catch (error) {
    await written;
    if (!(error instanceof RemoteError)) throw error;
    return { error, reached };
  }
};

/** A call that came back has done all its steps, also those whose progress was not heard. */
export const finishSteps = async (
  journal: Journal,
  steps: readonly StepName[],
  reached: StepName,
): Promise<void> => {
  await journal.done(reached);
  for (const step of steps.slice(steps.indexOf(reached) + 1)) {
    await journal.started(step);
    await journal.done(step);
  }
};
