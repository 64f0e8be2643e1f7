import assert from 'node:assert/strict';
import { linkSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { administrators, trustedInstaller } from '../../../../remote/practice/host/file-owners.ts';
import { FileSecurityTable } from '../../../../remote/practice/powershell/file-security-table.ts';

function tableWithFile(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), 'wsus-bot-security-'));
  const table = new FileSecurityTable(root);
  t.after(() => {
    table.close();
    rmSync(root, { recursive: true });
  });
  const at = (name: string): string => join(root, name);
  writeFileSync(at('file'), 'old');
  return { table, at };
}

test('a new file is an administrator’s', (t) => {
  const { table, at } = tableWithFile(t);
  assert.deepEqual(table.of(at('file')), administrators);
});

test('owner and DACL belong to the file under all its names', (t) => {
  const { table, at } = tableWithFile(t);
  linkSync(at('file'), at('other'));
  table.set(at('file'), trustedInstaller.sddl);
  assert.deepEqual(table.of(at('other')), trustedInstaller);
  assert.deepEqual(table.namesOf(at('file')).toSorted(), [at('file'), at('other')]);
});

test('they go with the file when it takes the place of another, and stay with the old one', (t) => {
  const { table, at } = tableWithFile(t);
  linkSync(at('file'), at('other'));
  table.set(at('file'), trustedInstaller.sddl);
  writeFileSync(at('new'), 'new');
  renameSync(at('new'), at('file'));
  assert.deepEqual([table.of(at('file')), table.of(at('other'))], [administrators, trustedInstaller]);
  assert.deepEqual(table.namesOf(at('file')), [at('file')]);
});

test('a file that is gone leaves nothing to the next one, whatever number that gets', (t) => {
  const { table, at } = tableWithFile(t);
  table.set(at('file'), trustedInstaller.sddl);
  for (let count = 0; count < 20; count++) {
    rmSync(at('file'));
    writeFileSync(at('file'), 'new');
    assert.deepEqual(table.of(at('file')), administrators);
  }
});

test('granting gives the file to the administrators and leaves the rest of the DACL', (t) => {
  const { table, at } = tableWithFile(t);
  table.set(at('file'), trustedInstaller.sddl);
  table.grant(at('file'));
  const { owner, sddl } = table.of(at('file'));
  assert.equal(owner, administrators.owner);
  assert.match(sddl, /^O:BAG:S-1-5-80-\d.*D:PAI\(A;;FA;;;BA\)\(A;;FA;;;S-1-5-80-[\d-]+\)/);
  assert.equal(sddl.match(/;BA\)/g)?.length, 1);
  assert.match(sddl, /\(A;;0x1200a9;;;SY\)\(A;;0x1200a9;;;BU\)$/);
});

test('folders have owners as files have', (t) => {
  const { table, at } = tableWithFile(t);
  mkdirSync(at('folder'));
  table.set(at('folder'), trustedInstaller.sddl);
  assert.equal(table.of(at('folder')).owner, trustedInstaller.owner);
});
