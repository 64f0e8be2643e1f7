import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type AuditFinding, findingText } from '../../bot/audit/audit-finding.ts';
import { headLine } from '../../bot/audit/signed-head.ts';
import { exitCodes } from '../../bot/cli/exit-codes.ts';
import { exported, headOf, newKey, sampleRows } from '../bot/audit/sample-audit.ts';

const page = readFileSync(new URL('../../docs/audit.md', import.meta.url), 'utf8');

test('docs/audit.md quotes what verify says', () => {
  const findings: AuditFinding[] = [
    { kind: 'changed', seq: 17 },
    { kind: 'missing', from: 20, to: 22 },
    { kind: 'cut-off', from: 24, to: 25 },
    { kind: 'out-of-order', seq: 9, after: 11 },
    { kind: 'repeated', seq: 9 },
  ];
  for (const finding of findings) assert.ok(page.includes(findingText(finding)), findingText(finding));
  for (const finding of [
    { kind: 'hashed-anew', seq: 17 },
    { kind: 'rewritten', from: 7, to: 12, signedAt: '' },
  ] as const) {
    const [beginning = ''] = findingText(finding).split(':');
    assert.ok(page.includes(beginning), beginning);
  }
});

test('docs/audit.md names the exit code', () => {
  assert.match(page, new RegExp(`Exit code ${exitCodes.auditBroken}: it was tampered with`));
});

test('a few lines that go by docs/audit.md alone verify an export and a head', () => {
  const key = newKey();
  const rows = sampleRows(5, key);
  const last = rows.at(-1);
  assert.ok(last !== undefined);
  let previous = '';
  for (const line of exported(rows)) {
    const entry = line.slice('{"entry":'.length, line.lastIndexOf(',"hash":'));
    const { hash } = JSON.parse(line);
    assert.equal(createHash('sha256').update(entry).digest('hex'), hash);
    assert.equal(JSON.parse(entry).previous, previous);
    previous = hash;
  }
  const { signature, ...head } = JSON.parse(headLine(headOf(last, key)));
  assert.equal(head.hash, previous);
  const signed = JSON.stringify(Object.fromEntries(Object.entries(head).sort()));
  const pem = key.publicKey.export({ type: 'spki', format: 'pem' });
  assert.ok(verify(null, Buffer.from(signed), createPublicKey(pem), Buffer.from(signature, 'base64')));
});
