import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { SentFile } from '../../../bot/conversation/chat.ts';
import { createReads } from '../../../bot/conversation/reads.ts';
import { DownloadError, type DownloadErrorCode } from '../../../bot/download/download-error.ts';
import type { Download } from '../../../bot/download/open-download.ts';
import { StoreError } from '../../../bot/store/store-error.ts';
import { approver } from '../changes/sample-change.ts';
import { clientLog, serverLine, simpleAuth } from '../diagnosis/samples.ts';
import { untilAborted } from './desk-files.ts';
import { cardIn, group, personal, startDesk, titlesOn, wordsOn } from './desk-scene.ts';

const file = (name: string, url = name): SentFile => ({ kind: 'download', name, url });

/** A file whose pieces come when the test lets them. */
const tap = () => {
  const waiting: ((piece: string | undefined) => void)[] = [];
  const ready: (string | undefined)[] = [];
  const give = (piece: string | undefined): void => {
    const next = waiting.shift();
    if (next === undefined) ready.push(piece);
    else next(piece);
  };
  const bytes = (signal: AbortSignal): AsyncIterable<Uint8Array> => ({
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const piece =
          ready.length > 0
            ? ready.shift()
            : await new Promise<string | undefined>((resolve, reject) => {
                waiting.push(resolve);
                signal.addEventListener('abort', () => reject(new DownloadError('download.stopped')));
              });
        if (piece === undefined) return;
        yield Buffer.from(piece);
      }
    },
  });
  return { bytes, give: (piece: string) => give(piece), end: () => give(undefined) };
};

/** Time that passes when the test says so. */
const steps = () => {
  let asked = Promise.withResolvers<() => void>();
  const next = async (): Promise<() => void> => asked.promise;
  return {
    pause: (milliseconds: number, signal: AbortSignal): Promise<void> =>
      Promise.race([
        untilAborted(milliseconds, signal),
        new Promise<void>((resolve) => asked.resolve(resolve)),
      ]),
    /** Ends the pause that is asked for, now or later. */
    end: async (): Promise<void> => {
      const resolve = await next();
      asked = Promise.withResolvers();
      resolve();
    },
    /** The next pause is asked for: what goes before it is done. */
    next,
  };
};

type Open = (url: string, signal: AbortSignal) => Download | Promise<Download>;

const startWithFiles = async (
  t: TestContext,
  open: Open,
  more: Partial<Parameters<typeof startDesk>[1] & object> = {},
) =>
  startDesk(t, {
    ...more,
    files: {
      files: { most: 1024 ** 3, open: async (url, signal) => open(url, signal) },
      ...more.files,
    },
  });

const holding = (text: string): Download => ({
  size: text.length,
  bytes: (async function* () {
    yield Buffer.from(text);
  })(),
});

const me = [approver, personal('a')] as const;

describe('a file in a personal chat', () => {
  test('is answered like the same text, and says which file it was', async (t) => {
    const { say, messages } = await startWithFiles(t, () => holding(serverLine({ host: 'other.example' })));
    await say('', ...me, { files: [file('SoftwareDistribution.log')] });
    assert.equal(messages.length, 1);
    const [shown] = messages;
    assert.match(shown?.card.in('en').summary ?? '', /^Cause found: KB 4096317/);
    assert.match(
      shown === undefined ? '' : wordsOn(shown.card),
      /SoftwareDistribution\.log · \d+\sbytes · 1 line\n/,
    );
  });

  test('that proves the cause leads on to the proposed change', async (t) => {
    const { say, messages } = await startWithFiles(t, () => holding(serverLine()));
    await say('', ...me, { files: [file('a.log')] });
    assert.match(messages[1]?.card.in('en').summary ?? '', /^Needs approval/);
  });

  test('without a fault is said to hold none', async (t) => {
    const { say, messages } = await startWithFiles(t, () => holding('nothing\n'.repeat(50)));
    await say('', ...me, { files: [file('a.log')] });
    assert.match(messages[0]?.card.in('en').summary ?? '', /^No fault found/);
    assert.match(messages[0] === undefined ? '' : wordsOn(messages[0].card), /50 lines/);
  });

  test('comes with words that are none for the bot', async (t) => {
    const { say, messages } = await startWithFiles(t, () => holding(simpleAuth));
    await say('here is the log', ...me, { files: [file('a.log')] });
    assert.equal(messages.length, 1);
    assert.match(messages[0]?.card.in('en').summary ?? '', /^Cause found, and it is not/);
  });

  test('comes with a command, and both are done', async (t) => {
    const { say, messages } = await startWithFiles(t, () => holding(simpleAuth));
    await say('check wsus02', ...me, { files: [file('a.log')] });
    const summaries = messages.map(({ card }) => card.in('en').summary);
    assert.ok(
      summaries.some((summary) => summary.startsWith('Needs approval')),
      summaries.join(),
    );
    assert.ok(
      summaries.some((summary) => summary.startsWith('Cause found, and it is not')),
      summaries.join(),
    );
  });

  test('comes with others, and all are read as one: a fault in the log of a client and of the server is one', async (t) => {
    const texts: Record<string, string> = {
      'WindowsUpdate.log': clientLog(),
      'SoftwareDistribution.log': serverLine({ id: 2, host: 'other.example' }),
    };
    const { say, messages } = await startWithFiles(t, (url) => holding(texts[url] ?? ''), {
      config: { autoCheck: false },
    });
    await say('', ...me, { files: Object.keys(texts).map((name) => file(name)) });
    assert.equal(messages.length, 1);
    const words = messages[0] === undefined ? '' : wordsOn(messages[0].card);
    assert.match(words, /WindowsUpdate\.log, SoftwareDistribution\.log · 1\sKB · 10 lines/);
    assert.match(words, /SoftwareDistribution\.log, line 1\b/, 'lines are numbered as in their file');
  });

  test('comes with one that cannot be read, and both have an answer', async (t) => {
    const { say, messages } = await startWithFiles(t, (url) => {
      if (url === 'b.log') throw new DownloadError('download.gone');
      return holding(simpleAuth);
    });
    await say('', ...me, { files: ['a.log', 'b.log', 'c.zip'].map((name) => file(name)) });
    const summaries = messages.map(({ card }) => card.in('en').summary);
    assert.equal(messages.length, 2);
    assert.match(summaries[0] ?? '', /^Cause found, and it is not/);
    assert.match(summaries[1] ?? '', /^Not done: I did not read b\.log/);
  });

  test('may be an archive of logs', async (t) => {
    const bytes = gzipSync(serverLine({ host: 'other.example' }));
    const { say, messages } = await startWithFiles(t, () => ({
      size: bytes.length,
      bytes: (async function* () {
        yield bytes;
      })(),
    }));
    await say('', ...me, { files: [file('SoftwareDistribution.log.gz')] });
    assert.match(messages[0]?.card.in('en').summary ?? '', /^Cause found: KB 4096317/);
  });

  test('may be no log at all', async (t) => {
    const { say, messages, troubles } = await startWithFiles(t, () => ({
      size: undefined,
      bytes: (async function* () {
        yield Buffer.from([0x4d, 0x5a, 0, 0, 1, 2, 3, 0, 0, 0, 0xff, 0xfe, 0, 1]);
      })(),
    }));
    await say('', ...me, { files: [file('setup.exe')] });
    assert.match(
      messages[0] === undefined ? '' : wordsOn(messages[0].card),
      /not text[\s\S]*Get-WindowsUpdateLog/,
    );
    assert.deepEqual(troubles, [], 'what a person sent is no business of the log');
  });
});

describe('a file that takes longer than two seconds', () => {
  test('has a card that says how far it is, which the answer replaces', async (t) => {
    const { bytes, give, end } = tap();
    const time = steps();
    const { say, messages, world } = await startWithFiles(
      t,
      (_url, signal) => ({ size: 4_000_000, bytes: bytes(signal) }),
      { files: { pause: time.pause } },
    );
    const said = say('', ...me, { files: [file('a.log')] });
    await time.end();
    await time.next();
    const [shown] = messages;
    assert.ok(shown !== undefined);
    assert.match(shown.card.in('en').summary, /^Reading the file a\.log/);
    assert.match(wordsOn(shown.card), /0 %/);
    world.now = new Date(world.now.getTime() + 4_000);
    give('x'.repeat(1_000_000));
    await time.end();
    await time.next();
    assert.match(
      wordsOn(shown.card),
      /: 25 %\n[\s\S]*977\sKB of 3\.8\sMB · 244\sKB a second · about 12\ss left/,
    );
    give(`\n${serverLine({ host: 'other.example' })}`);
    end();
    await said;
    assert.match(shown.card.in('en').summary, /^Cause found: KB 4096317/);
    assert.equal(messages.length, 1);
  });

  test('says how much came, where its host does not say how much there is', async (t) => {
    const { bytes, give, end } = tap();
    const time = steps();
    const { say, messages, world } = await startWithFiles(
      t,
      (_url, signal) => ({ size: undefined, bytes: bytes(signal) }),
      { files: { pause: time.pause } },
    );
    const said = say('', ...me, { files: [file('a.log')] });
    await time.end();
    await time.next();
    give('x'.repeat(2_000_000));
    world.now = new Date(world.now.getTime() + 2_000);
    await time.end();
    await time.next();
    const words = messages[0] === undefined ? '' : wordsOn(messages[0].card);
    assert.match(words, /1\.9\sMB so far · 977\sKB a second\n/);
    assert.doesNotMatch(words, /%|left/);
    end();
    await said;
  });

  test('is stopped by the button, and nothing of it is answered', async (t) => {
    const { bytes } = tap();
    const time = steps();
    const { say, press, messages } = await startWithFiles(
      t,
      (_url, signal) => ({ size: 4_000_000, bytes: bytes(signal) }),
      { files: { pause: time.pause } },
    );
    const said = say('', ...me, { files: [file('a.log')] });
    await time.end();
    await time.next();
    const [shown] = messages;
    assert.ok(shown !== undefined);
    assert.deepEqual(titlesOn(shown.card), ['Stop reading']);
    const pressed = { ...shown, card: shown.card };
    const { text } = await press(shown, 'Stop reading');
    assert.match(text ?? '', /I stop reading/);
    await said;
    assert.match(shown.card.in('en').summary, /^Not done: I did not read a\.log: reading was stopped/);
    assert.match((await press(pressed, 'Stop reading')).text ?? '', /do not read that file any more/);
  });

  test('waits its turn while others are read, and says so', async (t) => {
    const time = steps();
    const reads = createReads(1);
    const other = reads.begin('file', 'other');
    const { say, messages } = await startWithFiles(t, () => holding(simpleAuth), {
      files: { pause: time.pause, reads },
    });
    const said = say('', ...me, { files: [file('a.log')] });
    await time.end();
    await time.next();
    assert.match(messages[0] === undefined ? '' : wordsOn(messages[0].card), /waits its turn/);
    other.end();
    await said;
    assert.match(messages[0]?.card.in('en').summary ?? '', /^Cause found, and it is not/);
  });

  test('ends when the bot stops, and the card says so', async (t) => {
    const { bytes } = tap();
    const time = steps();
    const { say, messages, desk } = await startWithFiles(
      t,
      (_url, signal) => ({ size: 4_000_000, bytes: bytes(signal) }),
      { files: { pause: time.pause } },
    );
    const said = say('', ...me, { files: [file('a.log')] });
    await time.end();
    await time.next();
    desk.reads.stopAll();
    await said;
    assert.match(messages[0]?.card.in('en').summary ?? '', /I was stopped before its end/);
  });

  test('is answered though the card about it cannot be shown', async (t) => {
    const time = steps();
    const { bytes, give, end } = tap();
    const { say, messages, desk, troubles } = await startWithFiles(
      t,
      (_url, signal) => ({ size: 4_000_000, bytes: bytes(signal) }),
      { files: { pause: time.pause } },
    );
    const { post } = desk.chat;
    let refused = 0;
    desk.chat.post = async (where, card) => {
      if (card.in('en').summary.startsWith('Reading') && refused++ === 0) throw new Error('the chat is busy');
      return post(where, card);
    };
    const said = say('', ...me, { files: [file('a.log')] });
    await time.end();
    give(simpleAuth);
    end();
    await said;
    assert.equal(troubles.length, 1);
    assert.match(messages[0]?.card.in('en').summary ?? '', /^Cause found, and it is not/);
  });
});

describe('a file that is not read says why, and what to do', () => {
  for (const [code, words] of [
    ['download.place', /SharePoint or OneDrive[\s\S]*Attach the file itself/],
    ['download.gone', /does not work any more[\s\S]*Send the file once more/],
    ['download.too-large', /larger than 1\sGB[\s\S]*wsus-bot diagnose/],
    ['download.moved', /sends me on[\s\S]*Attach the file itself/],
    ['download.not-given', /does not give it[\s\S]*paste the lines/],
    ['download.unreachable', /cannot reach[\s\S]*HTTPS to SharePoint/],
    ['download.stalled', /stopped sending[\s\S]*Send the file once more/],
    ['download.too-slow', /time that I have[\s\S]*wsus-bot diagnose/],
    ['download.cut-short', /broke off[\s\S]*Send the file once more/],
  ] as const satisfies readonly (readonly [DownloadErrorCode, RegExp])[]) {
    test(code, async (t) => {
      const { say, messages, troubles } = await startWithFiles(t, () =>
        Promise.reject(new DownloadError(code)),
      );
      await say('', ...me, { files: [file('a.log')] });
      assert.equal(messages.length, 1);
      const words1 = messages[0] === undefined ? '' : wordsOn(messages[0].card);
      assert.match(words1, words);
      assert.match(words1, /a\.log/);
      assert.equal(troubles.length, 1, 'the person who runs the bot can see it');
    });
  }

  test('a defect', async (t) => {
    const { say, messages } = await startWithFiles(t, () => Promise.reject(new TypeError('swordfish')));
    await say('', ...me, { files: [file('a.log')] });
    const words = messages[0] === undefined ? '' : wordsOn(messages[0].card);
    assert.match(words, /A part of me stopped|a part of me stopped/);
    assert.doesNotMatch(words, /swordfish/);
  });

  test('a store that is away', async (t) => {
    const { say, messages } = await startWithFiles(t, () =>
      Promise.reject(new StoreError('store.unreachable', { doing: 'reading the store' })),
    );
    await say('', ...me, { files: [file('a.log')] });
    assert.match(messages[0]?.card.in('en').summary ?? '', /I cannot reach my store/);
  });
});

describe('a file that does not reach the bot', () => {
  const absent: SentFile = { kind: 'absent' };
  const picture: SentFile = { kind: 'picture' };

  test('in a group leads to the personal chat', async (t) => {
    const { say } = await startDesk(t);
    const personalChat =
      'https://teams.microsoft.com/l/chat/0/0?users=28:dddddddd-0000-4000-8000-00000000000d';
    const { card } = cardIn(await say('look', approver, group('g'), { files: [absent], personalChat }));
    assert.match(wordsOn(card), /personal chat/);
    assert.match(JSON.stringify(card.in('en').json), /"Action\.OpenUrl".*users=28:dddddddd/);
  });

  test('in a group of a bot that nobody can name is explained all the same', async (t) => {
    const { say } = await startDesk(t);
    const { card } = cardIn(await say('', approver, group('g'), { files: [absent] }));
    assert.match(wordsOn(card), /personal chat/);
    assert.doesNotMatch(JSON.stringify(card.in('en').json), /OpenUrl/);
  });

  test('in a personal chat can be attached', async (t) => {
    const { say } = await startDesk(t);
    assert.match(wordsOn(cardIn(await say('', ...me, { files: [absent] })).card), /paper clip/);
  });

  test('because it is a picture can be pasted as text', async (t) => {
    const { say } = await startDesk(t);
    assert.match(wordsOn(cardIn(await say('see', ...me, { files: [picture] })).card), /pictures/);
  });

  test('does not stand in the way of a command, or of lines', async (t) => {
    const { say } = await startDesk(t);
    for (const [index, files] of [[absent], [picture]].entries()) {
      const where = personal(`chat ${index}`);
      const checked = cardIn(await say('check wsus01', approver, where, { files }));
      assert.match(checked.card.in('en').summary, /^Needs approval/);
      const read = cardIn(await say(simpleAuth, approver, where, { files }));
      assert.match(read.card.in('en').summary, /^Cause found/);
    }
  });
});
