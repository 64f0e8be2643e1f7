import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { localTime, utcTime } from '../../../bot/diagnosis/records/log-time.ts';
import { faultsIn } from './observe.ts';

const text = '1224  7052  ProtocolTalker  *FAILED* [80244007] SyncUpdates_WithRecovery failed';

/** Constructed: Get-WindowsUpdateLog writes the date as the machine's locale does. */
const understood: readonly (readonly [string, string])[] = [
  ['2026/11/24 21:40:12.1234567', '2026-11-24T21:40:12.123'],
  ['2026-11-24 21:40:12.1234567', '2026-11-24T21:40:12.123'],
  ['2026.11.24 21:40:12.1234567', '2026-11-24T21:40:12.123'],
  ['24.11.2026 21:40:12.1234567', '2026-11-24T21:40:12.123'],
  ['04.05.2026 21:40:12.1234567', '2026-05-04T21:40:12.123'],
  ['24.11.2026 21:40:12,1234567', '2026-11-24T21:40:12.123'],
  ['24.11.2026 21.40.12,1234567', '2026-11-24T21:40:12.123'],
  ['2026. 11. 24. 21:40:12.1234567', '2026-11-24T21:40:12.123'],
  ['24/11/2026 9:40:12.1234567', '2026-11-24T09:40:12.123'],
  ['11/24/2026 9:40:12.1234567 PM', '2026-11-24T21:40:12.123'],
  ['11/24/2026 12:40:12.1234567 AM', '2026-11-24T00:40:12.123'],
  ['11/24/2026 12:40:12.1234567 p.m.', '2026-11-24T12:40:12.123'],
  ['2026/11/24 下午 9:40:12.1234567', '2026-11-24T21:40:12.123'],
  ['24-Nov-2026 21:40:12.1234567', '2026-11-24T21:40:12.123'],
  ['5/5/2026 21:40:12.1234567', '2026-05-05T21:40:12.123'],
  ['٢٠٢٦/١١/٢٤ ٢١:٤٠:١٢.١٢٣٤٥٦٧', '2026-11-24T21:40:12.123'],
  ['२०२६/११/२४ २१:४०:१२.१२३४५६७', '2026-11-24T21:40:12.123'],
];

/** The line is one of the log all the same. */
const notUnderstood: readonly (readonly [string, string])[] = [
  ['day and month that may be each other', '04/05/2026 21:40:12.1234567'],
  ['a year of two digits', '24/11/26 21:40:12.1234567'],
  ['a Buddhist year', '24/11/2569 21:40:12.1234567'],
  ['a Persian year', '1405/09/03 21:40:12.1234567'],
  ['the year of a trace that was not decoded', '1600/12/31 19:00:00.0000000'],
  ['a day that does not exist', '2026/02/30 21:40:12.1234567'],
  ['an hour that does not exist', '2026/11/24 13:40:12.1234567 PM'],
];

describe('the time of a decoded trace', () => {
  for (const [written, iso] of understood) {
    test(`is read in ${written}, and nobody named its zone`, () => {
      const [fault] = faultsIn(`${written} ${text}`);
      assert.deepEqual(fault?.time, { iso, zone: 'local' });
      assert.equal(fault.source, 'WindowsUpdate.log');
    });
  }

  for (const [what, written] of notUnderstood) {
    test(`is not guessed from ${what}`, () => {
      const [fault] = faultsIn(`${written} ${text}`);
      assert.deepEqual([fault?.time, fault?.source], [null, 'WindowsUpdate.log']);
    });
  }
});

describe('the zone of a time', () => {
  for (const [what, line, expected] of [
    [
      'UTC where the server’s log says so',
      '2026-11-24 21:40:12.345 UTC\tError\tw3wp.12\tA.B\terror 0x80244007',
      { iso: '2026-11-24T21:40:12.345Z', zone: 'utc' },
    ],
    [
      'unknown where the server’s log does not say so',
      '2026-11-24 21:40:12.345\tError\tw3wp.12\tA.B\terror 0x80244007',
      { iso: '2026-11-24T21:40:12.345', zone: 'local' },
    ],
    [
      'the offset of ReportingEvents.log',
      '{0A1B2C3D-0000-4000-8000-00000000000A}\t2026-11-24 22:40:12:345+0100\t1\t148\t101\t{0}\t0\t80244007\tx',
      { iso: '2026-11-24T21:40:12.345Z', zone: 'offset' },
    ],
    [
      'the offset of a task’s log',
      '2026-11-24T14:40:12.345-07:00 Exception from HRESULT: 0x80244007',
      { iso: '2026-11-24T21:40:12.345Z', zone: 'offset' },
    ],
    [
      'UTC with a Z',
      '2026-11-24T21:40:12Z Exception from HRESULT: 0x80244007',
      { iso: '2026-11-24T21:40:12.000Z', zone: 'utc' },
    ],
    [
      'unknown in an export of the Event Viewer',
      'Error\t24/11/2026 21:40:12\tWindowsUpdateClient\t25\tWindows Update failed to check for updates with error 0x80244007.',
      { iso: '2026-11-24T21:40:12.000', zone: 'local' },
    ],
    [
      'UTC in an event’s XML',
      "<Event><System><EventID>25</EventID><TimeCreated SystemTime='2026-11-24T21:40:12.3456789Z'/></System><EventData><Data Name='errorCode'>2149859335</Data></EventData></Event>",
      { iso: '2026-11-24T21:40:12.345Z', zone: 'utc' },
    ],
    [
      'unknown in an event’s text',
      'Protokollname: System\nDatum:         24.11.2026 21:40:12\nEreignis-ID:   25\nBeschreibung:\nFehler 0x80244007',
      { iso: '2026-11-24T21:40:12.000', zone: 'local' },
    ],
  ] as const) {
    test(`is ${what}`, () => assert.deepEqual(faultsIn(line)[0]?.time, expected));
  }

  test('of a mail is not that of the fault in it', () => {
    assert.equal(faultsIn('Sent: 24.11.2026 21:40:12\nFehler 0x80244007')[0]?.time, null);
  });
});

describe('a date and a time', () => {
  test('that exist are read to the millisecond', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1996-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
        (moment) => {
          const [date = '', rest = ''] = moment.toISOString().split('T');
          const time = rest.slice(0, -1);
          assert.deepEqual(utcTime(date, time), { iso: moment.toISOString(), zone: 'utc' });
          const [year, month, day] = date.split('-');
          assert.deepEqual(localTime(`${day}.${month}.${year}`, `${time}0000`), {
            iso: moment.toISOString().slice(0, -1),
            zone: 'local',
          });
        },
      ),
    );
  });

  for (const [date, time] of [
    ['2026-02-29', '10:00:00.000'],
    ['2026-13-01', '10:00:00.000'],
    ['2026-11-24', '24:00:00.000'],
    ['2026-11-24', '10:60:00.000'],
    ['2026-11-24', '10:00'],
    ['yesterday', '10:00:00.000'],
  ] as const) {
    test(`${date} ${time} is none`, () => assert.equal(utcTime(date, time), null));
  }
});
