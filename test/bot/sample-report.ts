import { createHash } from 'node:crypto';
import { type Report, reportSchema } from '../../remote/contract.ts';
import { shippedModule } from '../../remote/module-text.ts';

export const accessDenied = { ok: false as const, code: 'access-denied', reason: 'Access is denied.' };

export const trustedInstaller = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464';

/** The part `file` of a plain Web.config with these two values. */
export function filePart(value: string, cached = '22000'): Extract<Report['file'], { ok: true }> {
  const bytes = Buffer.from(
    `<configuration>\r\n  <appSettings>\r\n    <add key="maxInstalledPrerequisites" value="${value}"/>\r\n    <add key="maxCachedUpdates" value="${cached}"/>\r\n  </appSettings>\r\n</configuration>`,
  );
  return {
    ok: true,
    path: 'C:\\Program Files\\Update Services\\WebServices\\ClientWebService\\Web.config',
    bytes: bytes.toString('base64'),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    owner: 'NT SERVICE\\TrustedInstaller',
    sddl: `O:${trustedInstaller}G:${trustedInstaller}D:PAI(A;;FA;;;${trustedInstaller})(A;;0x1200a9;;;SY)(A;;0x1200a9;;;BA)(A;;0x1200a9;;;BU)`,
    attributes: 'Archive',
    hardLinks: 2,
    lastWriteAt: '2026-11-20T10:00:00.000Z',
  };
}

/** A whole report of a server in good order whose limit is 800, with these parts instead. */
export function reportWith(parts: Partial<Report> = {}): Report {
  return reportSchema.parse({
    readAt: '2026-11-25T02:14:00.000Z',
    module: { ok: true, version: '1.0.0', sha256: shippedModule().sha256 },
    computer: { ok: true, name: 'WSUS01', os: 'Windows Server 2022', powerShell: '5.1' },
    wsus: {
      ok: true,
      installed: true,
      version: '10.0.20348.1',
      targetDir: 'C:\\Update Services\\',
      port: 8530,
    },
    file: filePart('800'),
    services: { ok: true, services: [] },
    pool: {
      ok: true,
      name: 'WsusPool',
      state: 'Started',
      worker: { pid: 380, startedAt: '2026-11-21T10:00:00.000Z' },
    },
    sites: {
      ok: true,
      sites: [
        {
          name: 'WSUS Administration',
          state: 'Started',
          ports: [8530],
          isWsus: true,
          applications: ['/ClientWebService'],
        },
      ],
    },
    health: {
      ok: true,
      versionStatus: 200,
      getConfigStatus: 200,
      getConfigIsSoap: true,
      getConfigMilliseconds: 21.4,
    },
    log: {
      ok: true,
      path: 'C:\\SoftwareDistribution.log',
      lines: [],
      count: 0,
      clients: 0,
      firstSeenAt: null,
      lastSeenAt: null,
    },
    counters: { ok: true, maximumNonLeafUpdates: 447, maximumOtherCachedUpdates: 18_260 },
    updates: { ok: true, notDeclined: 21_874, supersededNotDeclined: 9126, testDetectoids: 0 },
    activity: { ok: true, running: null, interrupted: null },
    ...parts,
  });
}

/** Refusals of KB 4096317 in the server's log, after the worker's start. */
export const refusedClients = {
  ok: true as const,
  path: 'C:\\SoftwareDistribution.log',
  lines: [],
  count: 412,
  clients: 37,
  firstSeenAt: '2026-11-24T21:40:00.000Z',
  lastSeenAt: '2026-11-25T02:03:00.000Z',
};

export const interrupted = {
  functionName: 'Set-WsusBotLimit',
  changeId: '11111111-1111-4111-8111-111111111111',
  startedAt: '2026-11-25T01:58:04.000Z',
  step: 'write',
  file: 'after' as const,
  leftDifferent: [
    'The owner is Administrators: icacls "C:\\Web.config" /setowner "NT SERVICE\\TrustedInstaller"',
  ],
};
