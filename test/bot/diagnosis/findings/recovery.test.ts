import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Fault, LogTime } from '../../../../bot/diagnosis/faults/fault.ts';
import type { ScanSucceeded } from '../../../../bot/diagnosis/faults/observation.ts';
import { Recovery } from '../../../../bot/diagnosis/findings/recovery.ts';
import { aFault, aLine, local, utc } from '../a-fault.ts';

const host = 'wsus01.corp.example';
const good = (time: LogTime | null, seen: Partial<ScanSucceeded> = {}): ScanSucceeded => ({
  kind: 'scan-succeeded',
  time,
  host,
  client: null,
  line: aLine(90, 'Found 2 updates'),
  ...seen,
});
const failed = (time: LogTime | null, fields: Partial<Fault> = {}): Fault => aFault({ time, ...fields });

function recoveryOf(...events: readonly (Fault | ScanSucceeded | 'next')[]): Recovery {
  const recovery = new Recovery();
  for (const event of events) {
    if (event === 'next') recovery.nextText();
    else if ('kind' in event) recovery.worked(event);
    else recovery.failed(event);
  }
  return recovery;
}

describe('scans have recovered', () => {
  test('when a good one against the same server follows the last failure', () => {
    const found = recoveryOf(failed(local('10:00:00')), good(local('12:00:00'))).recovered();
    assert.deepEqual([found?.at, found?.sameServer], [local('12:00:00'), true]);
    assert.deepEqual(
      found?.lines.map(({ line }) => line),
      [1, 90],
    );
  });

  test('since the first good one after the last failure', () => {
    const found = recoveryOf(
      good(local('08:00:00')),
      failed(local('10:00:00')),
      good(local('12:00:00')),
      good(local('13:00:00')),
    ).recovered();
    assert.deepEqual(found?.at, local('12:00:00'));
  });

  test('in a log that runs newest first', () => {
    const found = recoveryOf(good(local('12:00:00')), failed(local('10:00:00'))).recovered();
    assert.deepEqual(found?.at, local('12:00:00'));
  });

  test('less surely when no line names the server', () => {
    const found = recoveryOf(
      failed(local('10:00:00'), { host: null }),
      good(local('12:00:00'), { host: null }),
    ).recovered();
    assert.equal(found?.sameServer, false);
  });

  test('when the lines of the good one name no server and only one is named elsewhere', () => {
    const found = recoveryOf(failed(local('10:00:00')), good(local('12:00:00'), { host: null })).recovered();
    assert.equal(found?.sameServer, true);
  });

  test('on each of two servers', () => {
    const found = recoveryOf(
      failed(local('10:00:00')),
      failed(local('10:30:00'), { host: 'wsus02' }),
      good(local('11:00:00'), { host: 'wsus02' }),
      good(local('12:00:00')),
    ).recovered();
    assert.deepEqual([found?.at, found?.sameServer], [local('12:00:00'), true]);
  });

  const not: readonly (readonly [string, readonly (Fault | ScanSucceeded | 'next')[]])[] = [
    ['when nothing failed', [good(local('12:00:00'))]],
    ['when nothing worked', [failed(local('10:00:00'))]],
    ['when it worked before it failed', [good(local('09:00:00')), failed(local('10:00:00'))]],
    ['when it worked before it failed, newest first', [failed(local('10:00:00')), good(local('09:00:00'))]],
    ['at the same millisecond', [failed(local('10:00:00')), good(local('10:00:00'))]],
    ['on another server', [failed(local('10:00:00')), good(local('12:00:00'), { host: 'wsus02' })]],
    [
      'on another client',
      [failed(local('10:00:00'), { client: 'a' }), good(local('12:00:00'), { client: 'b' })],
    ],
    [
      'on some server of two',
      [
        failed(local('10:00:00')),
        good(local('10:30:00'), { host: 'wsus02' }),
        good(local('12:00:00'), { host: null }),
      ],
    ],
    ['in another text', [failed(local('10:00:00')), 'next', good(local('12:00:00'))]],
    ['when it failed again', [failed(local('10:00:00')), good(local('12:00:00')), failed(local('13:00:00'))]],
    ['by a clock that cannot be compared', [failed(local('10:00:00')), good(utc('12:00:00'))]],
    ['when the failure has no time', [failed(null), good(local('12:00:00'))]],
    ['when some failure has no time', [failed(local('10:00:00')), failed(null), good(local('12:00:00'))]],
    ['when the good scan has no time', [failed(local('10:00:00')), good(null)]],
    [
      'while another machine still fails',
      [failed(local('10:00:00')), good(local('12:00:00')), 'next', failed(local('10:00:00'))],
    ],
    [
      'when a server’s log tells of clients whose good scans it does not name',
      [failed(utc('10:00:00'), { source: 'SoftwareDistribution.log' }), good(utc('12:00:00'))],
    ],
  ];
  for (const [what, events] of not) {
    test(`not ${what}`, () => assert.equal(recoveryOf(...events).recovered(), null));
  }

  test('not once there was too much to follow', () => {
    const recovery = new Recovery();
    for (let number = 0; number < 2000; number += 1) {
      recovery.failed(failed(local('10:00:00'), { client: `c${number}` }));
      recovery.worked(good(local('12:00:00'), { client: `c${number}` }));
    }
    assert.equal(recovery.recovered(), null);
  });

  test('whatever the order of the lines', () => {
    const hours = fc.integer({ min: 10, max: 23 });
    const event = fc.record({ isGood: fc.boolean(), hour: hours });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        const made = events.map(({ isGood, hour }) =>
          isGood ? good(local(`${hour}:00:00`)) : failed(local(`${hour}:00:00`)),
        );
        const last = (wanted: boolean) =>
          Math.max(...events.filter(({ isGood }) => isGood === wanted).map(({ hour }) => hour));
        const expected = Number.isFinite(last(false)) && last(true) > last(false);
        assert.equal(recoveryOf(...made).recovered() !== null, expected);
      }),
    );
  });
});

describe('a failure comes and goes', () => {
  const turns = (host: string | null) => [
    failed(local('10:00:00'), { host }),
    good(local('11:00:00'), { host }),
    failed(local('12:00:00'), { host }),
  ];

  test('when scans failed, worked and failed again', () => {
    assert.equal(recoveryOf(...turns(host)).comesAndGoes, true);
    assert.equal(recoveryOf(...turns(host).toReversed()).comesAndGoes, true);
  });

  test('not when it only stopped, or only began', () => {
    assert.equal(recoveryOf(failed(local('10:00:00')), good(local('11:00:00'))).comesAndGoes, false);
    assert.equal(recoveryOf(good(local('09:00:00')), failed(local('10:00:00'))).comesAndGoes, false);
  });

  test('and a good scan at its end is no recovery while nobody names the servers', () => {
    const last = (host: string | null) => good(local('13:00:00'), { host });
    assert.equal(recoveryOf(...turns(null), last(null)).recovered(), null);
    assert.notEqual(recoveryOf(...turns(host), last(host)).recovered(), null);
  });
});

describe('a scan works on another server', () => {
  test('when it failed here before', () => {
    const recovery = recoveryOf(failed(local('10:00:00')), good(local('12:00:00'), { host: 'wsus02' }));
    assert.deepEqual(recovery.worksOn(), ['wsus02']);
  });

  test('not when it worked there before', () => {
    const recovery = recoveryOf(good(local('09:00:00'), { host: 'wsus02' }), failed(local('10:00:00')));
    assert.deepEqual(recovery.worksOn(), []);
  });
});
