import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { approver, requester } from '../changes/sample-change.ts';
import { clientLog, serverLine, simpleAuth } from '../diagnosis/samples.ts';
import { cardIn, group, personal, startDesk, wordsOn } from './desk-scene.ts';

/** Lines of a log that hold no fault, as many as fill a message of Teams. */
const quietLines = Array.from(
  { length: 120 },
  (_, index) =>
    `2026-11-24 21:00:${String(index % 60).padStart(2, '0')}.000 UTC\tInfo\tw3wp.${index}\tDBConnection.OnReceivingInfoMessage\tSet trace session to ${index}`,
).join('\n');

const minutes = 60_000;

/** Constructed after what an old agent logs: a fault with a line for each field, here cut between two of them. */
const halves = [
  [
    'WARNING: Soap fault info: http://other.example:8530/ClientWebService/client.asmx',
    'WARNING: code: Client',
    '<detail>',
    '<ErrorCode>InvalidParameters</ErrorCode>',
  ].join('\n'),
  [
    '<Message>parameters.InstalledNonLeafUpdateIDs</Message>',
    '<ID>0a1b2c3d-0000-4000-8000-000000000002</ID>',
    '<Method>"http://www.microsoft.com/SoftwareDistribution/Server/ClientWebService/SyncUpdates"</Method>',
    '</detail>',
    'FATAL: SyncUpdates_WithRecovery failed.: 0x80244007',
  ].join('\n'),
] as const;

describe('text that comes in several messages', () => {
  test('has one answer to all of it, and the earlier one says where it is', async (t) => {
    const { say, messages } = await startDesk(t);
    const first = cardIn(await say(quietLines));
    assert.match(first.card.in('en').summary, /^No fault found/);
    const second = cardIn(await say(serverLine({ host: 'other.example' })));
    assert.match(first.card.in('en').summary, /^Superseded/);
    assert.match(wordsOn(first.card), /below/);
    assert.match(second.card.in('en').summary, /^Cause found: KB 4096317/);
    assert.equal(messages.length, 2);
  });

  test('is read as one: neither half of a fault says it alone', async (t) => {
    const { say } = await startDesk(t);
    const [one, two] = halves;
    const first = cardIn(await say(one));
    assert.doesNotMatch(first.card.in('en').summary, /4096317/);
    assert.match(cardIn(await say(two)).card.in('en').summary, /^Cause found: KB 4096317/);
    assert.doesNotMatch(cardIn(await (await startDesk(t)).say(two)).card.in('en').summary, /4096317/);
  });

  test('leaves an answer that stays where it is, brought up to date', async (t) => {
    const { say, messages } = await startDesk(t);
    const line = (id: number) => serverLine({ id, host: 'other.example' });
    const first = cardIn(await say(`${line(1)}\n${quietLines}`));
    const before = wordsOn(first.card);
    const { text, shown } = await say([2, 3, 4].map(line).join('\n'));
    assert.equal(shown, undefined, 'no second card');
    assert.match(text ?? '', /last 2 messages as one text of 124 lines.*answer above stays/);
    assert.match(first.card.in('en').summary, /^Cause found: KB 4096317/);
    assert.notEqual(wordsOn(first.card), before);
    assert.equal(messages.length, 1);
  });

  test('leads to one check, not to one for each part', async (t) => {
    const { say, messages } = await startDesk(t);
    await say(`${serverLine({ id: 1 })}\n${quietLines}`);
    const events = messages.length;
    await say(`${serverLine({ id: 2 })}\n${quietLines}`);
    assert.equal(messages.length, events);
  });

  test('may end in lines that say nothing by themselves', async (t) => {
    const { say, messages } = await startDesk(t);
    await say(`${serverLine({ host: 'other.example' })}\n${quietLines}`);
    const { text } = await say('   at System.Web.Services.Protocols.Invoke()\n   at System.Web.Page.Run()');
    assert.match(text ?? '', /answer above stays/);
    assert.equal(messages.length, 1);
  });

  test('takes nothing from a line that the person writes in between', async (t) => {
    const { say } = await startDesk(t);
    await say(halves[0]);
    const talk = cardIn(await say('and then parameters.InstalledNonLeafUpdateIDs it says'));
    assert.doesNotMatch(talk.card.in('en').summary, /4096317/);
  });

  test('may come in many parts', async (t) => {
    const { say, messages } = await startDesk(t);
    for (let part = 0; part < 5; part += 1) await say(quietLines.replaceAll('w3wp', `w3wp.${part}`));
    const { text } = await say(quietLines.replaceAll('w3wp', 'w3wp.9'));
    assert.match(text ?? '', /last 6 messages/);
    assert.equal(messages.length, 1);
  });

  test('that came twice, as Teams sends it again, counts once', async (t) => {
    const { say, messages } = await startDesk(t);
    const line = serverLine({ host: 'other.example' });
    await say(line);
    const { text } = await say(line);
    assert.match(text ?? '', /answer above stays/);
    assert.equal(messages.length, 1);
    assert.match(wordsOn(cardIn({ ...(await say('80244007')) }).card), /80244007/);
  });
});

describe('a message is read by itself', () => {
  test('after an answer that asks for nothing more', async (t) => {
    const { say } = await startDesk(t);
    const first = cardIn(await say(serverLine({ host: 'other.example' })));
    const second = cardIn(await say(simpleAuth));
    assert.match(first.card.in('en').summary, /^Cause found: KB 4096317/);
    assert.match(second.card.in('en').summary, /^Cause found, and it is not/);
  });

  test('when it comes later', async (t) => {
    const { say, world } = await startDesk(t);
    const first = cardIn(await say(quietLines));
    world.now = new Date(world.now.getTime() + 3 * minutes);
    await say(serverLine({ host: 'other.example' }));
    assert.match(first.card.in('en').summary, /^No fault found/);
  });

  test('when somebody else wrote the one before', async (t) => {
    const { say } = await startDesk(t);
    await say(halves[0], approver, group('g'));
    assert.doesNotMatch(cardIn(await say(halves[1], requester, group('g'))).card.in('en').summary, /4096317/);
  });

  test('when the one before stands in another chat, or in another thread of the channel', async (t) => {
    const { say } = await startDesk(t);
    await say(halves[0], approver, personal('a'));
    assert.doesNotMatch(
      cardIn(await say(halves[1], approver, personal('b'))).card.in('en').summary,
      /4096317/,
    );
    await say(halves[0], approver, group('g'), { thread: 'g;messageid=1' });
    const other = await say(halves[1], approver, group('g'), { thread: 'g;messageid=2' });
    assert.doesNotMatch(cardIn(other).card.in('en').summary, /4096317/);
  });

  test('when it is talk, or a command', async (t) => {
    const { say } = await startDesk(t);
    const first = cardIn(await say(quietLines));
    assert.match(cardIn(await say('what does that mean?')).card.in('en').summary, /^Help/);
    assert.match(cardIn(await say('servers')).card.in('en').summary, /^2 of 2/);
    assert.match(first.card.in('en').summary, /^No fault found/);
  });

  test('when all together would be too long', async (t) => {
    const { say } = await startDesk(t);
    const first = cardIn(await say(quietLines));
    const much = `${quietLines}\n`.repeat(60);
    assert.match(cardIn(await say(much)).card.in('en').summary, /^No fault found/);
    assert.match(first.card.in('en').summary, /^No fault found/);
  });
});

test('the next part may come while the first is still being answered', async (t) => {
  const { say, messages } = await startDesk(t);
  await Promise.all([say(quietLines), say(serverLine({ host: 'other.example' }))]);
  const summaries = messages.map(({ card }) => card.in('en').summary);
  assert.ok(
    summaries.some((summary) => summary.startsWith('Cause found: KB 4096317')),
    summaries.join(),
  );
});

describe('what a message quotes', () => {
  const quoted = clientLog();

  test('is read when the words themselves hold no log', async (t) => {
    const { say } = await startDesk(t);
    const said = await say('what is this?', approver, personal('a'), { quoted });
    assert.match(cardIn(said).card.in('en').summary, /^Cause found: KB 4096317/);
  });

  test('is read when there are no words at all', async (t) => {
    const { say } = await startDesk(t);
    assert.match(
      cardIn(await say('', approver, personal('a'), { quoted })).card.in('en').summary,
      /^Cause found: KB 4096317/,
    );
  });

  test('is read when the words hold only the number', async (t) => {
    const { say } = await startDesk(t);
    const said = await say('is this 80244007?', approver, personal('a'), { quoted });
    assert.match(cardIn(said).card.in('en').summary, /^Cause found: KB 4096317/);
  });

  test('is left alone when the words hold a log of their own', async (t) => {
    const { say } = await startDesk(t);
    const said = await say(simpleAuth, approver, personal('a'), { quoted });
    assert.match(cardIn(said).card.in('en').summary, /^Cause found, and it is not/);
  });

  test('is left alone when the words are a command', async (t) => {
    const { say } = await startDesk(t);
    const said = await say('whoami', approver, personal('a'), { quoted });
    assert.doesNotMatch(cardIn(said).card.in('en').summary, /4096317/);
  });

  test('is talk when it is talk', async (t) => {
    const { say } = await startDesk(t);
    const said = await say('yes', approver, personal('a'), { quoted: 'shall we?' });
    assert.match(cardIn(said).card.in('en').summary, /^Help/);
  });
});
