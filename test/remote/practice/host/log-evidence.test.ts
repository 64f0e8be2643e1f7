import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logEvidence } from '../../../../remote/practice/host/log-evidence.ts';
import { practiceServers } from '../../../../remote/practice/practice-servers.ts';
import { softwareDistributionLog } from '../../../../remote/practice/software-distribution-log.ts';

const now = new Date('2026-11-25T02:14:00.000Z');
const line = (clock: string, code: string, message: string, client: string): string =>
  `2026-11-25 ${clock} UTC\tWarning\tw3wp.5\tSoapUtilities.CreateException\tThrowException: actor = http://w:8530/ClientWebService/client.asmx, ID=x, ErrorCode=${code}, Message=${message}, Client=${client}`;
const refusal = (clock: string, client: string): string =>
  line(clock, 'InvalidParameters', 'parameters.InstalledNonLeafUpdateIDs', client);

test('refused calls are counted, their clients told apart, first and last seen', () => {
  const text = [
    refusal('01:00:00.000', 'A'),
    refusal('01:30:00.000', 'b'),
    refusal('01:10:00.000', 'a'),
  ].join('\r\n');
  const { count, clients, firstSeenAt, lastSeenAt } = logEvidence(text);
  assert.deepEqual(
    { count, clients, firstSeenAt, lastSeenAt },
    { count: 3, clients: 2, firstSeenAt: '2026-11-25T01:00:00.000Z', lastSeenAt: '2026-11-25T01:30:00.000Z' },
  );
});

test('a fault of another kind is evidence, but not counted as a refusal', () => {
  const found = logEvidence(line('01:00:00.000', 'InternalServerError', '', 'A'));
  assert.equal(found.lines.length, 1);
  assert.equal(found.count, 0);
  assert.equal(found.firstSeenAt, null);
});

test('steps of a sign-in are no evidence', () => {
  assert.deepEqual(logEvidence(line('01:00:00.000', 'ConfigChanged', '', 'A')).lines, []);
});

test('the newest twenty lines are kept with their numbers, oldest first', () => {
  const text = Array.from({ length: 30 }, (_unused, index) =>
    refusal(`01:${String(index).padStart(2, '0')}:00.000`, 'A'),
  ).join('\r\n');
  const { lines, count } = logEvidence(text);
  assert.equal(count, 30);
  assert.deepEqual(
    lines.map((found) => found.line),
    Array.from({ length: 20 }, (_unused, index) => index + 11),
  );
  assert.equal(lines[0]?.text, refusal('01:10:00.000', 'A'));
});

test('an endless line is cut', () => {
  assert.equal(logEvidence(refusal('01:00:00.000', 'A'.repeat(100_000))).lines[0]?.text.length, 4000);
});

test('the log of wsus01 tells of 37 clients since 274 minutes ago, tab separated, oldest first', () => {
  const spec = practiceServers.find(({ name }) => name === 'wsus01');
  assert.ok(spec !== undefined);
  const text = softwareDistributionLog(spec, 4812, now);
  const found = logEvidence(text);
  assert.equal(found.clients, 37);
  assert.equal(found.firstSeenAt, '2026-11-24T21:40:00.000Z');
  assert.equal(found.lastSeenAt, '2026-11-25T02:03:00.000Z');
  const rows = text.split('\r\n').slice(0, -1);
  assert.ok(rows.every((row) => row.split('\t').length === 5));
  assert.deepEqual(
    rows.map((row) => row.slice(0, 23)),
    rows.map((row) => row.slice(0, 23)).sort(),
  );
  assert.match(
    text,
    /ClientImplementation\.\.ctor\tInitializing ClientWebService ProcessID = 4812, Process Start Time = 11\/24\/2026 7:14:00 AM/,
  );
});
