import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type AuditFinding, findingText } from '../../../bot/audit/audit-finding.ts';
import { readExportedLine, storedLine } from '../../../bot/audit/exported-lines.ts';
import { type VerifyOptions, verifyAudit } from '../../../bot/audit/verify-audit.ts';
import { type AuditRow, storedChain } from '../../../bot/store/audit-rows.ts';
import { testOnBothStores } from '../store/both-stores.ts';
import { memoryStore } from '../store/sample-store.ts';
import { exported, newKey, recordAll, rowOf, rowsOf, sampleEvent, sampleRows } from './sample-audit.ts';

const key = newKey();

const findingsInExport = async (lines: readonly string[], options?: VerifyOptions) =>
  (await verifyAudit(lines.map(readExportedLine), options)).findings;

const findingsInRows = async (rows: readonly AuditRow[], options?: VerifyOptions) =>
  (await verifyAudit(rows.map(storedLine), options)).findings;

const endOf = (rows: readonly AuditRow[]) => () => ({
  seq: rows.at(-1)?.seq ?? 0,
  hash: rows.at(-1)?.hash ?? '',
});

const replaced = <T>(list: readonly T[], index: number, value: T): T[] =>
  list.map((one, place) => (place === index ? value : one));

testOnBothStores('entries that were recorded in the store are intact, in pages of any size', async (t) => {
  const database = await memoryStore(t);
  await recordAll(
    database,
    Array.from({ length: 25 }, (_, index) => sampleEvent({ detail: { index } })),
  );
  for (const pageSize of [1, 7, 25, 500]) {
    const { rows, end } = storedChain(database, 0, pageSize);
    const lines = async function* () {
      for await (const row of rows) yield storedLine(row);
    };
    const verdict = await verifyAudit(lines(), { end });
    assert.deepEqual(verdict.findings, []);
    assert.equal(verdict.entries, 25);
    assert.equal(verdict.last.seq, 25);
  }
});

testOnBothStores('an audit that grows while it is read is intact up to where it was read', async (t) => {
  const database = await memoryStore(t);
  let isRead = false;
  const writing = (async () => {
    while (!isRead) await recordAll(database, [sampleEvent()]);
  })();
  for (let reading = 0; reading < 20; reading++) {
    const { rows, end } = storedChain(database, 0, 3);
    const lines = async function* () {
      for await (const row of rows) {
        yield storedLine(row);
        if (row.seq > 40) isRead = true;
      }
    };
    const verdict = await verifyAudit(lines(), { end });
    assert.deepEqual(verdict.findings, []);
    assert.ok(verdict.last.seq > 0 || reading === 0);
  }
  isRead = true;
  await writing;
});

test('an audit without an entry is intact', async (t) => {
  const { rows, end } = storedChain(await memoryStore(t));
  for await (const row of rows) assert.fail(`row ${row.seq}`);
  assert.deepEqual((await verifyAudit([], { end })).findings, []);
});

test('an export is intact by itself, whatever was recorded', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { maxKeys: 3 }), {
        maxLength: 5,
      }),
      async (details) => {
        const rows = rowsOf(details.map((detail) => sampleEvent({ detail })));
        assert.deepEqual(await findingsInExport(exported(rows)), []);
      },
    ),
    { numRuns: 40 },
  );
});

describe('a single change of an exported chain is found where it was made:', () => {
  const rows = sampleRows(12, key);
  const lines = exported(rows);
  const place = fc.nat(lines.length - 1);

  test('any character of any line put in, taken out or replaced', async () => {
    await fc.assert(
      fc.asyncProperty(
        place,
        fc.nat(),
        fc.constantFrom('insert', 'remove', 'replace'),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((text) => !text.includes('\n')),
        async (index, at, how, character) => {
          const line = lines[index] ?? '';
          const from = at % line.length;
          const to = how === 'insert' ? from : from + 1;
          const changed = line.slice(0, from) + (how === 'remove' ? '' : character) + line.slice(to);
          fc.pre(changed !== line);
          const findings = await findingsInExport(replaced(lines, index, changed));
          assert.equal(findings.length, 1, JSON.stringify(findings));
          assert.ok(
            findings[0] !== undefined && ['changed', 'not-an-entry'].includes(findings[0].kind),
            JSON.stringify(findings),
          );
          assert.equal('seq' in findings[0] && findings[0].seq, index + 1);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('lines taken out', async () => {
    await fc.assert(
      fc.asyncProperty(place, place, async (one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const expected: AuditFinding =
          to === lines.length - 1
            ? { kind: 'cut-off', from: from + 1, to: to + 1 }
            : { kind: 'missing', from: from + 1, to: to + 1 };
        const left = lines.filter((_, index) => index < from || index > to);
        assert.deepEqual(await findingsInExport(left, { end: endOf(rows) }), [expected]);
      }),
    );
  });

  test('a line put in a second time, anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(place, fc.nat(lines.length), async (index, at) => {
        const line = lines[index] ?? '';
        const findings = await findingsInExport([...lines.slice(0, at), line, ...lines.slice(at)]);
        // Put in ahead of its place, it leaves those between them behind it.
        const overtaken = Array.from({ length: Math.max(0, index - at) }, (_, step) => at + 1 + step);
        assert.deepEqual(findings, [
          ...overtaken.map((seq) => ({ kind: 'out-of-order', seq, after: index + 1 })),
          { kind: 'repeated', seq: index + 1 },
        ]);
      }),
    );
  });

  test('two lines that changed places', async () => {
    await fc.assert(
      fc.asyncProperty(place, place, async (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        fc.pre(low !== high);
        const swapped = replaced(replaced(lines, low, lines[high] ?? ''), high, lines[low] ?? '');
        const findings = await findingsInExport(swapped);
        const moved = Array.from({ length: high - low }, (_, index) => low + 1 + index);
        assert.deepEqual(
          findings,
          moved.map((seq) => ({ kind: 'out-of-order', seq, after: high + 1 })),
        );
      }),
    );
  });

  test('an entry that was changed and hashed anew', async () => {
    await fc.assert(
      fc.asyncProperty(place, fc.string(), async (index, name) => {
        const row = rows[index];
        assert.ok(row !== undefined);
        const forged = rowOf({ ...JSON.parse(row.entryJson), server: `forged ${name}` });
        const findings = await findingsInExport(exported(replaced(rows, index, forged)), {
          end: endOf(rows),
        });
        const kind = index === rows.length - 1 ? 'end-differs' : 'hashed-anew';
        assert.deepEqual(findings, [{ kind, seq: index + 1 }]);
      }),
    );
  });

  test('an entry of one’s own put in with the number of the one behind it', async () => {
    await fc.assert(
      fc.asyncProperty(place, async (index) => {
        const row = rows[index];
        assert.ok(row !== undefined);
        const own = rowOf({ ...JSON.parse(row.entryJson), kind: 'declined' });
        const findings = await findingsInExport(
          exported([...rows.slice(0, index), own, ...rows.slice(index)]),
        );
        assert.ok(findings.some((finding) => finding.kind === 'repeated' && finding.seq === index + 1));
      }),
    );
  });
});

test('no choice and order of the lines of a chain but the whole in its order is intact', async () => {
  const rows = sampleRows(8, key);
  const lines = exported(rows);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(lines.length - 1), { maxLength: 12 }), async (places) => {
      const chosen = places.map((place) => lines[place] ?? '');
      const isWhole = chosen.join('\n') === lines.join('\n');
      const findings = await findingsInExport(chosen, { end: endOf(rows) });
      assert.equal(findings.length === 0, isWhole);
    }),
    { numRuns: 1_000, examples: [[[0, 1, 2, 3, 4, 5, 6, 7]], [[]]] },
  );
});

describe('a single change of a store is found where it was made:', () => {
  const rows = sampleRows(9, key);

  test('any column of any row', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(rows.length - 1),
        fc.constantFrom('at', 'kind', 'hash', 'entryJson'),
        fc.string(),
        async (index, column, text) => {
          const row = rows[index];
          assert.ok(row !== undefined);
          fc.pre(row[column as 'at'] !== text);
          const findings = await findingsInRows(replaced(rows, index, { ...row, [column]: text }), {
            end: endOf(rows),
          });
          const kind = column === 'hash' || column === 'entryJson' ? 'changed' : 'columns-differ';
          assert.deepEqual(findings, [{ kind, seq: index + 1 }]);
        },
      ),
    );
  });

  test('two rows whose contents changed places', async () => {
    const [third, sixth] = [rows[2], rows[5]];
    assert.ok(third !== undefined && sixth !== undefined);
    const swapped = replaced(replaced(rows, 2, { ...sixth, seq: 3 }), 5, { ...third, seq: 6 });
    assert.deepEqual(await findingsInRows(swapped), [
      { kind: 'columns-differ', seq: 3 },
      { kind: 'columns-differ', seq: 6 },
    ]);
  });

  test('a removed end', async () => {
    assert.deepEqual(await findingsInRows(rows.slice(0, 6), { end: endOf(rows) }), [
      { kind: 'cut-off', from: 7, to: 9 },
    ]);
  });

  test('a row behind the end', async () => {
    assert.deepEqual(await findingsInRows(rows, { end: endOf(rows.slice(0, 8)) }), [
      { kind: 'behind-the-end', seq: 9, end: 8 },
    ]);
  });
});

test('of very many findings the first hundred are told, and how many more there are', async () => {
  const rows = sampleRows(150).map((row) => ({ ...row, hash: '' }));
  const verdict = await verifyAudit(rows.map(storedLine));
  assert.equal(verdict.findings.length, 100);
  assert.equal(verdict.more, 50);
});

test('a part of an export is intact from the number that it begins with, and incomplete otherwise', async () => {
  const part = exported(sampleRows(9)).slice(3);
  assert.deepEqual(await findingsInExport(part, { after: { seq: 3, hash: '' } }), []);
  assert.deepEqual(await findingsInExport(part), [{ kind: 'missing', from: 1, to: 3 }]);
});

test('findings are sentences', () => {
  assert.equal(
    findingText({ kind: 'changed', seq: 17 }),
    'entry 17 was changed: its hash is not that of its text',
  );
  assert.equal(findingText({ kind: 'missing', from: 20, to: 22 }), 'entries 20 to 22 are missing');
  assert.equal(findingText({ kind: 'missing', from: 20, to: 20 }), 'entry 20 is missing');
});
