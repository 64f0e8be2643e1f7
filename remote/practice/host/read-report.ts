import { readFile } from 'node:fs/promises';
import type { Report, ReportRequest, Site } from '../../contract.ts';
import { shippedModule } from '../../module-text.ts';
import { windowsPaths } from '../practice-folder.ts';
import { practiceSites, wsusPool } from '../practice-sites.ts';
import { osVersion, productVersion } from '../software-distribution-log.ts';
import { administrators, trustedInstaller } from './file-owners.ts';
import { logEvidence } from './log-evidence.ts';
import { AccessDenied, readConfig, statConfig } from './server-disk.ts';
import { sha256Of } from './sha256.ts';
import type { SimulatedHost } from './simulated-host.ts';

const noWsus = { ok: false, code: 'not-wsus', reason: 'WSUS is not installed' } as const;
const notAsked = { ok: false, code: 'not-asked', reason: 'a brief report leaves this out' } as const;

/** Get-WsusBotReport: what can be read, and for each part that cannot the reason. Changes nothing and never fails as a whole. */
export async function readReport(
  host: SimulatedHost,
  { brief = false }: ReportRequest = {},
): Promise<Report> {
  const { settings, isWsus } = host;
  const file = isWsus ? await filePart(host) : noWsus;
  return {
    readAt: settings.now().toISOString(),
    module: { ok: true, version: '1.0.0', sha256: shippedModule().sha256 },
    computer: {
      ok: true,
      name: settings.spec.name.toUpperCase(),
      os: `Windows Server 2022 Standard ${osVersion}`,
      powerShell: '5.1.20348.2849',
    },
    wsus: {
      ok: true,
      installed: isWsus,
      version: isWsus ? productVersion : null,
      targetDir: isWsus ? windowsPaths.targetDir : null,
      port: isWsus ? 8530 : null,
    },
    file,
    services: { ok: true, services: servicesOf(host) },
    pool: isWsus
      ? {
          ok: true,
          name: wsusPool,
          state: host.worker === null ? 'Stopped' : 'Started',
          worker: host.worker,
        }
      : noWsus,
    sites: isWsus ? { ok: true, sites: sitesOf(host) } : noWsus,
    health: isWsus ? { ok: true, ...host.askService() } : noWsus,
    log: isWsus ? await logPart(settings.folder.log) : noWsus,
    counters: brief ? notAsked : isWsus ? { ok: true, ...settings.spec.counters } : noWsus,
    updates: brief ? notAsked : isWsus ? { ok: true, ...settings.spec.updates } : noWsus,
    activity: host.activityPart(file.ok ? file.sha256 : undefined),
  };
}

async function filePart(host: SimulatedHost): Promise<Report['file']> {
  const path = host.settings.folder.webConfig;
  try {
    const bytes = await readConfig(path, host);
    const { hardLinks, lastWriteAt } = await statConfig(path, host);
    return {
      ok: true,
      path: windowsPaths.webConfig,
      bytes: bytes.toString('base64'),
      sha256: sha256Of(bytes),
      size: bytes.length,
      ...(host.ownerIsAdministrators ? administrators : trustedInstaller),
      attributes: 'Archive',
      hardLinks,
      lastWriteAt: lastWriteAt.toISOString(),
    };
  } catch (error) {
    if (error instanceof AccessDenied)
      return { ok: false, code: 'access-denied', reason: 'access to Web.config is denied' };
    throw error;
  }
}

async function logPart(path: string): Promise<Report['log']> {
  try {
    return { ok: true, path: windowsPaths.log, ...logEvidence(await readFile(path, 'utf8')) };
  } catch {
    return { ok: false, code: 'not-found', reason: 'SoftwareDistribution.log cannot be read' };
  }
}

function servicesOf(host: SimulatedHost): { name: string; status: string }[] {
  if (!host.isWsus) return [];
  return ['W3SVC', 'WAS', 'WsusService'].map((name) => ({ name, status: 'Running' }));
}

function sitesOf(host: SimulatedHost): Site[] {
  return practiceSites(host.settings.spec).map(({ name, bindings, applications }) => ({
    name,
    state: 'Started',
    ports: bindings.map(({ port }) => port),
    isWsus: applications.some(({ path }) => path === '/ClientWebService'),
    applications: applications.map(({ path }) => path),
  }));
}
