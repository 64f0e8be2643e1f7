import type { Report } from '../../../../remote/contract.ts';
import { shippedModule } from '../../../../remote/module-text.ts';
import type { TrialSeen } from '../../../../remote/trial-seen.ts';
import { readLimits } from '../../../../remote/web-config.ts';
import {
  compared,
  type DeepItemName,
  type DeepResult,
  deepItems,
  differs,
  notTried,
  pass,
} from './deep-items.ts';
import { judge } from './judge-session.ts';

const trustedInstaller = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464';
const largestClockDifference = 60_000;

/** What the report showed. Pure but for reading the shipped module. */
export function judgeReport({ report: seen, brief }: TrialSeen): DeepResult[] {
  const whole = judge('report', seen, ({ characters, milliseconds, requests }) =>
    pass('report', `${characters} characters in ${milliseconds} ms, ${requests} requests`),
  );
  if (!seen.ok) return [whole, ...ofReport.map((item) => notTried(item, 'there was no report'))];
  const { report, clockDifference, milliseconds } = seen;
  return [
    whole,
    judgeParts(report),
    partItem('module', report.module, ({ version, sha256 }) =>
      compared('module', sha256 === shippedModule().sha256, `${version}, SHA-256 ${sha256}`),
    ),
    compared(
      'clock',
      Math.abs(clockDifference) <= largestClockDifference,
      `${(clockDifference / 1000).toFixed(1)} s`,
    ),
    ...judgeFile(report.file),
    judgeIis(report),
    partItem('get-config', report.health, (health) => {
      const { versionStatus, getConfigStatus, getConfigIsSoap, getConfigMilliseconds } = health;
      return compared(
        'get-config',
        versionStatus === 200 && getConfigStatus === 200 && getConfigIsSoap,
        `wusserverversion.xml HTTP ${versionStatus}; GetConfig HTTP ${getConfigStatus}, ${getConfigIsSoap ? 'SOAP' : 'not SOAP'}, ${Math.round(getConfigMilliseconds)} ms`,
      );
    }),
    judgeCertificate(report),
    partItem('counters', report.counters, ({ maximumNonLeafUpdates, maximumOtherCachedUpdates }) =>
      compared(
        'counters',
        maximumNonLeafUpdates !== null && maximumOtherCachedUpdates !== null,
        `non leaf ${maximumNonLeafUpdates ?? 'none'}, other cached ${maximumOtherCachedUpdates ?? 'none'}`,
      ),
    ),
    partItem('susdb', report.updates, ({ notDeclined, supersededNotDeclined, testDetectoids }) =>
      pass(
        'susdb',
        `${notDeclined} not declined, ${supersededNotDeclined} of them superseded, ${testDetectoids} test detectoids; the report took ${milliseconds} ms, a brief one ${brief.ok ? `${brief.milliseconds} ms` : 'was not answered'}`,
      ),
    ),
    partItem('log', report.log, ({ path, count, clients, lines }) =>
      pass(
        'log',
        `${path}: ${count} refusals, ${clients} clients, last line ${lines.at(-1)?.line ?? 'none'}`,
      ),
    ),
    partItem('activity', report.activity, ({ running, interrupted }) =>
      compared(
        'activity',
        running === null && interrupted === null,
        `${running === null ? 'nothing at work' : `${running.functionName} is at work`}, ${interrupted === null ? 'nothing interrupted' : `${interrupted.functionName} was interrupted at ${interrupted.step}`}`,
      ),
    ),
  ];
}

/** The items that need a report, in their order. */
const ofReport = (Object.keys(deepItems) as DeepItemName[]).filter(
  (item, index, all) => index > all.indexOf('report') && item !== 'stop',
);

function judgeParts({ readAt: _readAt, ...parts }: Report): DeepResult {
  const unread = Object.entries(parts).flatMap(([name, part]) =>
    part.ok ? [] : [`${name}: ${unreadText(part)}`],
  );
  return compared('parts', unread.length === 0, unread.length === 0 ? 'all read' : unread.join('; '));
}

function judgeFile(file: Report['file']): DeepResult[] {
  if (!file.ok) {
    const why = unreadText(file);
    return (['web-config', 'owner', 'sddl', 'hard-links'] as const).map((item) => notTried(item, why));
  }
  const limit = readLimits(new Uint8Array(Buffer.from(file.bytes, 'base64'))).maxInstalledPrerequisites;
  const isTheirs = file.owner.toLowerCase().endsWith('\\trustedinstaller') || file.owner === trustedInstaller;
  return [
    limit.ok
      ? pass('web-config', `${file.size} bytes, line ${limit.line}: ${limit.value}`)
      : differs('web-config', `${file.size} bytes: ${limit.reason.text}`),
    compared('owner', isTheirs, file.owner),
    compared('sddl', isAsShipped(file.sddl), file.sddl),
    compared(
      'hard-links',
      file.hardLinks === 1 || file.hardLinks === 2,
      file.hardLinks === null ? 'not countable' : String(file.hardLinks),
    ),
  ];
}

/** TrustedInstaller has full access, and no entry allows Users to write: FA, GA, GW, FW, or the bit of FILE_WRITE_DATA. */
function isAsShipped(sddl: string): boolean {
  const entries = [...sddl.matchAll(/\(A;[^;]*;([^;]*);[^;]*;[^;]*;([^;)]*)\)/g)];
  const rightsOf = (who: string) =>
    entries.filter(([, , sid]) => sid === who).map(([, rights = '']) => rights);
  const writes = (rights: string) =>
    /^0x/i.test(rights) ? (Number(rights) & 2) !== 0 : /FA|GA|GW|FW/.test(rights);
  return (
    rightsOf(trustedInstaller).some((rights) => /FA|0x1f01ff/i.test(rights)) && !rightsOf('BU').some(writes)
  );
}

function judgeIis({ sites, pool }: Report): DeepResult {
  if (!sites.ok) return notTried('iis', unreadText(sites));
  if (!pool.ok) return notTried('iis', unreadText(pool));
  const wsus = sites.sites.filter(({ isWsus }) => isWsus);
  const [site] = wsus;
  const worker =
    pool.worker === null ? 'no process' : `process ${pool.worker.pid} since ${pool.worker.startedAt}`;
  return compared(
    'iis',
    wsus.length === 1 && (site?.ports.length ?? 0) > 0 && pool.state === 'Started' && pool.worker !== null,
    `${sites.sites.length} sites, WSUS: ${wsus.map(({ name, ports }) => `${name} (${ports.join(', ')})`).join('; ') || 'none'}; pool ${pool.name} ${pool.state}, ${worker}`,
  );
}

function judgeCertificate({ health, wsus }: Report): DeepResult {
  const port = wsus.ok && wsus.port !== null ? `port ${wsus.port}` : 'port not known';
  if (health.ok) return pass('certificate', `${port} answered`);
  return /^(?:certificate-|tls-)/.test(health.code)
    ? differs('certificate', `${port}: ${unreadText(health)}`)
    : notTried('certificate', unreadText(health));
}

type Unread = Extract<Report['module'], { ok: false }>;

function partItem<P extends { ok: true }>(
  item: DeepItemName,
  part: P | Unread,
  result: (read: P) => DeepResult,
): DeepResult {
  return part.ok ? result(part) : differs(item, unreadText(part));
}

const unreadText = ({ reason, code }: Unread): string => `${reason} (${code})`;
