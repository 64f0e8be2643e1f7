import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Turn } from '../../../bot/conversation/desk.ts';
import { answerDiagnosis } from '../../../bot/conversation/diagnose-text.ts';
import { diagnose } from '../../../bot/diagnosis/diagnose.ts';
import { decodeText } from '../../../bot/intake/encoding.ts';
import { loadCorpus } from '../../corpus/load-corpus.ts';
import { problemsOfCard } from '../../kit/card-problems.ts';
import { nodesOf } from '../../kit/card-reader.ts';
import { requester } from '../changes/sample-change.ts';
import { personal, startDesk, titlesOn, wordsOn } from './desk-scene.ts';

const turn: Turn = { who: requester, where: personal('c'), zone: 'UTC' };

/** What the summary begins with, by the verdict; what is asked for more has one beginning of its own. */
const beginnings: Readonly<Record<string, RegExp>> = {
  kb4096317: /^(Cause found: KB 4096317|Example only, of KB 4096317)\./,
  'other-cached-update-ids': /^Cause found, and it is not KB 4096317: Same code, another limit/,
  'simple-auth-fault': /^Cause found, and it is not KB 4096317: /,
  'other-invalid-parameters': /^Cause found, and it is not KB 4096317: /,
  'server-fault': /^Cause found, and it is not KB 4096317: /,
  'upstream-sync': /^Cause found, and it is not KB 4096317: /,
  'self-healing-fault': /^Passes by itself, and it is not KB 4096317: /,
  'test-detectoid-flood': /^(Cause found|Suspected): KB 5121986\./,
  recovered: /^Works again: /,
  'not-enough-evidence': /^Not enough evidence: /,
  'no-fault': /^No fault found: /,
};

describe('every paste of the corpus', () => {
  test('has a valid card that says what it is, fits, and leads no wrong text to the edit', async (t) => {
    const { desk } = await startDesk(t);
    const wrong: string[] = [];
    const pastes = loadCorpus();
    for (const { name, bytes } of pastes) {
      const diagnosis = diagnose(decodeText(bytes));
      const { card, afterwards } = await answerDiagnosis(desk, turn, diagnosis, 'log');
      assert.ok(card !== undefined);
      const { verdict, mayPropose, askFor } = diagnosis;
      const expected =
        askFor.length > 0
          ? /^Not enough evidence: /
          : (beginnings[verdict] ?? new RegExp(`^Another failure, not KB 4096317: ${verdict}: `));
      if (!expected.test(card.in('en').summary)) wrong.push(`${name}: ${card.in('en').summary}`);
      const headings = nodesOf(card.in('en').json).filter(({ style }) => style === 'heading');
      if (headings.length !== 1 || String(headings[0]?.text).length > 60) wrong.push(`${name}: heading`);
      wrong.push(...problemsOfCard(card.in('en').json).map((problem) => `${name}: ${problem}`));
      if (JSON.stringify(card.in('en').json).length >= 20 * 1024) wrong.push(`${name}: too large`);
      if (titlesOn(card).some((title) => /approve/i.test(title))) wrong.push(`${name}: approves`);
      if (afterwards !== undefined && !mayPropose) wrong.push(`${name}: reads by itself`);
      // Somebody answers to the card, or passes it on: its words prove nothing beyond the lines that it shows.
      const again = diagnose(wordsOn(card));
      if (again.mayPropose && verdict !== 'kb4096317') wrong.push(`${name}: its card reads as KB 4096317`);
    }
    assert.deepEqual(wrong, []);
    assert.ok(pastes.length > 150, `${pastes.length}`);
  });
});
