import { readFile } from 'node:fs/promises';
import type { Report, ReportRequest, Site } from '../../contract.ts';
import { shippedModule } from '../../module-text.ts';
import { windowsPaths } from '../practice-folder.ts';
import { productVersion } from '../software-distribution-log.ts';
import { logEvidence } from './log-evidence.ts';
import { AccessDenied, readConfig, statConfig } from './server-disk.ts';
import { sha256Of } from './sha256.ts';
import type { SimulatedHost } from './simulated-host.ts';

const noWsus = { ok: false, code: 'not-wsus', reason: 'WSUS is not installed' } as const;
const notAsked = { ok: false, code: 'not-asked', reason: 'a brief report leaves this out' } as const;
const trustedInstaller = 'NT SERVICE\\TrustedInstaller';
const sddl =
  'O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464G:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464' +
  'D:PAI(A;;FA;;;S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464)(A;;0x1200a9;;;SY)(A;;0x1200a9;;;BA)(A;;0x1200a9;;;BU)';

/** Get-WsusBotReport: what can be read, and for each part that cannot the reason. Changes nothing and never fails as a whole. */
export async function readReport(
  host: SimulatedHost,
  { brief = false }: ReportRequest = {},
): Promise<Report> {
  const { settings, isWsus } = host;
  return {
    readAt: settings.now().toISOString(),
    module: { ok: true, version: '1.0.0', sha256: shippedModule().sha256 },
    computer: {
      ok: true,
      name: settings.spec.name.toUpperCase(),
      os: 'Microsoft Windows Server 2022 Standard 10.0.20348',
      powerShell: '5.1.20348.2849',
    },
    wsus: {
      ok: true,
      installed: isWsus,
      version: isWsus ? productVersion : null,
      targetDir: isWsus ? windowsPaths.targetDir : null,
      port: isWsus ? 8530 : null,
    },
    file: isWsus ? await filePart(host) : noWsus,
    services: { ok: true, services: servicesOf(host) },
    pool: isWsus
      ? {
          ok: true,
          name: 'WsusPool',
          state: host.worker === null ? 'Stopped' : 'Started',
          worker: host.worker,
        }
      : noWsus,
    sites: isWsus ? { ok: true, sites: sitesOf(host) } : noWsus,
    health: isWsus ? { ok: true, ...host.askService() } : noWsus,
    log: isWsus ? await logPart(settings.folder.log) : noWsus,
    counters: brief ? notAsked : isWsus ? { ok: true, ...settings.spec.counters } : noWsus,
    updates: brief ? notAsked : isWsus ? { ok: true, ...settings.spec.updates } : noWsus,
    activity: { ok: true, running: host.activity, interrupted: null },
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
      owner: trustedInstaller,
      sddl,
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
  const wsus: Site = {
    name: 'WSUS Administration',
    state: 'Started',
    ports: [8530, 8531],
    isWsus: true,
    applications: [
      '/',
      '/ApiRemoting30',
      '/ClientWebService',
      '/Content',
      '/DssAuthWebService',
      '/ReportingWebService',
      '/ServerSyncWebService',
      '/SimpleAuthWebService',
    ],
  };
  const beside: Site = {
    name: 'Default Web Site',
    state: 'Started',
    ports: [80],
    isWsus: false,
    applications: ['/', '/SMS_DP_SMSPKG$', '/SMS_DP_SMSSIG$'],
  };
  return host.settings.spec.configMgrBeside ? [beside, wsus] : [wsus];
}
