import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { parse } from 'yaml';
import { type Config, loadConfig } from '../../bot/config.ts';
import { folderWith } from '../bot/config-folder.ts';
import { blocksIn, sectionOf } from './page-section.ts';

export const approvalsPage = readFileSync(new URL('../../docs/approvals.md', import.meta.url), 'utf8');

/** The configuration that the YAML below a heading of docs/approvals.md makes, in a file with an account and two servers. */
export const configBelow = (
  t: TestContext,
  heading: string,
  changed: Record<string, unknown> = {},
): Config => {
  const [block] = blocksIn(sectionOf(approvalsPage, heading), 'yaml');
  assert.ok(block !== undefined, `YAML below "${heading}"`);
  const servers = [{ name: 'wsus01' }, { name: 'wsus02' }];
  const file = { account: { user: 'svc' }, servers, ...parse(block), ...changed };
  return loadConfig(join(folderWith(t, { 'a.yaml': JSON.stringify(file) }), 'a.yaml'), {});
};
