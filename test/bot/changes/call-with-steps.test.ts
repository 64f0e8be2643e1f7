import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { callWithSteps, finishSteps } from '../../../bot/changes/call-with-steps.ts';
import type { StepName } from '../../../bot/changes/step.ts';
import { type ProgressStep, progressSteps } from '../../../remote/contract.ts';
import { createScene, remoteError } from './scene.ts';

const steps: StepName[] = ['backup', 'write', 'verify-file'];

/** Makes a call that reports these steps and answers "ok", and gives back what was journalled. */
const callThat = async (reports: readonly ProgressStep[]) => {
  const { journal, events } = createScene();
  const called = await callWithSteps(journal, steps, undefined, async (onProgress) => {
    events.push('call');
    for (const report of reports) onProgress(report);
    return 'ok';
  });
  return { called, events };
};

test('the first step is written down before the call is sent', async () => {
  const { events } = await callThat([]);
  assert.deepEqual(events, ['started backup', 'call']);
});

test('progress moves on to the step that it names', async () => {
  const { called, events } = await callThat(['read', 'backup', 'write']);
  assert.equal(called.reached, 'write');
  assert.deepEqual(events, ['started backup', 'call', 'done backup', 'started write']);
});

test('the steps of the way back are told by the same progress', async () => {
  const { journal, events } = createScene();
  await callWithSteps(journal, ['undo-restart', 'undo-write'], undefined, async (onProgress) => {
    onProgress('write');
  });
  assert.deepEqual(events, ['started undo-restart', 'done undo-restart', 'started undo-write']);
});

test('whatever a server reports, each step begins once, in order, and ends before the next begins', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...progressSteps)), async (reports) => {
      const { called, events } = await callThat(reports);
      const begun = events.filter((event) => event.startsWith('started')).map((event) => event.slice(8));
      assert.deepEqual(
        begun,
        steps.filter((step) => begun.includes(step)),
      );
      assert.equal(begun.at(-1), called.reached);
      const ended = events.filter((event) => event.startsWith('done')).map((event) => event.slice(5));
      assert.deepEqual(ended, begun.slice(0, -1));
    }),
  );
});

test('a call that came back has done all its steps, also those whose progress was not heard', async () => {
  const { journal, events } = createScene();
  await finishSteps(journal, steps, 'write');
  assert.deepEqual(events, ['done write', 'started verify-file', 'done verify-file']);
});

test('a remote error is a value that says how far the call had come', async () => {
  const { journal } = createScene();
  const error = remoteError('unknown');
  const called = await callWithSteps(journal, steps, undefined, async (onProgress) => {
    onProgress('write');
    throw error;
  });
  assert.deepEqual(called, { error, reached: 'write' });
});

test('a journal that refuses a step meanwhile ends the call with its own error', async () => {
  const { journal } = createScene();
  const lost = new Error('the lease is lost');
  const refusing = { ...journal, done: () => Promise.reject(lost) };
  for (const outcome of ['answered', 'lost']) {
    const call = callWithSteps(refusing, steps, undefined, async (onProgress) => {
      onProgress('write');
      if (outcome === 'lost') throw remoteError('unknown');
      return 'ok';
    });
    await assert.rejects(call, lost);
  }
});
