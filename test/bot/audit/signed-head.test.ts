import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { storedLine } from '../../../bot/audit/exported-lines.ts';
import { keyMadeDetail, keyRotatedDetail, type TrustedKey } from '../../../bot/audit/known-keys.ts';
import { headLine, keyIdOf, readHead, type SignedHead, signHead } from '../../../bot/audit/signed-head.ts';
import { verifyAudit } from '../../../bot/audit/verify-audit.ts';
import type { AuditRow } from '../../../bot/store/audit-rows.ts';
import { minutes } from '../store/sample-store.ts';
import { headOf, type KeyPair, newKey, rowsOf, sampleEvent, sampleRows } from './sample-audit.ts';

const key = newKey();
const idOf = ({ publicKey }: KeyPair) => keyIdOf(publicKey);

const findings = async (
  rows: readonly AuditRow[],
  heads: readonly (SignedHead | undefined)[],
  trusted?: TrustedKey,
) => (await verifyAudit(rows.map(storedLine), { heads, ...(trusted && { trusted }) })).findings;

const at = (rows: readonly AuditRow[], seq: number): AuditRow => {
  const row = rows[seq - 1];
  assert.ok(row !== undefined);
  return row;
};

/** The same events with one of them changed, every hash made anew. */
const rewritten = (rows: readonly AuditRow[], seq: number): AuditRow[] =>
  rowsOf(
    rows.map(({ entryJson }, index) => {
      const event = JSON.parse(entryJson);
      return { ...event, at: new Date(event.at), ...(index + 1 === seq && { server: 'another' }) };
    }),
  );

test('heads of an intact chain agree with it', async () => {
  const rows = sampleRows(10, key);
  const heads = [3, 6, 10].map((seq) => headOf(at(rows, seq), key));
  const verdict = await verifyAudit(rows.map(storedLine), { heads });
  assert.deepEqual(verdict.findings, []);
  assert.equal(verdict.headsChecked, 3);
  assert.deepEqual(verdict.lastHead, heads[2]);
});

test('a chain that was written anew as a whole is intact by itself, and its signed heads show it', async () => {
  const rows = sampleRows(10, key);
  const heads = [3, 6, 10].map((seq) => headOf(at(rows, seq), key));
  const forged = rewritten(rows, 5);
  assert.deepEqual(await findings(forged, []), []);
  assert.deepEqual(await findings(forged, heads), [
    { kind: 'rewritten', from: 4, to: 6, signedAt: heads[1]?.at },
  ]);
});

test('wherever a chain was written anew, the heads name the entries between which it was', async () => {
  const rows = sampleRows(12, key);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 12 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 12 })),
      async (seq, places) => {
        const heads = places.map((place) => headOf(at(rows, place), key));
        const [before, after] = [places.filter((one) => one < seq), places.filter((one) => one >= seq)];
        const found = await findings(rewritten(rows, seq), heads);
        if (after.length === 0) return assert.deepEqual(found, []);
        assert.deepEqual(
          found.map((finding) => ({ ...finding, signedAt: '' })),
          [{ kind: 'rewritten', from: Math.max(0, ...before) + 1, to: Math.min(...after), signedAt: '' }],
        );
      },
    ),
  );
});

test('a cut end shows, though the store counts no more than it has', async () => {
  const rows = sampleRows(10, key);
  assert.deepEqual(await findings(rows.slice(0, 6), [headOf(at(rows, 9), key)]), [
    { kind: 'cut-off', from: 7, to: 9 },
  ]);
});

describe('a head says nothing of the chain when', () => {
  const rows = sampleRows(6, key);
  const forged = rewritten(rows, 4);

  test('it was signed by a key that no entry names', async () => {
    const other = newKey();
    assert.deepEqual(await findings(rows, [headOf(at(forged, 6), other)]), [
      { kind: 'head-of-unknown-key', seq: 6, keyId: idOf(other) },
    ]);
  });

  test('any of its members was changed', async () => {
    const head = headOf(at(rows, 6), key);
    for (const changed of [{ seq: 5 }, { hash: at(forged, 6).hash }, { at: minutes(61).toISOString() }]) {
      const wrong = { ...head, ...changed };
      assert.deepEqual(await findings(rows, [wrong]), [
        { kind: 'head-forged', seq: wrong.seq, keyId: idOf(key) },
      ]);
    }
  });

  test('its line is no head', async () => {
    assert.deepEqual(await findings(rows, [headOf(at(rows, 5), key), undefined]), [
      { kind: 'head-not-readable', line: 2 },
    ]);
  });
});

test('any change of a line of the heads file makes it no head, or one that is not signed', () => {
  const head = headOf(at(sampleRows(3, key), 3), key);
  const line = headLine(head);
  fc.assert(
    fc.property(
      fc.nat(line.length - 1),
      fc.constantFrom('', '0', 'a', '"', ' ', '=', '9'),
      fc.boolean(),
      (place, text, isInserted) => {
        const changed = line.slice(0, place) + text + line.slice(isInserted ? place : place + 1);
        fc.pre(changed !== line);
        const read = readHead(changed);
        if (read === undefined) return;
        const again = signHead(read.seq, read.hash, new Date(read.at), key.privateKey);
        assert.notDeepEqual(again, read);
      },
    ),
    { numRuns: 500 },
  );
});

describe('keys are followed from one to the next', () => {
  const [first, second, third] = [newKey(), newKey(), newKey()];
  const rotation = (old: KeyPair, next: KeyPair) =>
    sampleEvent({ kind: 'key-rotated', actor: null, detail: keyRotatedDetail(old, next.publicKey) });
  const rows = rowsOf([
    sampleEvent({ kind: 'key-made', actor: null, detail: keyMadeDetail(first.publicKey) }),
    sampleEvent(),
    rotation(first, second),
    sampleEvent(),
    rotation(second, third),
    sampleEvent(),
  ]);
  const heads = [headOf(at(rows, 2), first), headOf(at(rows, 4), second), headOf(at(rows, 6), third)];

  for (const [words, trusted] of [
    ['the first one that the chain names', undefined],
    ['a public key that is given', { publicKey: first.publicKey }],
    ['the beginning of a key id that is given', { keyId: idOf(first).slice(0, 16) }],
  ] as const)
    test(`from ${words}`, async () => assert.deepEqual(await findings(rows, heads, trusted), []));

  test('and not back: heads of keys from before the one that is given are not believed', async () => {
    assert.deepEqual(await findings(rows, heads, { publicKey: second.publicKey }), [
      { kind: 'head-of-unknown-key', seq: 2, keyId: idOf(first) },
    ]);
  });

  test('a key that was replaced signs nothing any more', async () => {
    assert.deepEqual(await findings(rows, [headOf(at(rows, 4), first)]), [
      { kind: 'head-of-replaced-key', seq: 4, keyId: idOf(first), replacedAt: 3 },
    ]);
  });

  test('a rotation that the old key did not sign is found, and its new key not believed', async () => {
    const thief = newKey();
    const detail = { ...keyRotatedDetail(first, second.publicKey) };
    const { newPublicKey } = keyRotatedDetail(first, thief.publicKey);
    const forged = rowsOf([
      sampleEvent({ kind: 'key-made', actor: null, detail: keyMadeDetail(first.publicKey) }),
      sampleEvent({ kind: 'key-rotated', actor: null, detail: { ...detail, newPublicKey } }),
    ]);
    assert.deepEqual(await findings(forged, [headOf(at(forged, 2), thief)]), [
      { kind: 'rotation-forged', seq: 2, keyId: idOf(first) },
      { kind: 'head-of-unknown-key', seq: 2, keyId: idOf(thief) },
    ]);
  });

  test('whoever owns store and heads and writes both anew with a key of their own is found by the key that is given', async () => {
    const thief = newKey();
    const own = sampleRows(6, thief);
    const ownHeads = [headOf(at(own, 6), thief)];
    assert.deepEqual(await findings(own, ownHeads), []);
    assert.deepEqual(await findings(own, ownHeads, { publicKey: first.publicKey }), [
      { kind: 'head-of-unknown-key', seq: 6, keyId: idOf(thief) },
    ]);
    assert.deepEqual(await findings(own, ownHeads, { keyId: idOf(first) }), [
      { kind: 'key-not-in-chain', keyId: idOf(first) },
      { kind: 'head-of-unknown-key', seq: 6, keyId: idOf(thief) },
    ]);
  });
});
