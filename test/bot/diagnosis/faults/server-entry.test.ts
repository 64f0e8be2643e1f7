import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readServerEntry } from '../../../../bot/diagnosis/faults/server-entry.ts';
import { observe } from '../observe.ts';
import { serverLine } from '../samples.ts';

const entry = fc.record({
  time: fc.constantFrom('2026-11-24 21:40:12.345', '2026-02-30 21:40:12.345', '2026-11-24 25:40:12.345'),
  id: fc.nat(3),
  client: fc.nat(1000),
  message: fc.constantFrom('', 'parameters.InstalledNonLeafUpdateIDs', 'parameters.cookie', 'Other.text'),
  host: fc.constantFrom('wsus01', 'WSUS02.corp.example', 'WSUSServerName', 'fe2.update.microsoft.com'),
  thread: fc.nat(2),
});

describe('a whole fault of the server’s log', () => {
  test('is known at once', () => {
    assert.equal(readServerEntry(serverLine())?.message, 'parameters.InstalledNonLeafUpdateIDs');
    assert.equal(readServerEntry(serverLine().replaceAll('\t', ' '))?.thread, 'w3wp.12');
  });

  for (const [what, line] of [
    ['cut', serverLine().slice(0, -200)],
    ['told by the service itself', serverLine().replace('w3wp', 'WsusService')],
    ['with escapes', serverLine().replace('=', '&#61;')],
    ['with more behind it', `${serverLine()} and more`],
    ['quoted', `> ${serverLine()}`],
  ] as const) {
    test(`is read in the long way when it is ${what}`, () => assert.equal(readServerEntry(line), undefined));
  }

  test('comes to the same in the long way, among other lines', () => {
    const other = fc.constantFrom(
      'w3wp says 0x80244007',
      '2026-11-24 21:40:12.400 UTC\tError\tw3wp.1\tA.B\terror 0x80244007',
      '   at System.Web.Services.Protocols.SoapHttpClientProtocol.Invoke(String methodName)',
      '',
      '> quoted',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(entry.map(serverLine), other), { maxLength: 12 }), (lines) => {
        const atOnce = observe(lines.join('\n'));
        // Two blanks are no shape of the log's own; they change no word of it.
        const long = observe(lines.map((line) => line.replace(' UTC\tError', '  UTC\tError')).join('\n'));
        const written = JSON.stringify(long).replaceAll('  UTC\\tError', ' UTC\\tError');
        assert.equal(JSON.stringify(atOnce), written);
      }),
    );
  });
});
