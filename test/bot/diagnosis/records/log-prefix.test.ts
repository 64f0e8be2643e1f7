import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readPrefix } from '../../../../bot/diagnosis/records/log-prefix.ts';
import { reportingEvent, wuaHandler } from '../samples.ts';

const cases: readonly (readonly [
  string,
  string,
  string | undefined,
  string | undefined,
  string | undefined,
])[] = [
  [
    'SoftwareDistribution.log',
    '2020-05-22 14:44:07.030 UTC Info w3wp.13 ClientImplementation..ctor Initializing ClientWebService',
    '2020-05-22T14:44:07.030Z',
    'utc',
    'w3wp.13',
  ],
  [
    'SoftwareDistribution.log',
    '2020-05-22 14:44:07.030\tError\tWsusService.9\tA.B\ttext',
    '2020-05-22T14:44:07.030',
    'local',
    'WsusService.9',
  ],
  [
    'WindowsUpdate.log',
    '2016-05-18\t06:30:51:843\t 676\t3968\tAgent\t** START **',
    '2016-05-18T06:30:51.843',
    'local',
    '676/3968',
  ],
  [
    'WindowsUpdate.log',
    '2008-03-22 18:53:24:377 808 ba0 Setup FATAL: x',
    '2008-03-22T18:53:24.377',
    'local',
    '808/ba0',
  ],
  [
    'WindowsUpdate.log',
    '2021/04/28 12:40:08.8784820 1224  7052  WebServices     *FAILED* [80240439] Web service call',
    '2021-04-28T12:40:08.878',
    'local',
    '1224/7052',
  ],
  [
    'WindowsUpdate.log',
    '28.04.2021 12:40:08.8784820 1224 7052 WebServices x',
    '2021-04-28T12:40:08.878',
    'local',
    '1224/7052',
  ],
  [
    'WindowsUpdate.log',
    '04-28-2021 12:40:08.8784820 1224 7052 WebServices x',
    '2021-04-28T12:40:08.878',
    'local',
    '1224/7052',
  ],
  [
    'WindowsUpdate.log',
    '04/05/2021 12:40:08.8784820 1224 7052 WebServices x',
    undefined,
    undefined,
    '1224/7052',
  ],
  ['WUAHandler.log', wuaHandler, '2026-11-25T01:03:04.567Z', 'offset', 'cm:4711'],
  [
    'WUAHandler.log',
    'Scan failed~ $$<WUAHandler><11-25-2026 02:03:04.567+480><thread=4896 (0x1320)>',
    '2026-11-25T10:03:04.567Z',
    'offset',
    'cm:4896',
  ],
  ['ReportingEvents.log', reportingEvent, '2026-11-25T02:03:04.567Z', 'offset', 're'],
  [
    'ScanAgent.log',
    '<![LOG[x]LOG]!><time="02:03:04.567-60" date="11-25-2026" component="ScanAgent" context="" type="1" thread="7" file="x">',
    '2026-11-25T01:03:04.567Z',
    'offset',
    'cm:7',
  ],
  [
    'ConfigMgr log',
    'Sync failed $$<SMS_WSUS_SYNC_MANAGER><11-25-2026 02:03:04.567+000><thread=4896 (0x1320)>',
    '2026-11-25T02:03:04.567Z',
    'offset',
    'cm:4896',
  ],
  [
    'SoftwareDistribution.log',
    '2020-05-22 14:44:07.030 UTCInfow3wp.13ClientImplementation..ctorInitializing',
    '2020-05-22T14:44:07.030Z',
    'utc',
    'w3wp.13',
  ],
  [
    'WindowsUpdate.log',
    '2016-05-1806:30:51:843 6763968AgentText',
    '2016-05-18T06:30:51.843',
    'local',
    '6763968',
  ],
  [
    'IIS log',
    '2026-11-24 21:40:12 10.0.0.5 POST /ClientWebService/client.asmx - 8530 - 10.0.1.17 x - 500 0 0 31',
    '2026-11-24T21:40:12.000Z',
    'utc',
    'iis',
  ],
  ['WindowsUpdate.log', '2026-02-30 18:53:24:377 808 ba0 Setup x', undefined, undefined, '808/ba0'],
];

describe('a log line', () => {
  for (const [source, line, iso, zone, thread] of cases) {
    test(`of ${source} is known by its beginning: ${line.slice(0, 40)}`, () => {
      const prefix = readPrefix(line);
      assert.deepEqual(
        [prefix?.source, prefix?.time?.iso, prefix?.time?.zone, prefix?.thread],
        [source, iso, zone, thread],
      );
    });
  }

  for (const line of [
    '',
    'hello',
    '2026',
    '   at System.Web.Services',
    'ThrowException: actor = x',
    '2026-11-25 is a day',
    '10.0.0.5 POST /ClientWebService/client.asmx',
    'at 2026-11-25 10:00:00 it failed',
  ]) {
    test(`is not seen in “${line}”`, () => assert.equal(readPrefix(line), null));
  }
});
