import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readEntry } from '../../../bot/audit/audit-entry.ts';
import { cefHeader, cefLine, cefValue } from '../../../bot/audit/cef.ts';
import { auditKinds } from '../../../bot/store/audit.ts';
import { rowsOf, sampleEvent } from './sample-audit.ts';

/** Reads CEF as its guide says it is written, by hand and without a look at how it was made. */
const parseCef = (line: string): { header: string[]; extension: Map<string, string> } => {
  const header: string[] = [];
  let field = '';
  let place = 0;
  while (header.length < 7) {
    const character = line[place];
    assert.ok(character !== undefined, 'the header ends too early');
    if (character === '\\') field += line[++place] ?? '';
    else if (character === '|') header.push(field);
    if (character === '|') field = '';
    else if (character !== '\\') field += character;
    place++;
  }
  const rest = line.slice(place);
  const extension = new Map<string, string>();
  // A key is a word before an "=" that is not escaped; its value reaches to the blank before the next key.
  const keys = [...rest.matchAll(/(?:^| )([A-Za-z0-9]+)=/g)];
  for (const [index, match] of keys.entries()) {
    const value = rest.slice(match.index + match[0].length, keys[index + 1]?.index ?? rest.length);
    extension.set(
      match[1] ?? '',
      value.replace(/\\([\\=nr])/g, (_, one: string) => (one === 'n' ? '\n' : one === 'r' ? '\r' : one)),
    );
  }
  return { header, extension };
};

const text = fc.string({
  unit: fc.constantFrom('a', 'ö', '|', '\\', '=', ' ', '\n', '\r', '"', 'n', 'r', 'cs1', '😀', '\t'),
});

const lineOf = (changed: Parameters<typeof sampleEvent>[0]) => {
  const row = rowsOf([sampleEvent(changed)])[0];
  const entry = row && readEntry(row.entryJson);
  assert.ok(row !== undefined && entry !== undefined);
  return cefLine(entry, row.hash, '1.2.3');
};

test('an entry is one line with the seven fields of the header and what a SIEM asks for', () => {
  const row = rowsOf([sampleEvent({ at: new Date(1_700_000_000_123) })])[0];
  const { header, extension } = parseCef(lineOf({ at: new Date(1_700_000_000_123) }));
  assert.deepEqual(header, ['CEF:0', 'WSUS Bot', 'WSUS Bot', '1.2.3', 'approved', 'Change approved', '4']);
  assert.deepEqual(Object.fromEntries(extension), {
    rt: '1700000000123',
    cn1: '1',
    cn1Label: 'seq',
    cs1: row?.hash,
    cs1Label: 'hash',
    suser: 'Alex Wilber',
    suid: 'aaaaaaaa-0000-4000-8000-000000000001',
    dhost: 'wsus01',
    cs2: 'c1',
    cs2Label: 'changeId',
    cs3: '{"planHash":"ab","text":"zwölf \\"Zeilen\\"\\n"}',
    cs3Label: 'detail',
  });
});

test('whatever a name, a server and a reason hold, another reader takes the same out of the line', () => {
  fc.assert(
    fc.property(text, text, text, (name, server, reason) => {
      const line = lineOf({ actor: { aadObjectId: 'id', name }, server, detail: { reason } });
      assert.doesNotMatch(line, /[\r\n]/);
      const { header, extension } = parseCef(line);
      assert.equal(header.length, 7);
      assert.equal(extension.get('suser'), name);
      assert.equal(extension.get('dhost'), server);
      assert.equal(extension.get('cs3'), JSON.stringify({ reason }));
    }),
    { numRuns: 500 },
  );
});

test('a field of the header comes back, with line ends as blanks', () => {
  fc.assert(
    fc.property(text, (field) => {
      const { header } = parseCef(`CEF:0|a|b|c|d|${cefHeader(field)}|5|x=y`);
      assert.equal(header[5], field.replace(/[\r\n]/g, ' '));
    }),
  );
});

test('control characters do not reach the line', () => {
  assert.equal(cefValue('a\u0000b\u001b[2J\u2028\ud800'), 'a\ufffdb\ufffd[2J\ufffd\ufffd');
});

test('every kind has a name and a severity from 0 to 10', () => {
  for (const kind of auditKinds) {
    const { header } = parseCef(lineOf({ kind, actor: null, server: null, changeId: null }));
    assert.equal(header[4], kind);
    assert.notEqual(header[5], kind);
    assert.ok(Number(header[6]) >= 0 && Number(header[6]) <= 10);
  }
});
