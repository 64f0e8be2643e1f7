import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { windowAt } from '../../../bot/changes/maintenance-window.ts';
import { days, type MaintenanceWindow } from '../../../bot/changes/policy.ts';

const berlin: MaintenanceWindow = { days: ['sunday'], from: '02:00', to: '04:00', zone: 'Europe/Berlin' };
const on = (changed: Partial<MaintenanceWindow>): MaintenanceWindow => ({ ...berlin, ...changed });

/** "open until …", "closed; … to …": in UTC, seconds left out where they are 0. */
const said = (windows: readonly MaintenanceWindow[], now: string): string => {
  const state = windowAt({ windows: [...windows] }, new Date(now));
  if (state.open) return state.until === null ? 'open' : `open until ${short(state.until)}`;
  return `closed; ${short(state.next.from)} to ${short(state.next.to)}`;
};

const short = (date: Date): string => date.toISOString().replace(/(:00)?\.000Z$/, 'Z');

test('without windows it is always open', () => {
  assert.equal(said([], '2026-11-25T12:00:00Z'), 'open');
});

describe('Sunday 02:00-04:00 in Berlin', () => {
  for (const [now, expected] of [
    ['2026-11-25T12:00:00Z', 'closed; 2026-11-29T01:00Z to 2026-11-29T03:00Z'],
    ['2026-11-29T00:59:59.999Z', 'closed; 2026-11-29T01:00Z to 2026-11-29T03:00Z'],
    ['2026-11-29T01:00:00Z', 'open until 2026-11-29T03:00Z'],
    ['2026-11-29T02:59:59.999Z', 'open until 2026-11-29T03:00Z'],
    ['2026-11-29T03:00:00Z', 'closed; 2026-12-06T01:00Z to 2026-12-06T03:00Z'],
    ['2026-07-01T00:00:00Z', 'closed; 2026-07-05T00:00Z to 2026-07-05T02:00Z'],
  ] as const) {
    test(`at ${now}: ${expected}`, () => assert.equal(said([berlin], now), expected));
  }
});

describe('the night when the clocks go forward', () => {
  test('what they skip is missing from the window', () => {
    // Berlin, 2026-03-29: 02:00 is 03:00 at once, at 01:00 UTC.
    assert.equal(said([on({})], '2026-03-29T00:30:00Z'), 'closed; 2026-03-29T01:00Z to 2026-03-29T02:00Z');
    assert.equal(said([on({})], '2026-03-29T01:30:00Z'), 'open until 2026-03-29T02:00Z');
  });

  test('a window that lies wholly in it does not open until the next one', () => {
    const window = on({ from: '02:15', to: '02:45' });
    assert.equal(said([window], '2026-03-28T12:00:00Z'), 'closed; 2026-04-05T00:15Z to 2026-04-05T00:45Z');
  });

  test('a window around it is shorter by it', () => {
    const window = on({ from: '01:30', to: '03:30', zone: 'America/New_York' });
    assert.equal(said([window], '2026-03-08T00:00:00Z'), 'closed; 2026-03-08T06:30Z to 2026-03-08T07:30Z');
  });

  test('half an hour is skipped on Lord Howe', () => {
    const window = on({ from: '01:00', to: '03:00', zone: 'Australia/Lord_Howe' });
    assert.equal(said([window], '2026-10-03T00:00:00Z'), 'closed; 2026-10-03T14:30Z to 2026-10-03T16:00Z');
  });
});

describe('the night when the clocks go back', () => {
  test('what they show twice is open twice, in one piece when the window holds all of it', () => {
    // Berlin, 2026-10-25: 03:00 is 02:00 once more, at 01:00 UTC.
    assert.equal(said([on({})], '2026-10-24T12:00:00Z'), 'closed; 2026-10-25T00:00Z to 2026-10-25T03:00Z');
    assert.equal(said([on({})], '2026-10-25T01:30:00Z'), 'open until 2026-10-25T03:00Z');
  });

  test('and in two pieces when it holds a part', () => {
    const window = on({ from: '01:00', to: '02:30' });
    assert.equal(said([window], '2026-10-24T12:00:00Z'), 'closed; 2026-10-24T23:00Z to 2026-10-25T00:30Z');
    assert.equal(said([window], '2026-10-25T00:30:00Z'), 'closed; 2026-10-25T01:00Z to 2026-10-25T01:30Z');
    assert.equal(said([window], '2026-10-25T01:15:00Z'), 'open until 2026-10-25T01:30Z');
  });

  test('New York and Lord Howe', () => {
    const york = on({ from: '01:00', to: '02:00', zone: 'America/New_York' });
    assert.equal(said([york], '2026-11-01T00:00:00Z'), 'closed; 2026-11-01T05:00Z to 2026-11-01T07:00Z');
    const howe = on({ from: '01:30', to: '02:00', zone: 'Australia/Lord_Howe' });
    assert.equal(said([howe], '2026-04-04T00:00:00Z'), 'closed; 2026-04-04T14:30Z to 2026-04-04T15:30Z');
  });
});

describe('windows past midnight', () => {
  test('begin on their day and end on the day after', () => {
    const window = on({ days: ['saturday'], from: '22:00', to: '04:00' });
    assert.equal(said([window], '2026-11-28T20:00:00Z'), 'closed; 2026-11-28T21:00Z to 2026-11-29T03:00Z');
    assert.equal(said([window], '2026-11-29T02:00:00Z'), 'open until 2026-11-29T03:00Z');
    assert.equal(said([window], '2026-11-28T02:00:00Z'), 'closed; 2026-11-28T21:00Z to 2026-11-29T03:00Z');
  });

  test('with the end at the begin, are a whole day', () => {
    const window = on({ from: '00:00', to: '00:00', zone: 'UTC' });
    assert.equal(said([window], '2026-11-28T00:00:00Z'), 'closed; 2026-11-29T00:00Z to 2026-11-30T00:00Z');
  });
});

describe('several windows', () => {
  test('that touch or overlap are one', () => {
    const windows = [
      on({ days: ['saturday'], from: '22:00', to: '00:00', zone: 'UTC' }),
      on({ from: '00:00', to: '02:00', zone: 'UTC' }),
      on({ from: '01:00', to: '03:00', zone: 'UTC' }),
    ];
    assert.equal(said(windows, '2026-11-28T23:00:00Z'), 'open until 2026-11-29T03:00Z');
  });

  test('of different zones: the next one that opens', () => {
    const windows = [on({}), on({ zone: 'Pacific/Auckland' })];
    assert.equal(said(windows, '2026-11-28T00:00:00Z'), 'closed; 2026-11-28T13:00Z to 2026-11-28T15:00Z');
  });

  test('that leave no gap are open without an end', () => {
    assert.equal(said([on({ days: [...days], from: '05:00', to: '05:00' })], '2026-11-28T00:00:00Z'), 'open');
  });
});

test('a day that a zone left out does not open: Samoa had no 30 December 2011', () => {
  const window = on({ days: ['friday'], from: '10:00', to: '11:00', zone: 'Pacific/Apia' });
  assert.equal(said([window], '2011-12-28T12:00:00Z'), 'closed; 2012-01-05T20:00Z to 2012-01-05T21:00Z');
});

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Africa/Casablanca',
  'America/Sao_Paulo',
];
const time = fc
  .tuple(fc.nat({ max: 23 }), fc.nat({ max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const anyWindow = fc.record({
  days: fc.subarray([...days], { minLength: 1 }),
  from: time,
  to: time,
  zone: fc.constantFrom(...zones),
});
const anyPolicy = fc.record({ windows: fc.array(anyWindow, { minLength: 1, maxLength: 3 }) });
const anyInstant = fc.date({
  min: new Date('2015-01-01T00:00:00Z'),
  max: new Date('2035-01-01T00:00:00Z'),
  noInvalidDate: true,
});

/** Asks the clock on the wall, and nothing else. */
const clocks = new Map(
  zones.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'long',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
  ]),
);
const isOpenByTheClock = ({ windows }: { windows: readonly MaintenanceWindow[] }, at: number): boolean =>
  windows.some(({ days: on, from, to, zone }) => {
    const parts = new Map(
      clocks
        .get(zone)
        ?.formatToParts(at)
        .map(({ type, value }) => [type, value]),
    );
    const now = `${parts.get('hour')}:${parts.get('minute')}`;
    const today = days.map(String).indexOf(parts.get('weekday')?.toLowerCase() ?? '');
    const isOn = (day: number) => on.some((name) => name === days[(day + 7) % 7]);
    if (to > from) return isOn(today) && from <= now && now < to;
    return (isOn(today) && from <= now) || (isOn(today - 1) && now < to);
  });

test('open is what the clock on the wall says, and nothing between now and the next opening is', () => {
  fc.assert(
    fc.property(
      anyPolicy,
      anyInstant,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
      (policy, now, parts) => {
        const at = now.getTime();
        const state = windowAt(policy, now);
        assert.equal(state.open, isOpenByTheClock(policy, at));
        const from = state.open ? at : state.next.from.getTime();
        const end = state.open ? state.until?.getTime() : state.next.to.getTime();
        assert.ok(isOpenByTheClock(policy, from), 'the begin is in it');
        for (const part of parts) {
          const before = Math.floor(at + part * (from - at));
          if (before < from) assert.equal(isOpenByTheClock(policy, before), false, `nothing at ${before}`);
          if (end === undefined) continue;
          const inside = Math.floor(from + part * (end - from));
          if (inside < end) assert.ok(isOpenByTheClock(policy, inside), `open at ${inside}`);
        }
        if (end === undefined) return;
        assert.ok(isOpenByTheClock(policy, end - 1), 'the last instant is in it');
        assert.equal(isOpenByTheClock(policy, end), false, 'the end is not');
      },
    ),
    { numRuns: 500 },
  );
});

test('around the nights when clocks turn, too', () => {
  const turns = [
    '2026-03-29T01:00Z',
    '2026-10-25T01:00Z',
    '2026-03-08T07:00Z',
    '2026-11-01T06:00Z',
    '2026-04-04T15:00Z',
    '2026-10-03T15:30Z',
  ];
  const nearTurn = fc
    .tuple(fc.constantFrom(...turns), fc.integer({ min: -6 * 3_600_000, max: 6 * 3_600_000 }))
    .map(([turn, away]) => new Date(Date.parse(turn) + away));
  const turning = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe');
  const nightly = fc.record({
    days: fc.subarray([...days], { minLength: days.length }),
    from: time.map((text) => `0${text.slice(1)}`),
    to: time.map((text) => `0${text.slice(1)}`),
    zone: turning,
  });
  fc.assert(
    fc.property(nightly, nearTurn, (window, now) => {
      const policy = { windows: [window] };
      const state = windowAt(policy, now);
      assert.equal(state.open, isOpenByTheClock(policy, now.getTime()));
      if (state.open) return;
      for (let at = now.getTime(); at < state.next.from.getTime(); at += 60_000) {
        assert.equal(isOpenByTheClock(policy, at), false, new Date(at).toISOString());
      }
      assert.ok(isOpenByTheClock(policy, state.next.from.getTime()));
      assert.ok(isOpenByTheClock(policy, state.next.to.getTime() - 1));
    }),
    { numRuns: 150 },
  );
});
