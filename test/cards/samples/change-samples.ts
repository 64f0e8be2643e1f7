import type { ChangeStepView, ChangeView } from '../../../cards/change-view.ts';
import { type FailedState, failedCard } from '../../../cards/failed-card.ts';
import { runningCard } from '../../../cards/running-card.ts';
import { succeededCard } from '../../../cards/succeeded-card.ts';
import { unknownCard } from '../../../cards/unknown-card.ts';
import {
  allDone,
  at,
  changeOf,
  done,
  edit,
  type Made,
  mendingOf,
  type Outside,
  peopleOf,
  proofsOf,
  runningSteps,
  token,
  usual,
  view,
} from '../sample-ground.ts';

export function changes(o: Outside): readonly Made[] {
  const common = {
    view,
    startedAt: at('02:21:02'),
    endedAt: at('02:22:00'),
    people: peopleOf(o),
    checkAgain: token,
  };
  const succeed = (change: ChangeView, proofs = proofsOf(o)) =>
    succeededCard({
      ...common,
      change,
      proofs,
      steps: allDone,
      backup: o === usual ? 'WsusBot-1042' : o.text,
      rollBack: token,
    });
  const fail = (state: FailedState, steps: readonly ChangeStepView[], change = changeOf(o)) =>
    failedCard({
      ...common,
      change,
      steps,
      reason: o.text,
      remedy: 'Look at the rights on web.config and its folder.',
      state,
    });
  const failedAt = (step: ChangeStepView['step']): ChangeStepView => ({
    ...done(step, 40),
    state: 'failed',
    reason: o.text,
  });
  const rollBack = changeOf(o, { work: { kind: 'roll-back', edits: [{ ...edit, from: 800, to: 400 }] } });
  const back = [
    ...allDone.slice(0, 5),
    failedAt('wait'),
    done('undo-write', 150),
    done('undo-restart', 160),
    done('undo-verify', 170),
  ];
  const unknown = (
    why: 'silent' | 'foreign-file' | 'restart-not-seen' | 'bot-restarted' | 'way-back-failed',
  ) =>
    unknownCard({
      view,
      change: changeOf(o),
      since: at('02:21:20'),
      during: 'restart',
      steps: [...allDone.slice(0, 4), { step: 'restart', state: 'not-known', startedAt: at('02:21:06') }],
      why,
      port: 5985,
      backup: o === usual ? 'WsusBot-1042' : o.text,
      people: peopleOf(o),
      lookAgain: token,
      ...(why !== 'foreign-file' && { restore: token }),
      takeOver: token,
    });
  return [
    [
      'running',
      runningCard({
        view,
        change: changeOf(o),
        startedAt: at('02:21:03'),
        steps: runningSteps,
        people: peopleOf(o),
        showState: token,
      }),
    ],
    [
      'running-back',
      runningCard({
        view,
        change: rollBack,
        startedAt: at('02:21:03'),
        steps: runningSteps,
        people: { askedBy: o.person },
        showState: token,
      }),
    ],
    ['succeeded', succeed(changeOf(o))],
    [
      'succeeded-partly',
      succeededCard({
        ...common,
        change: changeOf(o),
        proofs: [...proofsOf(o).slice(1), { kind: 'not-possible', proof: 'restart-seen', reason: o.text }],
        steps: [],
        leftDifferent: [o.text, ...mendingOf(o)],
        commandAsText: token,
      }),
    ],
    [
      'rolled-back',
      succeed(rollBack, [
        { kind: 'file-as-before', sha256: '9f2c41d7a0b83e55'.repeat(4) },
        ...proofsOf(o).slice(1),
      ]),
    ],
    ['restarted', succeed(changeOf(o, { work: { kind: 'restart', value: 800 } }), proofsOf(o).slice(1))],
    [
      'failed-left-different',
      failedCard({
        ...common,
        change: changeOf(o),
        steps: back,
        reason: o.text,
        state: { kind: 'restored', limit: 400, serviceAnswers: true },
        leftDifferent: mendingOf(o),
        commandAsText: token,
      }),
    ],
    ['failed-unchanged', fail({ kind: 'unchanged' }, [done('read', 0), failedAt('backup')])],
    ['failed-restored', fail({ kind: 'restored', limit: 400, serviceAnswers: true }, back)],
    [
      'failed-written',
      fail({ kind: 'written', limit: 800, serviceAnswers: 'not-known' }, [
        ...allDone.slice(0, 5),
        failedAt('wait'),
      ]),
    ],
    [
      'failed-not-restarted',
      fail({ kind: 'not-restarted', limit: 800 }, [
        done('read', 0),
        done('backup', 1),
        done('write', 2),
        failedAt('restart'),
      ]),
    ],
    ['unknown', unknown('silent')],
    ['unknown-foreign-file', unknown('foreign-file')],
    ['unknown-restart-not-seen', unknown('restart-not-seen')],
    ['unknown-bot-restarted', unknown('bot-restarted')],
    ['unknown-way-back-failed', unknown('way-back-failed')],
  ];
}
