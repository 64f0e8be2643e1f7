import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type RunningCardData, runningCard } from '../../cards/running-card.ts';
import { at, change, people, pressesOf, view, wordsOf } from './sample-values.ts';

const cardOf = (changed: Partial<RunningCardData> = {}) =>
  runningCard({
    view,
    change,
    startedAt: at('02:21:03'),
    steps: [
      { step: 'read', state: 'done', startedAt: at('02:21:03'), endedAt: at('02:21:04') },
      { step: 'restart', state: 'now', startedAt: at('02:21:06') },
      { step: 'wait', state: 'later' },
    ],
    people,
    showState: 's',
    ...changed,
  });

it('says which step is on, since when, and what comes', () => {
  assert.equal(
    wordsOf(cardOf()),
    [
      '▸ Running · wsus01 · 14 s so far',
      'Step 2 of 3: restarting IIS',
      '✓',
      'File read again',
      'as approved',
      '1.0 s',
      '▸',
      'IISReset',
      'since 02:21:06 UTC',
      '11 s',
      '○',
      'Web service answers',
      'Approved by Tomasz Nowak at 02:21:02 UTC',
      'Updated 02:21:17 UTC. You can close Teams, the change goes on.',
    ].join('\n'),
  );
});

it('can be asked and not stopped', () => {
  assert.deepEqual(pressesOf(cardOf()), { 'Show current state': 's' });
});

it('says so when it goes back', () => {
  const steps = [{ step: 'undo-write', state: 'now', startedAt: at('02:21:10') }] as const;
  assert.match(
    wordsOf(cardOf({ steps })),
    /^▸ Rolling back · wsus01 · 14 s so far\nStep 1 of 1: putting the backup back/,
  );
});

it('has a heading between two steps and after the last', () => {
  assert.match(
    wordsOf(cardOf({ steps: [{ step: 'read', state: 'later' }] })),
    /\nNext: reading the file again\n/,
  );
  assert.match(wordsOf(cardOf({ steps: [] })), /\nAll steps are done, the result follows\n/);
});
