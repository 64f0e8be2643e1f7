import assert from 'node:assert/strict';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { functionNames } from '../../../remote/contract.ts';
import { findPowershell, powershellMissing } from '../../../remote/practice/powershell/find-powershell.ts';
import { type Baseline, rowsOf } from './compatibility/baseline.ts';
import { type FileFacts, readFileFacts } from './compatibility/file-facts.ts';
import { checkCompatibility } from './compatibility/rules.ts';
import { badSamples, goodSamples, sampleBaseline } from './compatibility/samples.ts';

/*
 * What runs on a server runs in Windows PowerShell 3.0 (Windows Server 2012), what sets up the endpoint in 5.1. Neither is
 * at hand, so the files are held against lists of what these versions have. A row that nothing uses any more has to go.
 */
const commands = readJson('windows-powershell-commands.json') as Record<'3.0' | '5.1', Baseline['commands']>;
const { types } = readJson('net-framework-members.json') as { types: Baseline['types'] };
const server: Baseline = { version: '3.0', commands: commands['3.0'], types };
const endpoint: Baseline = { version: '5.1', commands: commands['5.1'], types };

const root = fileURLToPath(new URL('../../../remote/module/', import.meta.url));
const moduleFiles = globSync('WsusBot/**/*.{ps1,psm1}', { cwd: root }).map((file) => join(root, file));
const endpointFiles = globSync('endpoint/*.ps1', { cwd: root }).map((file) => join(root, file));
/** What the setup of the endpoint uses of the module. */
const usedByEndpoint = [
  ...readFileSync(join(root, 'endpoint/Install-WsusBotEndpoint.ps1'), 'utf8').matchAll(
    /\.\.\/(WsusBot\/[A-Za-z-]+\.ps1)$/gm,
  ),
].map(([, file = '']) => join(root, file));
const allFiles = globSync('{WsusBot,endpoint}/**/*.{ps1,psm1,psd1,psrc}', { cwd: root });

const powershell = findPowershell();
const skip = powershell === undefined && powershellMissing;

describe('the files for servers', { skip }, () => {
  let folder: string;
  let facts: ReadonlyMap<string, FileFacts>;
  const sample = (kind: string, number: number) => join(folder, `${kind}${number}.ps1`);
  const of = (paths: readonly string[]): FileFacts[] => {
    const found = paths.map((path) => facts.get(path)).filter((entry) => entry !== undefined);
    assert.equal(found.length, paths.length);
    return found;
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wsus-bot-syntax-'));
    badSamples.forEach(([code], number) => {
      writeFileSync(sample('bad', number), code);
    });
    goodSamples.forEach((code, number) => {
      writeFileSync(sample('good', number), code);
    });
    const paths = [...moduleFiles, ...endpointFiles, ...globSync(join(folder, '*.ps1'))];
    assert.ok(powershell !== undefined);
    facts = new Map((await readFileFacts(powershell, paths)).map((entry) => [entry.path, entry]));
    assert.equal(facts.size, paths.length);
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('the module keeps to what Windows PowerShell 3.0 has', () => {
    assert.ok(moduleFiles.length > 10, `${moduleFiles.length} files`);
    const { findings } = checkCompatibility(of(moduleFiles), server, {
      publicFunctions: Object.values(functionNames),
    });
    assert.deepEqual(findings, []);
  });

  test('the endpoint keeps to what Windows PowerShell 5.1 has, in the grammar of 3.0', () => {
    assert.ok(endpointFiles.length > 1, `${endpointFiles.length} files`);
    assert.deepEqual(
      checkCompatibility(of(endpointFiles), endpoint, { loaded: of(usedByEndpoint) }).findings,
      [],
    );
  });

  test('the functions that clients call are declared', () => {
    const declared = of(moduleFiles).flatMap(({ functions }) => functions.map(({ name }) => name));
    for (const name of Object.values(functionNames)) assert.ok(declared.includes(name), name);
  });

  test('no list has a row that nothing uses', () => {
    const byModule = checkCompatibility(of(moduleFiles), server).used;
    const byEndpoint = checkCompatibility(of(endpointFiles), endpoint, { loaded: of(usedByEndpoint) }).used;
    const unused = [
      ...rowsOf({ ...server, types: {} })
        .filter((row) => !byModule.has(row))
        .map((row) => `3.0 ${row}`),
      ...rowsOf({ ...endpoint, types: {} })
        .filter((row) => !byEndpoint.has(row))
        .map((row) => `5.1 ${row}`),
      ...rowsOf({ commands: {}, types }).filter((row) => !byModule.has(row) && !byEndpoint.has(row)),
    ];
    assert.deepEqual(unused, []);
  });

  test('every rule finds what breaks it', () => {
    badSamples.forEach(([code, finding], number) => {
      const found = [
        ...checkCompatibility(of([sample('bad', number)]), sampleBaseline, {
          publicFunctions: ['Get-Public'],
        }).findings,
        ...byteFindings(code),
      ];
      assert.ok(found.length > 0, `nothing was found in: ${code}`);
      assert.ok(
        found.some((text) => finding.test(text)),
        `${code}\n${found.join('\n')}`,
      );
    });
  });

  test('no rule finds anything in what is right', () => {
    goodSamples.forEach((code, number) => {
      const { findings } = checkCompatibility(of([sample('good', number)]), sampleBaseline, {
        publicFunctions: ['Get-Public'],
      });
      assert.deepEqual([...findings, ...byteFindings(code)], [], code);
    });
  });
});

test('the files for servers are ASCII with line feeds: Windows PowerShell reads a file without BOM in the code page of its Windows', () => {
  assert.ok(allFiles.length > 10);
  for (const file of allFiles)
    assert.deepEqual(byteFindings(readFileSync(join(root, file), 'latin1')), [], file);
});

function byteFindings(code: string): string[] {
  const found: string[] = [];
  const strange = [...code].find(
    (character) => character > '\x7e' || (character < ' ' && !/[\n\r\t]/.test(character)),
  );
  if (strange !== undefined) found.push(`not ASCII: U+${strange.codePointAt(0)?.toString(16)}`);
  if (code.includes('\r')) found.push('a carriage return');
  return found;
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
}
