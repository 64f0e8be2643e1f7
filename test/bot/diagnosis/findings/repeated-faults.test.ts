import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { diagnose } from '../../../../bot/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../../bot/diagnosis/diagnosis.ts';
import { clientLog, serverLine } from '../samples.ts';

const frames =
  '   at Microsoft.UpdateServices.Internal.SoapUtilities.ThrowException(ErrorCode errorCode, String message, String[] clientIds)\n   at Microsoft.UpdateServices.Internal.ClientImplementation.SyncUpdates(Cookie cookie, SyncUpdateParameters parameters)';

/** A blank at the end of a line means nothing, and sends it the long way. */
const theLongWay = (text: string): string => text.replaceAll(/^(.*ThrowException: .*)$/gm, '$1 ');
const told = (diagnosis: Diagnosis) => ({
  ...diagnosis,
  bytes: 0,
  findings: diagnosis.findings.map((finding) => ({
    ...finding,
    // Those that are read are told a little later.
    clientIds: finding.clientIds.toSorted(),
    evidence: finding.evidence.map((line) => ({ ...line, text: line.text.trim() })),
  })),
});

const messages = [
  'parameters.InstalledNonLeafUpdateIDs',
  'parameters.OtherCachedUpdateIDs',
  'parameters.locales',
  '',
];
const pad = (number: number): string => String(number).padStart(2, '0');
const entryOf = (id: number, message: number) =>
  serverLine({
    id,
    client: id % 37,
    host: id % 3 === 0 ? 'wsus02' : 'wsus01',
    message: messages[message] ?? '',
    time: `2026-11-${id % 11 === 0 ? 31 : 24 + (id % 2)} ${pad((id * 7) % 24)}:${pad((id * 13) % 60)}:00.000`,
  });
const between = fc.constantFrom(
  frames,
  '',
  'Client=cut off',
  clientLog(),
  '2026-11-24 21:40:12.345 UTC\tError\tw3wp.12\tClientImplementation.SyncUpdates\terror 0x80244007',
  'ErrorCode=InvalidParameters, Method="http://www.microsoft.com/SoftwareDistribution/Server/ClientWebService/SyncUpdates"',
  'Message=parameters.InstalledNonLeafUpdateIDs',
);
const entry = fc.constantFrom(0, 0, 0, 1, 2, 3);
const log = fc
  .array(fc.oneof({ arbitrary: entry, weight: 30 }, { arbitrary: between, weight: 1 }), {
    minLength: 300,
    maxLength: 500,
  })
  .map((parts) =>
    parts.map((part, index) => (typeof part === 'string' ? part : entryOf(1000 + index, part))).join('\n'),
  );

describe('faults that are counted without being read', () => {
  test('come to the same as those that are read', () => {
    fc.assert(
      fc.property(log, (text) => {
        assert.deepEqual(told(diagnose(text)), told(diagnose(theLongWay(text))));
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });

  test('come to the same with a stack below each', () => {
    const text = Array.from({ length: 200 }, (_, id) => `${serverLine({ id, client: id })}\n${frames}`).join(
      '\n',
    );
    const finding = diagnose(text).findings[0];
    assert.deepEqual([finding?.count, finding?.clients, finding?.evidenceLines], [200, 200, 200]);
    assert.deepEqual(told(diagnose(text)), told(diagnose(theLongWay(text))));
  });

  test('are counted once when a text holds them twice', () => {
    const text = Array.from({ length: 300 }, (_, id) => serverLine({ id: 1000 + id, client: id })).join('\n');
    for (const twice of [`${text}\n${text}`, `${text}\nanother file\n${text}`]) {
      const finding = diagnose(twice).findings[0];
      assert.deepEqual([finding?.count, finding?.clients], [300, 300]);
    }
  });

  test('are joined with what a client’s log told of them before and after', () => {
    const server = Array.from({ length: 300 }, (_, id) => serverLine({ id, client: id })).join('\n');
    for (const text of [`${clientLog()}\n${server}`, `${server}\n${clientLog()}`]) {
      assert.equal(diagnose(text).findings[0]?.count, 300);
    }
  });
});
