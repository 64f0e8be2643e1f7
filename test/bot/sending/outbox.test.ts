import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SendError } from '../../../bot/sending/send-error.ts';
import { type OutboxScene, startOutbox } from './outbox-scene.ts';

const times = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index));
const order = ({ arrived }: OutboxScene): string[] => arrived.map(({ what }) => what);
/** How each of them ended: its id, or the code of the error. */
const ends = async (sends: readonly Promise<string>[]): Promise<string[]> =>
  (await Promise.allSettled(sends)).map((end) =>
    end.status === 'fulfilled'
      ? end.value
      : end.reason instanceof SendError
        ? end.reason.code
        : String(end.reason),
  );
const isProgress = { urgency: 'progress' } as const;

describe('what waits for one conversation', () => {
  test('goes in its order, one after the other', async () => {
    const scene = startOutbox();
    const sends = times(5, (n) => scene.send(`m${n}`, {}, [{ takes: 100 }]));
    await scene.run();
    assert.deepEqual(await ends(sends), ['m0', 'm1', 'm2', 'm3', 'm4']);
    assert.deepEqual(
      scene.arrived.map(({ at }) => at),
      [0, 100, 200, 300, 400],
    );
  });

  test('is sent as fast as Teams takes it, and no faster', async () => {
    const scene = startOutbox();
    const sends = times(70, (n) => scene.send(`m${n}`));
    await scene.run();
    await Promise.all(sends);
    const at = scene.arrived.map((one) => one.at);
    for (const [most, within] of [
      [7, 1_000],
      [8, 2_000],
      [60, 30_000],
    ] as const) {
      for (let n = most; n < at.length; n += 1) assert.ok((at[n] ?? 0) - (at[n - most] ?? 0) >= within);
    }
    assert.ok(scene.now() < 45_000, `${scene.now()}`);
  });

  test('answers go before progress', async () => {
    const scene = startOutbox();
    const sends = [
      scene.send('first'),
      scene.send('progress', { ...isProgress, replaces: 'm1' }),
      scene.send('answer'),
    ];
    await scene.run();
    await Promise.all(sends);
    assert.deepEqual(order(scene), ['first', 'answer', 'progress']);
  });

  test('of several states of one message the newest is sent, and all who wait hear of it', async () => {
    const scene = startOutbox();
    const sends = [
      scene.send('another message'),
      ...times(5, (n) => scene.send(`state ${n}`, { ...isProgress, replaces: 'm1' })),
      scene.send('a state of m2', { ...isProgress, replaces: 'm2' }),
    ];
    await scene.run();
    assert.deepEqual(order(scene), ['another message', 'state 4', 'a state of m2']);
    assert.deepEqual(
      (await ends(sends)).slice(1, 6),
      times(5, () => 'state 4'),
    );
  });

  test('a state that has to be sent again is not sent behind a newer one', async () => {
    const scene = startOutbox();
    const older = scene.send('older', { replaces: 'm1' }, [{ fails: { status: 502 } }, {}]);
    await scene.run(5);
    const newer = scene.send('newer', { replaces: 'm1' });
    await scene.run();
    assert.deepEqual(order(scene), ['older', 'newer']);
    assert.deepEqual(await ends([older, newer]), ['newer', 'newer']);
  });

  test('a state that a newer answer takes the place of is as urgent as the answer', async () => {
    const scene = startOutbox();
    const sends = [
      scene.send('first'),
      scene.send('progress', { ...isProgress, replaces: 'm1' }),
      scene.send('second'),
      scene.send('the answer', { replaces: 'm1' }),
    ];
    await scene.run();
    await Promise.all(sends);
    assert.deepEqual(order(scene), ['first', 'the answer', 'second']);
  });
});

describe('what Teams asks to repeat', () => {
  for (const status of [412, 429, 502, 503, 504]) {
    test(`is sent again after ${status}, later each time`, async () => {
      const scene = startOutbox(1, 1);
      const failure = { takes: 0, fails: { status } };
      const sends = [scene.send('m', {}, [failure, failure, failure, {}])];
      await scene.run();
      assert.deepEqual(await ends(sends), ['m']);
      assert.deepEqual(
        scene.arrived.map(({ at }) => at),
        [0, 500, 1_500, 3_500],
      );
    });
  }

  test('waits at least as long as Teams says, and nothing else goes to that conversation meanwhile', async () => {
    const scene = startOutbox();
    const sends = [
      scene.send('throttled', {}, [{ takes: 0, fails: { status: 429, retryAfter: 20_000 } }, {}]),
      scene.send('behind it'),
      scene.send('elsewhere', { conversation: 'b' }),
    ];
    await scene.run();
    await Promise.all(sends);
    const [, elsewhere, again, behind] = scene.arrived;
    assert.deepEqual([elsewhere?.what, again?.what, behind?.what], ['elsewhere', 'throttled', 'behind it']);
    assert.ok((elsewhere?.at ?? 0) < 1_000);
    assert.equal(again?.at, 20_000);
  });

  test('lets others of the conversation pass when it is about one message alone', async () => {
    const scene = startOutbox();
    const sends = [scene.send('slow', {}, [{ takes: 0, fails: { status: 504 } }, {}]), scene.send('other')];
    await scene.run();
    await Promise.all(sends);
    assert.deepEqual(order(scene), ['slow', 'other', 'slow']);
  });

  test('has an end', async () => {
    const scene = startOutbox(1, 1);
    const sends = [scene.send('m', {}, [{ fails: { status: 503 } }])];
    await scene.run();
    assert.deepEqual(await ends(sends), ['send.busy']);
    assert.equal(scene.arrived.length, 9);
  });

  test('ends when its time is over, too', async () => {
    const scene = startOutbox();
    const sends = [scene.send('m', { notAfter: 30_000 }, [{ fails: { status: 429, retryAfter: 600_000 } }])];
    await scene.run();
    assert.deepEqual(await ends(sends), ['send.busy']);
    assert.equal(scene.arrived.length, 1);
    assert.ok(scene.now() < 31_000);
  });
});

test('a new message that may have arrived is never sent a second time', async () => {
  const scene = startOutbox();
  const sends = [
    scene.send('broken', {}, [{ fails: {} }, {}]),
    scene.send('500', {}, [{ fails: { status: 500 } }, {}]),
    scene.send('replacement', { replaces: 'm1' }, [{ fails: {} }, {}]),
  ];
  await scene.run();
  assert.deepEqual(await ends(sends), ['send.unsure', 'send.unsure', 'replacement']);
  assert.deepEqual(order(scene), ['broken', '500', 'replacement', 'replacement']);
});

test('progress whose turn does not come in time is not sent', async () => {
  const scene = startOutbox();
  const sends = [
    ...times(10, (n) => scene.send(`m${n}`)),
    scene.send('progress', { ...isProgress, replaces: 'm1', notAfter: 1_500 }),
  ];
  await scene.run();
  assert.equal((await ends(sends)).at(-1), 'send.too-late');
  assert.ok(!order(scene).includes('progress'));
});

test('a chat that is closed is told of once, and what waits for it ends there', async () => {
  const scene = startOutbox();
  const sends = [
    scene.send('m0', {}, [{ fails: { status: 403, code: 'BotNotInConversationRoster' } }]),
    scene.send('m1'),
    scene.send('elsewhere', { conversation: 'b' }),
  ];
  await scene.run();
  assert.deepEqual(await ends(sends), ['send.closed', 'send.closed', 'elsewhere']);
  assert.deepEqual(scene.closed, ['a']);
  assert.deepEqual(order(scene), ['m0', 'elsewhere']);
});

test('a conversation with much to send does not hold up the others', async () => {
  const scene = startOutbox();
  const sends = [
    ...times(100, (n) => scene.send(`a${n}`)),
    ...times(20, (n) => scene.send(`of ${n}`, { conversation: `chat ${n}` })),
  ];
  await scene.run();
  await Promise.all(sends);
  const others = scene.arrived.filter(({ conversation }) => conversation !== 'a');
  assert.ok(others.every(({ at }) => at < 1_000));
});

test('all conversations together keep to what Teams takes in a tenant', async () => {
  const scene = startOutbox();
  const sends = times(300, (n) => scene.send(`m${n}`, { conversation: `chat ${n}` }));
  await scene.run();
  await Promise.all(sends);
  const at = scene.arrived.map((one) => one.at).toSorted((one, other) => one - other);
  for (let n = 50; n < at.length; n += 1) assert.ok((at[n] ?? 0) - (at[n - 50] ?? 0) >= 1_000);
  assert.ok(scene.now() < 7_000, `${scene.now()}`);
});

test('two replicas, each with its part, together keep to what Teams takes', async () => {
  const [one, other] = [startOutbox(2), startOutbox(2)];
  const sends = [one, other].flatMap((scene) => times(40, (n) => scene.send(`m${n}`)));
  await Promise.all([one.run(), other.run()]);
  await Promise.all(sends);
  const at = [...one.arrived, ...other.arrived].map((entry) => entry.at).toSorted((a, b) => a - b);
  for (const [most, within] of [
    [7, 1_000],
    [8, 2_000],
    [60, 30_000],
  ] as const) {
    for (let n = most; n < at.length; n += 1) assert.ok((at[n] ?? 0) - (at[n - most] ?? 0) >= within);
  }
});

describe('a queue that is full', () => {
  test('gives the room of the oldest progress to an answer', async () => {
    const scene = startOutbox();
    const progress = times(199, (n) => scene.send(`p${n}`, { ...isProgress, replaces: `m${n}` }));
    const answers = times(5, (n) => scene.send(`answer ${n}`));
    await scene.run();
    assert.deepEqual(
      await ends(answers),
      times(5, (n) => `answer ${n}`),
    );
    assert.ok((await ends(progress)).filter((end) => end === 'send.too-many').length >= 1);
  });

  test('refuses what is one too many, and keeps what waited', async () => {
    const scene = startOutbox();
    const sends = times(202, (n) => scene.send(`m${n}`));
    await scene.run();
    const ended = await ends(sends);
    assert.equal(ended.filter((end) => end === 'send.too-many').length, 1);
    assert.equal(ended.at(-1), 'send.too-many');
    assert.equal(ended[0], 'm0');
  });
});

test('a drain ends when everything has ended', async () => {
  const scene = startOutbox();
  let isDrained = false;
  const sends = times(20, (n) => scene.send(`m${n}`));
  const drained = scene.outbox.drain().then(() => {
    isDrained = true;
  });
  await scene.run(2_000);
  assert.equal(isDrained, false);
  await scene.run();
  await drained;
  assert.equal((await ends(sends)).length, 20);
});
