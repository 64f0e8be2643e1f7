import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { personalChats } from '../../../bot/store/people.ts';
import { findAction } from '../../../bot/store/tokens.ts';
import { buttonsOf } from '../../kit/card-reader.ts';
import { approver, requester } from '../changes/sample-change.ts';
import { articleServer, serverLine } from '../diagnosis/samples.ts';
import { cardIn, group, personal, startDesk, stranger, titlesOn } from './desk-scene.ts';

const states = {
  help: /^Help/,
  which: /^Which server/,
  unknown: /^Unknown server/,
  proposal: /^Needs approval/,
  servers: /^Servers|too low/,
  cause: /^Cause found/,
  noFault: /^No fault found/,
};

describe('what a person writes', () => {
  for (const [text, state] of [
    ['', 'help'],
    ['help', 'help'],
    ['Help', 'help'],
    ['hello', 'help'],
    ['?', 'help'],
    ['check', 'which'],
    ['CHECK', 'which'],
    ['  check  ', 'which'],
    ['check wsus01', 'proposal'],
    ['Check WSUS01', 'proposal'],
    ['  check \t wsus01 \n', 'proposal'],
    ['check wsus01.corp.example', 'proposal'],
    ['check wsus99', 'unknown'],
    ['check constructor', 'unknown'],
    ['servers', 'servers'],
    ['Server', 'servers'],
    ['help me please', 'help'],
    ['what is this', 'help'],
    ['checked wsus01', 'help'],
  ] as const) {
    test(`${JSON.stringify(text)} is answered with ${state}`, async (t) => {
      const { say } = await startDesk(t);
      const { shown } = await say(text);
      assert.match(shown?.card.in('en').summary ?? '', states[state]);
    });
  }

  test('a log is read as a log, also when the first word is check', async (t) => {
    const { say } = await startDesk(t);
    const { card } = await say(`check this please:\n${serverLine()}`);
    assert.match(card?.in('en').summary ?? '', states.cause);
  });

  test('lines of a log without a fault are told so', async (t) => {
    const { say } = await startDesk(t);
    const { card } = await say('2026-11-24 21:40:12.345 UTC\tInfo\tw3wp.5\tx\tAll is well');
    assert.match(card?.in('en').summary ?? '', states.noFault);
  });
});

describe('check', () => {
  test('says at once that it reads, and puts the answer in the place of that', async (t) => {
    const { say, messages } = await startDesk(t);
    const shown = cardIn(await say('check wsus01'));
    assert.equal(messages.length, 1);
    assert.match(shown.versions[0]?.in('en').summary ?? '', /^Reading/);
    assert.match(shown.card.in('en').summary, states.proposal);
  });

  test('of a name that is not in the inventory connects nowhere, and names the nearest and all there are', async (t) => {
    const { say, events, press } = await startDesk(t);
    const shown = cardIn(await say('check wsus99'));
    assert.deepEqual(events, []);
    assert.match(JSON.stringify(shown.card.in('en').json), /wsus01/);
    assert.match(JSON.stringify(shown.card.in('en').json), /wsus02/);
    await press(shown, /wsus0[12]/);
    assert.notEqual(events.length, 0, 'the nearest is read');
  });

  test('alone asks which server, and the choice is checked below', async (t) => {
    const { say, press, messages } = await startDesk(t);
    const which = cardIn(await say('check'));
    await press(which, 'Check', { inputs: { server: 'wsus01' } });
    assert.equal(messages.length, 2);
    assert.match(which.card.in('en').summary, states.which, 'the question stays');
    assert.match(messages[1]?.card.in('en').summary ?? '', states.proposal);
  });

  test('without a choice asks for one', async (t) => {
    const { say, press, messages } = await startDesk(t);
    const which = cardIn(await say('check'));
    const { text } = await press(which, 'Check');
    assert.match(text ?? '', /choose/i);
    assert.equal(messages.length, 1);
  });

  test('of a choice that is not in the inventory connects nowhere', async (t) => {
    const { say, press, events, messages } = await startDesk(t);
    const which = cardIn(await say('check'));
    await press(which, 'Check', { inputs: { server: 'evil.example' } });
    assert.deepEqual(events, []);
    assert.match(messages[1]?.card.in('en').summary ?? '', states.unknown);
  });
});

describe('a person who may not have servers read', () => {
  const closed = { policy: { requesters: [] } };

  test('is told whom to ask, and nothing is read', async (t) => {
    const { say, events } = await startDesk(t, closed);
    for (const text of ['check wsus01', 'check', 'servers']) {
      const { card } = await say(text, requester);
      assert.match(card?.in('en').summary ?? '', /^Not done/);
      assert.match(JSON.stringify(card?.in('en').json), /Alex Wilber/);
    }
    assert.deepEqual(events, []);
  });

  test('still gets a log explained, without a look at the server', async (t) => {
    const { say, events, messages } = await startDesk(t, closed);
    const { card } = await say(serverLine(), requester);
    assert.match(card?.in('en').summary ?? '', states.cause);
    assert.deepEqual(events, []);
    assert.equal(messages.length, 1);
  });

  test('cannot wipe a card of others by a press on its buttons', async (t) => {
    const { say, press, events } = await startDesk(t, {
      ...closed,
      world: { service: 'silent', file: Buffer.from('x') },
    });
    const verdict = cardIn(await say('check wsus01', approver, group('g')));
    const before = verdict.card;
    events.length = 0;
    const { text } = await press(verdict, 'Check again', { who: stranger });
    assert.match(text ?? '', /may not check/i);
    assert.equal(verdict.card, before);
    assert.deepEqual(events, []);
  });
});

describe('a button', () => {
  test('that nobody knows is answered, and does nothing', async (t) => {
    const { say, pressToken, events } = await startDesk(t);
    const shown = cardIn(await say('help'));
    for (const token of ['', 'x', 'x'.repeat(22), `${'x'.repeat(21)}\n`]) {
      const { text, card } = await pressToken(token, shown);
      assert.match(text ?? '', /do not know this button/);
      assert.equal(card, undefined);
    }
    assert.deepEqual(events, []);
  });

  test('of another conversation is not known', async (t) => {
    const { say, pressToken } = await startDesk(t);
    const shown = cardIn(await say('check wsus01'));
    const token = buttonsOf({ ...shown.card.in('en').json })[0]?.token ?? '';
    const { text } = await pressToken(token, undefined, { where: personal('another') });
    assert.match(text ?? '', /do not know this button/);
  });

  test('holds nothing but a token that only the store can read', async (t) => {
    const { say, desk } = await startDesk(t);
    const shown = cardIn(await say('check wsus01'));
    for (const { token } of buttonsOf({ ...shown.card.in('en').json })) {
      assert.match(token, /^[\w-]{22}$/);
      assert.notEqual(await findAction(desk.database, token, 'a'), undefined);
    }
  });
});

test('an installation is greeted with what to type', async (t) => {
  const { install } = await startDesk(t);
  const { card } = await install();
  assert.match(card?.in('en').summary ?? '', states.help);
});

test('an installation by nobody in particular is greeted too', async (t) => {
  const { install, desk } = await startDesk(t);
  const { card } = await install({ aadObjectId: '', name: '' }, group('g'));
  assert.match(card?.in('en').summary ?? '', states.help);
  assert.deepEqual(await personalChats(desk.database), []);
});

test('only a personal chat is remembered as the place of a person', async (t) => {
  const { say, desk } = await startDesk(t);
  await say('help', approver, group('g'));
  assert.deepEqual(await personalChats(desk.database), []);
  await say('help', approver, personal('p'));
  const [chat] = await personalChats(desk.database);
  assert.equal(chat?.where.conversationId, 'p');
});

test('the first card has buttons to try, and all of them answer', async (t) => {
  const { say, press, messages } = await startDesk(t);
  const help = cardIn(await say('help'));
  for (const title of titlesOn(help.card)) {
    const count = messages.length;
    const { text } = await press(help, title, { inputs: { server: 'wsus01' } });
    assert.ok((text ?? '') !== '' || messages.length > count, title);
  }
});

test("the article's own example is explained, and no server is read for it", async (t) => {
  const { say, events, messages } = await startDesk(t);
  const { card } = await say(articleServer);
  assert.match(card?.in('en').summary ?? '', /^Example only, of KB 4096317/);
  assert.deepEqual(events, []);
  assert.equal(messages.length, 1);
});
