import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type PracticeServerSpec, practiceServers } from '../../remote/practice/practice-servers.ts';
import { unusedPort } from '../../remote/practice/unused-port.ts';
import { realmName } from '../witness/loopback-realm.ts';
import type { Stop } from './bot-machine.ts';
import { blocksIn, sectionOf } from './page-section.ts';

export const connectingPage = readFileSync(new URL('../../docs/connecting.md', import.meta.url), 'utf8');

export const connectingSection = (heading: string): string => sectionOf(connectingPage, heading);

/** The YAML of a section, with the server at the address of its stand-in and whatever else a walk changes about the server. */
export function configOf(heading: string, server: object): Record<string, unknown> {
  const [block = ''] = blocksIn(connectingSection(heading), 'yaml');
  const { servers: [written] = [], ...general } = parse(block.replaceAll('CONTOSO.EXAMPLE', realmName));
  return { ...general, servers: [{ ...written, ...server }] };
}

/** The rows of a section that say where doctor stops. */
export const stopsOf = (heading: string): Stop[] =>
  [...connectingSection(heading).matchAll(/^\| \d, .* \| `([a-z-]+)` \| `([a-z.-]+)` \|$/gm)].map(
    ([, step = '', code = '']) => [step, code],
  );

/** A server that needs nothing, so that only the way to it has a say. */
export const healthy = (name: string): PracticeServerSpec => {
  const spec = practiceServers.find(({ state }) => state === 'healthy');
  assert.ok(spec !== undefined);
  return { ...spec, name };
};

/** An address where nobody listens. */
export const nowhere = async () => ({ host: '127.0.0.1', port: await unusedPort() });
