import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import draft4 from 'ajv-draft-04';
import formats from 'ajv-formats';

const entry = fileURLToPath(import.meta.resolve('@microsoft/app-manifest'));
const packageName = '/app-manifest/';
const folder = join(
  entry.slice(0, entry.lastIndexOf(packageName) + packageName.length),
  'build/json-schemas/teams',
);

/** "1.30": versions of the manifest that Microsoft's package has a schema for, the newest last. */
export const schemaVersions: readonly string[] = readdirSync(folder)
  .flatMap((name) => /^v(1\.\d+)$/.exec(name)?.[1] ?? [])
  .toSorted((one, other) => minorOf(one) - minorOf(other));

/** 25 of "1.25". */
export function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}

/** What Microsoft's own JSON Schema has against a value, as text; empty when it is valid. */
export function objections(version: string, name: 'MicrosoftTeams' | 'MicrosoftTeams.Localization') {
  const schema = JSON.parse(readFileSync(join(folder, `v${version}`, `${name}.schema.json`), 'utf8'));
  // Microsoft's patterns have a lone bracket, which the flag u does not take.
  const ajv = new draft4.default({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  const validate = ajv.compile(schema);
  return (value: unknown): string[] =>
    validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}
