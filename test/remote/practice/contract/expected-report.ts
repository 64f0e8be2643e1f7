import { readFileSync, statSync } from 'node:fs';
import type { Report } from '../../../../remote/contract.ts';
import { shippedModule } from '../../../../remote/module-text.ts';
import { trustedInstaller } from '../../../../remote/practice/host/file-owners.ts';
import { logEvidence } from '../../../../remote/practice/host/log-evidence.ts';
import { windowsPaths } from '../../../../remote/practice/practice-folder.ts';
import type { PracticeServer } from '../../../../remote/practice/practice-server.ts';
import { practiceServers } from '../../../../remote/practice/practice-servers.ts';
import { practiceSites } from '../../../../remote/practice/practice-sites.ts';
import { osVersion, productVersion } from '../../../../remote/practice/software-distribution-log.ts';
import { sha256Of } from './bench.ts';
import type { EngineDifferences } from './engine-under-test.ts';

const noWsus = { ok: false, code: 'not-wsus', reason: 'WSUS is not installed' } as const;

/** What a report of a practice server says that nobody has touched, with `readAt` and the milliseconds of the report that was read. */
export function expectedReport(
  server: PracticeServer,
  { path, attributes, port }: EngineDifferences,
  read: Report,
): Report {
  const spec = practiceServers.find(({ name }) => name === server.name);
  if (spec === undefined) throw new Error(`no practice server is ${server.name}`);
  const isWsus = spec.limits !== undefined;
  const seenPort = port === 'any' && read.wsus.ok ? (read.wsus.port ?? 0) : 8530;
  const whenWsus = <Part>(part: () => Part) => (isWsus ? { ok: true as const, ...part() } : noWsus);
  return {
    readAt: read.readAt,
    module: { ok: true, version: '1.0.0', sha256: shippedModule().sha256 },
    computer: {
      ok: true,
      name: spec.name.toUpperCase(),
      os: `Windows Server 2022 Standard ${osVersion}`,
      powerShell: read.computer.ok ? read.computer.powerShell : '',
    },
    wsus: {
      ok: true,
      installed: isWsus,
      version: isWsus ? productVersion : null,
      targetDir: isWsus ? path(server, windowsPaths.targetDir) : null,
      port: isWsus ? seenPort : null,
    },
    file: whenWsus(() => fileOf(server, path(server, windowsPaths.webConfig), attributes)),
    services: {
      ok: true,
      services: isWsus ? ['W3SVC', 'WAS', 'WsusService'].map((name) => ({ name, status: 'Running' })) : [],
    },
    pool: whenWsus(() => ({
      name: 'WsusPool',
      state: 'Started',
      worker: { pid: 4812, startedAt: startOf(read) },
    })),
    sites: whenWsus(() => ({
      sites: practiceSites(spec, seenPort).map(({ name, bindings, applications }) => ({
        name,
        state: 'Started',
        ports: bindings.map((binding) => binding.port),
        isWsus: applications.some((application) => application.path === '/ClientWebService'),
        applications: applications.map((application) => application.path),
      })),
    })),
    health: whenWsus(() => ({
      versionStatus: 200,
      getConfigStatus: 200,
      getConfigIsSoap: true,
      getConfigMilliseconds: read.health.ok ? read.health.getConfigMilliseconds : Number.NaN,
    })),
    log: whenWsus(() => ({
      path: path(server, windowsPaths.log),
      ...logEvidence(readFileSync(server.folder.log, 'utf8')),
    })),
    counters: whenWsus(() => spec.counters),
    updates: whenWsus(() => spec.updates),
    activity: { ok: true, running: null, interrupted: null },
  };
}

function fileOf({ webConfig }: PracticeServer, path: string, attributes: string) {
  const bytes = readFileSync(webConfig);
  const { nlink, mtimeNs } = statSync(webConfig, { bigint: true });
  return {
    path,
    bytes: bytes.toString('base64'),
    sha256: sha256Of(bytes),
    size: bytes.length,
    ...trustedInstaller,
    attributes,
    hardLinks: Number(nlink),
    lastWriteAt: new Date(Number(mtimeNs / 1_000_000n)).toISOString(),
  };
}

const startOf = (read: Report): string =>
  read.pool.ok && read.pool.worker !== null ? read.pool.worker.startedAt : '';
