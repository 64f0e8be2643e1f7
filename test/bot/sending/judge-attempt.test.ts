import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AttemptFailed } from '../../../bot/sending/attempt-failed.ts';
import { judgeAttempt } from '../../../bot/sending/judge-attempt.ts';

type Facts = ConstructorParameters<typeof AttemptFailed>[0];

/** What failed; what is true then, and whether a new message and a replacement are sent again. */
const table: readonly (readonly [
  string,
  Facts,
  code: string,
  newAgain: unknown,
  replacementAgain: unknown,
])[] = [
  ['no connection', { mayHaveArrived: false }, 'send.unreachable', 'message', 'message'],
  ['a connection that broke', {}, 'send.unsure', undefined, 'message'],
  ['408', { status: 408 }, 'send.unsure', undefined, 'message'],
  ['412', { status: 412 }, 'send.busy', 'conversation', 'conversation'],
  ['429', { status: 429 }, 'send.busy', 'conversation', 'conversation'],
  ['500', { status: 500 }, 'send.unsure', undefined, 'message'],
  ['502', { status: 502 }, 'send.busy', 'message', 'message'],
  ['503', { status: 503 }, 'send.busy', 'message', 'message'],
  ['504', { status: 504 }, 'send.busy', 'message', 'message'],
  ['505', { status: 505 }, 'send.unsure', undefined, 'message'],
  ['400', { status: 400 }, 'send.refused', undefined, undefined],
  ['401', { status: 401 }, 'send.refused', undefined, undefined],
  ['302', { status: 302 }, 'send.refused', undefined, undefined],
  ['413', { status: 413 }, 'send.too-long', undefined, undefined],
  ['404', { status: 404 }, 'send.closed', undefined, undefined],
];

describe('after', () => {
  for (const [what, facts, code, newAgain, replacementAgain] of table) {
    test(`${what} a new message ${newAgain === undefined ? 'is not sent again' : 'is sent again'}, a replacement ${replacementAgain === undefined ? 'neither' : 'too'}`, () => {
      const ofNew = judgeAttempt(new AttemptFailed(facts), 'posting a card', false);
      const ofReplacement = judgeAttempt(new AttemptFailed(facts), 'replacing a card', true);
      assert.deepEqual([ofNew.error.code, ofNew.again], [code, newAgain]);
      assert.deepEqual([ofReplacement.error.code, ofReplacement.again], [code, replacementAgain]);
    });
  }
});

describe('a chat', () => {
  for (const [status, code, isReplacement, closes] of [
    [404, 'ConversationNotFound', false, true],
    [404, 'ConversationNotFound', true, true],
    [404, 'ActivityNotFoundInConversation', true, false],
    [404, 'ActivityNotFoundInConversation', false, false],
    [404, undefined, false, true],
    [404, undefined, true, false],
    [403, 'BotNotInConversationRoster', false, true],
    [403, 'ConversationBlockedByUser', true, true],
    [403, 'BotDisabledByAdmin', false, true],
    [403, 'MessageWritesBlocked', false, true],
    [403, 'NotEnoughPermissions', false, false],
    [403, 'InvalidBotApiHost', false, false],
    [429, 'Throttled', false, false],
  ] as const) {
    test(`${closes ? 'is closed' : 'stays open'} after ${status} ${code ?? 'without a code'} for a ${isReplacement ? 'replacement' : 'new message'}`, () => {
      const failed = new AttemptFailed({ status, code });
      assert.equal(judgeAttempt(failed, 'posting a card', isReplacement).closes, closes);
    });
  }
});

test('the log is told what Teams answered, and the outcome', () => {
  const failed = new AttemptFailed({ status: 403, code: 'BotDisabledByAdmin' });
  const { error } = judgeAttempt(failed, 'posting a card', false);
  assert.match(error.message, /^posting a card: .*\(403 BotDisabledByAdmin\)$/);
  assert.equal(error.outcome, 'refused');
  assert.equal(judgeAttempt(new AttemptFailed({}), 'posting', false).error.outcome, 'unknown');
});
