import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { functionNames } from '../../remote/contract.ts';
import type { MessageKind, Misbehaviour, Misdeed } from '../../remote/practice/misbehaviour.ts';
import { textOf } from '../kit/card-reader.ts';
import { ended, proposal, says, startMainJob } from '../kit/main-job.ts';
import { assertTruth, raisedFile } from '../kit/truth.ts';

/** Every misdeed of the practice server, with whether the call may still have been carried out properly. */
const misdeeds: readonly (Misdeed & { readonly name: string })[] = [
  { name: 'drops before executing', kind: 'drop-before-executing' },
  { name: 'drops after executing', kind: 'drop-after-executing' },
  { name: 'answers late', kind: 'delay', milliseconds: 4_500 },
  { name: 'does not answer, executed', kind: 'no-answer', executed: true },
  { name: 'does not answer, not executed', kind: 'no-answer', executed: false },
  { name: 'answers 401', kind: 'unauthorized' },
  { name: 'answers 500 without a body', kind: 'http-status', status: 500 },
  {
    name: 'answers 503 with HTML',
    kind: 'http-status',
    status: 503,
    body: '<html>busy</html>',
    contentType: 'text/html',
  },
  { name: 'answers access denied', kind: 'fault', code: 5 },
  { name: 'answers unknown shell', kind: 'fault', code: 2150858843 },
  { name: 'answers quota', kind: 'fault', code: 2150859173 },
  { name: 'truncates the sealed body', kind: 'truncated-sealed-body' },
  { name: 'corrupts the sealed body', kind: 'corrupted-sealed-body' },
  { name: 'announces a wrong length', kind: 'wrong-length' },
  { name: 'sends fragments in the wrong order', kind: 'reordered-fragments' },
  { name: 'answers another request', kind: 'wrong-relates-to' },
  { name: 'sends a huge body', kind: 'huge-body' },
  { name: 'drips a byte at a time', kind: 'slow-drip', milliseconds: 5 },
];

const calls = [
  { call: 'apply', functionName: functionNames.apply },
  { call: 'restart', functionName: functionNames.restart },
  { call: 'verify', functionName: functionNames.report },
] as const;

const messages: readonly MessageKind[] = ['Command', 'Receive'];
const sessionMessages: readonly MessageKind[] = ['handshake', 'Create', 'Receive'];

// They wait more than they work.
suite('misbehaviour of the server', { concurrency: 6 }, () => {
  for (const { call, functionName } of calls) {
    for (const on of messages) {
      for (const misdeed of misdeeds) {
        for (const nth of [1, 2]) {
          test(`${on} number ${nth} of ${call}: the server ${misdeed.name}; the card tells the truth`, async (t) => {
            const job = await startMainJob(t);
            const fileBefore = job.webConfig();
            const person = job.person(await job.startBot());
            const card = await proposal(job, person);
            job.server.misbehave([{ on, functionName, nth, misdeed }]);
            await person.press(card, 'Approve and run');
            const shown = await job.connector.until(ended, 'the end');
            // What was held up must have had its chance to do harm.
            if (misdeed.kind === 'delay') await pause(misdeed.milliseconds);
            job.server.misbehave([]);
            const change = await job.newestChange();
            assertTruth({
              change,
              fileBefore,
              fileAfter: raisedFile(fileBefore),
              file: job.webConfig(),
              stats: job.server.stats(),
            });
            assert.ok(textOf(shown.activity).length > 0);
          });
        }
      }
    }
  }

  for (const on of messages) {
    for (const misdeed of misdeeds) {
      test(`${on} of a roll back: the server ${misdeed.name}; the card tells the truth`, async (t) => {
        const job = await startMainJob(t);
        const original = job.webConfig();
        const person = job.person(await job.startBot());
        const card = await proposal(job, person);
        await person.press(card, 'Approve and run');
        const raised = await job.connector.until(says(/^Done and proven/), 'the raise');
        const base = job.server.stats();
        const fileBefore = job.webConfig();
        await person.press(raised, 'Roll back');
        const plan = await job.connector.until(
          (message) => message.id !== card.id && says(/^Needs approval/)(message),
          'the plan of the way back',
        );
        job.server.misbehave([{ on, functionName: functionNames.restore, nth: 1, misdeed }]);
        await person.press(plan, 'Approve and run');
        await job.connector.until((message) => message.id === plan.id && ended(message), 'the end');
        if (misdeed.kind === 'delay') await pause(misdeed.milliseconds);
        const { restarts, writes } = job.server.stats();
        assertTruth({
          change: await job.newestChange(),
          fileBefore,
          fileAfter: original,
          file: job.webConfig(),
          stats: { restarts: restarts - base.restarts, writes: writes - base.writes },
        });
      });
    }
  }

  for (const on of sessionMessages) {
    for (const misdeed of misdeeds) {
      for (const nth of [1, 2]) {
        test(`${on} number ${nth} when a change has to sign in anew: the server ${misdeed.name}; the card tells the truth`, async (t) => {
          const job = await startMainJob(t);
          const fileBefore = job.webConfig();
          const person = job.person(await job.startBot());
          const card = await proposal(job, person);
          job.server.dropConnections();
          job.server.misbehave([{ on, nth, misdeed }]);
          await person.press(card, 'Approve and run');
          await job.connector.until(ended, 'the end');
          if (misdeed.kind === 'delay') await pause(misdeed.milliseconds);
          assertTruth({
            change: await job.newestChange(),
            fileBefore,
            fileAfter: raisedFile(fileBefore),
            file: job.webConfig(),
            stats: job.server.stats(),
          });
        });
      }
    }
  }

  for (const on of sessionMessages) {
    for (const misdeed of misdeeds) {
      test(`${on} of a check: the server ${misdeed.name}; the answer is a card with the next step`, async (t) => {
        const job = await startMainJob(t);
        const fileBefore = job.webConfig();
        const person = job.person(await job.startBot());
        const faults: Misbehaviour[] = [{ on, misdeed }];
        job.server.misbehave(faults);
        await person.say('check wsus01');
        await job.connector.until(
          (message) => !says(/^Reading/)(message) && message.versions.length > 1,
          'the answer',
        );
        assert.ok(job.webConfig().equals(fileBefore));
        assert.deepEqual(job.server.stats(), { restarts: 0, writes: 0 });
      });
    }
  }
});
