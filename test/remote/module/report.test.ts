import assert from 'node:assert/strict';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Report, reportSchema } from '../../../remote/contract.ts';
import { shippedModule } from '../../../remote/module-text.ts';
import { findPowershell } from '../../../remote/practice/powershell/find-powershell.ts';
import { startPowershellPracticeHost } from '../../../remote/practice/powershell/powershell-practice-host.ts';
import { makePracticeFolder, type PracticeFolder } from '../../../remote/practice/practice-folder.ts';
import type { PracticeHost } from '../../../remote/practice/practice-host.ts';
import { practiceServers } from '../../../remote/practice/practice-servers.ts';
import { inModule, withoutPowershell } from './in-module.ts';

const setup = 'HKLM:\\SOFTWARE\\Microsoft\\Update Services\\Server\\Setup';
const roles = `${setup}\\Installed Role Services`;
const layer = fileURLToPath(
  new URL('../../../remote/practice/powershell/practice-windows/PracticeWindows.psm1', import.meta.url),
);

type Values = Readonly<Record<string, unknown>>;

/** How a server differs from the one of the first case. */
interface Case {
  readonly brief?: boolean;
  /** Values by registry key: in the place of those that are there, `null` for none. `{}` empties a key. */
  readonly registry?: Readonly<Record<string, Values>>;
  readonly registryDenied?: boolean;
  readonly hardLinksUnknown?: boolean;
  readonly services?: Values;
  readonly counters?: Values;
  readonly faults?: readonly unknown[];
  /** What appcmd prints for a kind of object, in place of what the practice machine says; a text alone: the code it throws. */
  readonly appcmd?: Readonly<Record<string, string>> | string;
  readonly susdb?: string;
  /** Web.config and the log are these in a folder of the case's own, to which registry and IIS point. */
  readonly target?: (targetDir: string) => Promise<void>;
}

type Attributes = Readonly<Record<string, string | number>>;
const printed = (tag: string, objects: readonly Attributes[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\r\n<appcmd>\r\n${objects
    .map(
      (attributes) =>
        `    <${tag} ${Object.entries(attributes)
          .map(([name, value]) => `${name}="${value}"`)
          .join(' ')} />\r\n`,
    )
    .join('')}</appcmd>\r\n`;

const site = (name: string, id: number, more: Attributes = {}): Attributes => ({
  'SITE.NAME': name,
  'SITE.ID': id,
  bindings: 'http/*:8530:,https/*:8531:',
  state: 'Started',
  ...more,
});
const application = (of: string, path = '/ClientWebService', pool = 'WsusPool'): Attributes => ({
  path,
  'APP.NAME': `${of}${path}`,
  'APPPOOL.NAME': pool,
  'SITE.NAME': of,
});
const folderOf = (of: string, physicalPath: string, path = '/ClientWebService'): Attributes => ({
  'VDIR.NAME': `${of}${path}/`,
  physicalPath,
  path: '/',
  'APP.NAME': `${of}${path}`,
});
const vdirs = (physicalPath: string): string =>
  printed('VDIR', [
    folderOf('WSUS Administration', '/srv/wsus/WebServices/Root/', ''),
    folderOf('WSUS Administration', physicalPath),
  ]);

const emptyConfig = async (targetDir: string): Promise<void> =>
  writeFile(join(targetDir, 'WebServices/ClientWebService/Web.config'), '<configuration/>');

const script = `Import-Module $cases.layer
function global:Invoke-TestAppCmd([string[]]$Arguments) {
  $global:asked.Add($Arguments[1])
  $canned = $global:case['appcmd']
  if ($canned -is [string]) {
    $failure = [InvalidOperationException]::new('said by the test')
    $failure.Data['WsusBotCode'] = $canned
    throw $failure
  }
  if ($null -ne $canned -and $canned.ContainsKey($Arguments[1])) { return $canned[$Arguments[1]] }
  return Invoke-PracticeAppCmd $Arguments
}
function global:Get-TestRegistryValue([string]$Path, [string]$Name) {
  if ($global:case['registryDenied']) { throw [Security.SecurityException]::new('Requested registry access is not allowed.') }
  return Get-PracticeRegistryValue $Path $Name
}
function global:Get-TestHardLink([string]$Path) {
  if ($global:case['hardLinksUnknown']) { throw 'fsutil.exe hardlink list: exit code 1' }
  return Get-PracticeHardLink $Path
}
function global:Invoke-TestSusdbQuery([string]$Server, [string]$Database, [string]$Query, [int]$TimeoutSeconds) {
  $global:queries.Add("$Server $Database $TimeoutSeconds")
  if ($null -ne $global:case['susdb']) { throw $global:case['susdb'] }
  return , (Invoke-PracticeSusdbQuery $Server $Database $Query $TimeoutSeconds)
}
Set-Alias Invoke-WindowsAppCmd Invoke-TestAppCmd -Scope Global
Set-Alias Get-WindowsRegistryValue Get-TestRegistryValue -Scope Global
Set-Alias Get-WindowsHardLink Get-TestHardLink -Scope Global
Set-Alias Invoke-WindowsSusdbQuery Invoke-TestSusdbQuery -Scope Global
$answers = @{}
foreach ($name in $cases.all.Keys) {
  $global:case = $cases.all[$name]
  $global:asked = [Collections.Generic.List[string]]::new()
  $global:queries = [Collections.Generic.List[string]]::new()
  $env:WSUS_BOT_PRACTICE = $case.practice
  $env:WSUS_TEST_ROOT = $case.practice
  $report = @(Get-WsusBotReport -Brief:([bool]$case['brief']))
  $answers[$name] = @{ report = $report[0]; outputs = $report.Count; asked = $global:asked.ToArray(); queries = $global:queries.ToArray() }
}
$answers`;

const answerSchema = z.record(
  z.string(),
  z.object({
    report: z.string().transform((text, context): Report => {
      const parsed = reportSchema.safeParse(JSON.parse(text));
      if (parsed.success) return parsed.data;
      context.addIssue(`${parsed.error.message} in ${text}`);
      return z.NEVER;
    }),
    outputs: z.number(),
    asked: z.array(z.string()),
    queries: z.array(z.string()),
  }),
);

const twoSites = {
  site: printed('SITE', [
    site('Default Web Site', 1),
    site('WSUS-Verwaltung & mehr'.replace('&', '&amp;'), 77),
  ]),
  app: printed('APP', [
    application('Default Web Site', '/', 'DefaultAppPool'),
    application('Default Web Site', '/ClientWebService', 'OtherPool'),
    application('WSUS-Verwaltung &amp; mehr'),
  ]),
  apppool: printed('APPPOOL', [
    { 'APPPOOL.NAME': 'OtherPool', state: 'Stopped' },
    { 'APPPOOL.NAME': 'WsusPool', state: 'Started' },
  ]),
};

const cases: Readonly<Record<string, Case>> = {
  'a WSUS server': {},
  'a brief report': { brief: true },
  'a console-only install': {
    services: { W3SVC: 'Running' },
    registry: { [roles]: { 'UpdateServices-Services': null, 'UpdateServices-WidDatabase': null } },
  },
  'a key that another tool has made': { services: {}, registry: { [roles]: {} } },
  'a server whose role services are not listed': { registry: { [roles]: {} } },
  'a service without its role': { registry: { [roles]: { 'UpdateServices-Services': null } } },
  'an old Windows': {
    registry: {
      'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion': {
        ProductName: 'Windows Server 2012 R2 Standard',
        CurrentMajorVersionNumber: null,
        CurrentMinorVersionNumber: null,
        CurrentVersion: '6.3',
        CurrentBuild: '9600',
        UBR: null,
      },
    },
  },
  'a missing key': { registry: { [setup]: {}, [roles]: {} } },
  'a registry that may not be read': { registryDenied: true },
  'a volume that knows no hard links': { hardLinksUnknown: true },
  'two sites, the second named by its id': {
    registry: { [setup]: { IISTargetWebSiteIndex: 77 } },
    appcmd: twoSites,
  },
  'two sites, none named': { registry: { [setup]: { IISTargetWebSiteIndex: null } }, appcmd: twoSites },
  'two sites, another one named': { registry: { [setup]: { IISTargetWebSiteIndex: 5 } }, appcmd: twoSites },
  'one site, none named': { registry: { [setup]: { IISTargetWebSiteIndex: null } } },
  'no site with the application': {
    appcmd: { app: printed('APP', [application('WSUS Administration', '/')]) },
  },
  'paths that disagree': { appcmd: { vdir: vdirs('/srv/elsewhere/ClientWebService') } },
  'no folder of the application': { appcmd: { vdir: printed('VDIR', []) } },
  'a path with a variable': {
    appcmd: { vdir: vdirs('%WSUS_TEST_ROOT%/../own/x y/WebServices/ClientWebService') },
    target: emptyConfig,
  },
  'a stopped service': { services: { W3SVC: 'Running', WAS: 'Running', WsusService: 'Stopped' } },
  'a stopped pool': {
    appcmd: {
      apppool: printed('APPPOOL', [{ 'APPPOOL.NAME': 'WsusPool', state: 'Stopped' }]),
      wp: printed('WP', []),
    },
  },
  'a pool that IIS does not know': { appcmd: { apppool: printed('APPPOOL', []) } },
  'workers of other pools, and one that has gone': {
    appcmd: {
      wp: printed('WP', [
        { 'WP.NAME': 1, 'APPPOOL.NAME': 'WsusPool' },
        { 'WP.NAME': 4812, 'APPPOOL.NAME': 'wsuspool' },
        { 'WP.NAME': 4812, 'APPPOOL.NAME': 'DefaultAppPool' },
      ]),
    },
  },
  'no appcmd': { appcmd: 'iis-tools-missing' },
  'an appcmd that may not read': {
    appcmd: { site: '<appcmd><ERROR hresult="80070005" message="Access denied"/></appcmd>' },
  },
  'an appcmd that prints no XML': { appcmd: { app: 'ERROR ( message:Unknown )' } },
  'a Web.config that may not be read': { faults: [{ host: 'file-read-denied' }] },
  'a Web.config that is missing': { target: async () => undefined },
  'a Web.config that is too large': {
    target: (dir) =>
      writeFile(join(dir, 'WebServices/ClientWebService/Web.config'), ' '.repeat(1024 * 1024 + 1)),
  },
  'a Web.config that is a link': {
    target: async (dir) => {
      await writeFile(join(dir, 'other.config'), '<configuration/>');
      await symlink(join(dir, 'other.config'), join(dir, 'WebServices/ClientWebService/Web.config'));
    },
  },
  'a Web.config that is a folder': {
    target: async (dir) => {
      await mkdir(join(dir, 'WebServices/ClientWebService/Web.config'));
    },
  },
  'a log that is missing': { target: emptyConfig },
  'one counter only': { counters: { 'WSUS: Client Web Service\\Maximum non leaf updates': 401 } },
  'no counters': { counters: {} },
  'a database that does not answer': { susdb: 'Timeout expired.' },
  'a database on another server': {
    registry: { [setup]: { SqlServerName: 'SQL01\\WSUS', SqlDatabaseName: null } },
  },
  'a database of an old Windows': { registry: { [setup]: { SqlServerName: 'MICROSOFT##SSEE' } } },
  'no database named': { registry: { [setup]: { SqlServerName: null } } },
};

describe('Get-WsusBotReport', { skip: withoutPowershell }, () => {
  const spec = practiceServers.find(({ name }) => name === 'wsus01');
  let folder: PracticeFolder;
  let host: PracticeHost;
  let answers: z.infer<typeof answerSchema>;

  /** The state of one case, in a folder of its own. */
  const prepare = async (name: string, number: number): Promise<unknown> => {
    const one = cases[name] ?? {};
    const practice = join(folder.root, `case-${number}`, 'practice');
    await cp(join(folder.root, 'practice'), practice, { recursive: true });
    const registry: Record<string, Record<string, unknown>> = JSON.parse(
      await readFile(join(practice, 'registry.json'), 'utf8'),
    );
    let { appcmd } = one;
    if (one.target !== undefined) {
      const targetDir = join(practice, '..', 'own', 'x y');
      await mkdir(join(targetDir, 'WebServices/ClientWebService'), { recursive: true });
      await one.target(targetDir);
      registry[setup] = { ...registry[setup], TargetDir: targetDir };
      appcmd ??= { vdir: vdirs(`${targetDir}/WebServices/ClientWebService/`) };
    }
    for (const [key, values] of Object.entries(one.registry ?? {}))
      registry[key] = Object.keys(values).length === 0 ? {} : { ...registry[key], ...values };
    await writeFile(join(practice, 'registry.json'), JSON.stringify(registry));
    for (const file of ['services', 'counters', 'faults'] as const) {
      if (one[file] !== undefined) await writeFile(join(practice, `${file}.json`), JSON.stringify(one[file]));
    }
    return {
      practice,
      ...(one.brief === undefined ? {} : { brief: one.brief }),
      ...(one.registryDenied === undefined ? {} : { registryDenied: true }),
      ...(one.hardLinksUnknown === undefined ? {} : { hardLinksUnknown: true }),
      ...(appcmd === undefined ? {} : { appcmd }),
      ...(one.susdb === undefined ? {} : { susdb: one.susdb }),
    };
  };

  before(async () => {
    const powershell = findPowershell();
    assert.ok(spec !== undefined && powershell !== undefined);
    folder = await makePracticeFolder(spec, 4812, new Date());
    host = await startPowershellPracticeHost({
      spec,
      folder,
      workerPid: 4812,
      now: () => new Date(),
      wait: (milliseconds) => delay(milliseconds),
      restartMilliseconds: 0,
      powershell,
      extraModules: [],
    });
    const names = Object.keys(cases);
    const all = Object.fromEntries(
      await Promise.all(names.map(async (name, number) => [name, await prepare(name, number)] as const)),
    );
    answers = answerSchema.parse(await inModule(script, { layer, all }));
  });
  after(async () => {
    await host.close();
    await folder.remove();
  });

  const of = (name: keyof typeof cases): Report => {
    const answer = answers[name];
    assert.ok(answer !== undefined, name);
    return answer.report;
  };
  /** The codes of the parts that could not be read. */
  const codes = (name: keyof typeof cases): Record<string, string> =>
    Object.fromEntries(
      Object.entries(of(name)).flatMap(([part, value]) =>
        typeof value === 'object' && !value.ok ? [[part, value.code] as const] : [],
      ),
    );
  const notWsus = Object.fromEntries(
    ['file', 'pool', 'sites', 'health', 'log', 'counters', 'updates'].map((part) => [part, 'not-wsus']),
  );
  const place = (code: string) => ({ file: code, pool: code, health: code });

  test('every case is one whole report, and its answer is the only output', () => {
    assert.deepEqual(Object.keys(answers).toSorted(), Object.keys(cases).toSorted());
    for (const { outputs } of Object.values(answers)) assert.equal(outputs, 1);
  });

  test('of a WSUS server every part is read', async () => {
    const report = of('a WSUS server');
    assert.deepEqual(codes('a WSUS server'), {});
    const { module, computer, wsus, file, services, pool, sites, health, counters, updates, activity } =
      report;
    assert.ok(spec !== undefined && file.ok && sites.ok && pool.ok && health.ok);
    assert.deepEqual(module, { ok: true, version: '1.0.0', sha256: shippedModule().sha256 });
    assert.deepEqual(computer, {
      ok: true,
      name: 'WSUS01',
      os: 'Windows Server 2022 Standard 10.0.20348.2849',
      powerShell: computer.ok ? computer.powerShell : '',
    });
    assert.ok(wsus.ok && wsus.installed && wsus.version === '10.0.20348.2849');
    const bytes = await readFile(folder.webConfig);
    assert.equal(file.path, folder.webConfig);
    assert.equal(file.bytes, bytes.toString('base64'));
    assert.equal(file.size, bytes.length);
    assert.equal(file.owner, 'NT SERVICE\\TrustedInstaller');
    assert.match(file.sddl, /^O:S-1-5-80-.*G:.*D:/);
    assert.equal(file.hardLinks, 2);
    assert.ok(services.ok);
    assert.deepEqual(
      services.services.map(({ name, status }) => `${name} ${status}`),
      ['W3SVC Running', 'WAS Running', 'WsusService Running'],
    );
    assert.deepEqual([pool.name, pool.state, pool.worker?.pid], ['WsusPool', 'Started', 4812]);
    assert.deepEqual(
      sites.sites.map(({ name, isWsus }) => [name, isWsus]),
      [
        ['Default Web Site', false],
        ['WSUS Administration', true],
      ],
    );
    assert.deepEqual(sites.sites[1]?.ports, [wsus.port, 8531]);
    assert.ok(sites.sites[1]?.applications.includes('/ClientWebService'));
    assert.deepEqual(
      [health.versionStatus, health.getConfigStatus, health.getConfigIsSoap],
      [200, 200, true],
    );
    assert.deepEqual(counters, { ok: true, ...spec.counters });
    assert.deepEqual(updates, { ok: true, ...spec.updates });
    assert.deepEqual(activity, { ok: true, running: null, interrupted: null });
  });

  test('a report asks appcmd for each kind of object at most once', () => {
    for (const [name, { asked }] of Object.entries(answers))
      assert.equal(new Set(asked).size, asked.length, `${name}: ${asked}`);
    assert.deepEqual(answers['a WSUS server']?.asked.toSorted(), ['app', 'apppool', 'site', 'vdir', 'wp']);
  });

  test('a Windows without the newer values of its version is named by the older ones', () => {
    const { computer } = of('an old Windows');
    assert.ok(computer.ok);
    assert.equal(computer.os, 'Windows Server 2012 R2 Standard 6.3.9600');
  });

  test('a brief report leaves out counters and database, and does not ask for them', () => {
    assert.deepEqual(codes('a brief report'), { counters: 'not-asked', updates: 'not-asked' });
    assert.deepEqual(answers['a brief report']?.queries, []);
  });

  test('a key without the service is no WSUS: a console, or what another tool has left', () => {
    for (const name of ['a console-only install', 'a key that another tool has made']) {
      const { wsus, services } = of(name);
      assert.deepEqual(wsus, { ok: true, installed: false, version: null, targetDir: null, port: null });
      assert.ok(services.ok);
      assert.deepEqual(codes(name), notWsus);
      assert.deepEqual(answers[name]?.asked, []);
    }
  });

  test('a service whose role is missing among those that are listed is no WSUS', () => {
    assert.deepEqual(codes('a service without its role'), notWsus);
  });

  test('a server that lists no role services is known by its service', () => {
    assert.deepEqual(codes('a server whose role services are not listed'), {});
  });

  test('without its key WSUS is there, and where its file is remains unread', () => {
    const { wsus, pool } = of('a missing key');
    assert.deepEqual(wsus, { ok: true, installed: true, version: null, targetDir: null, port: null });
    assert.ok(pool.ok);
    assert.deepEqual(codes('a missing key'), {
      file: 'target-dir-missing',
      log: 'target-dir-missing',
      updates: 'susdb-unknown',
    });
  });

  test('a file whose names cannot be counted is read all the same', () => {
    assert.deepEqual(codes('a volume that knows no hard links'), {});
    const { file } = of('a volume that knows no hard links');
    assert.equal(file.ok && file.hardLinks, null);
  });

  test('a registry that may not be read is access denied in each part that builds on it', () => {
    const denied = ['computer', 'wsus', 'file', 'pool', 'sites', 'health', 'log', 'counters', 'updates'];
    assert.deepEqual(
      codes('a registry that may not be read'),
      Object.fromEntries(denied.map((part) => [part, 'access-denied'])),
    );
  });

  test('of two sites with the application the one is read whose id the registry names', () => {
    const { pool, sites, file } = of('two sites, the second named by its id');
    assert.ok(pool.ok && sites.ok);
    assert.deepEqual([pool.name, pool.state], ['WsusPool', 'Started']);
    assert.deepEqual(
      sites.sites.map(({ name }) => name),
      ['Default Web Site', 'WSUS-Verwaltung & mehr'],
    );
    // Its folder is not among those that the practice machine prints.
    assert.ok(!file.ok);
    assert.equal(file.code, 'application-missing');
  });

  test('two sites of which none is named are ambiguous, and both are shown', () => {
    for (const name of ['two sites, none named', 'two sites, another one named']) {
      const { sites, file } = of(name);
      assert.deepEqual(codes(name), place('ambiguous-site'));
      assert.ok(sites.ok && !file.ok);
      assert.deepEqual(
        sites.sites.map(({ isWsus }) => isWsus),
        [true, true],
      );
      assert.match(file.reason, /Default Web Site \(id 1\), WSUS-Verwaltung & mehr \(id 77\)/);
    }
  });

  test('the only site with the application need not be named', () => {
    assert.deepEqual(codes('one site, none named'), {});
  });

  test('a site without the application is not the one of WSUS', () => {
    assert.deepEqual(codes('no site with the application'), place('application-missing'));
  });

  test('two places for Web.config are none, and both are said', () => {
    const { file } = of('paths that disagree');
    assert.deepEqual(codes('paths that disagree'), { file: 'paths-disagree' });
    assert.ok(!file.ok);
    assert.match(file.reason, /practice-wsus01.*\/srv\/elsewhere\/ClientWebService/);
    assert.deepEqual(codes('no folder of the application'), { file: 'application-missing' });
  });

  test('blanks, a missing backslash at the end, dots and variables in paths make no difference', () => {
    const { file } = of('a path with a variable');
    assert.ok(file.ok);
    assert.match(file.path, /\/own\/x y\/WebServices\/ClientWebService\/Web\.config$/);
    assert.equal(Buffer.from(file.bytes, 'base64').toString(), '<configuration/>');
  });

  test('a stopped service is said to be stopped', () => {
    const { services } = of('a stopped service');
    assert.ok(services.ok);
    assert.deepEqual(services.services.at(-1), { name: 'WsusService', status: 'Stopped' });
  });

  test('a stopped pool has no worker', () => {
    assert.deepEqual(of('a stopped pool').pool, {
      ok: true,
      name: 'WsusPool',
      state: 'Stopped',
      worker: null,
    });
  });

  test('a pool that IIS does not know is unread', () => {
    assert.deepEqual(codes('a pool that IIS does not know'), { pool: 'pool-missing' });
  });

  test("the worker is the pool's own that runs", () => {
    const { pool } = of('workers of other pools, and one that has gone');
    assert.ok(pool.ok);
    assert.equal(pool.worker?.pid, 4812);
  });

  test('without appcmd, or where it may not read, the rest of the report is there', () => {
    const iis = ['file', 'pool', 'sites', 'health'];
    const all = (code: string) => Object.fromEntries(iis.map((part) => [part, code]));
    assert.deepEqual(codes('no appcmd'), all('iis-tools-missing'));
    assert.deepEqual(codes('an appcmd that may not read'), all('access-denied'));
    assert.deepEqual(codes('an appcmd that prints no XML'), all('not-readable'));
  });

  for (const [name, code] of [
    ['a Web.config that may not be read', 'access-denied'],
    ['a Web.config that is missing', 'not-found'],
    ['a Web.config that is too large', 'too-large'],
    ['a Web.config that is a link', 'not-a-plain-file'],
    ['a Web.config that is a folder', 'not-a-plain-file'],
  ] as const) {
    test(`${name}: ${code}`, () => {
      assert.equal(codes(name).file, code);
    });
  }

  test('a log that is missing is not found', () => {
    assert.deepEqual(codes('a log that is missing'), { log: 'not-found' });
  });

  test('one counter that is missing is null, two are unread', () => {
    assert.deepEqual(of('one counter only').counters, {
      ok: true,
      maximumNonLeafUpdates: 401,
      maximumOtherCachedUpdates: null,
    });
    assert.deepEqual(codes('no counters'), { counters: 'not-readable' });
  });

  test('a database that does not answer is unread, with its reason', () => {
    const { updates } = of('a database that does not answer');
    assert.deepEqual(updates, { ok: false, code: 'not-readable', reason: 'Timeout expired.' });
    assert.deepEqual(codes('no database named'), { updates: 'susdb-unknown' });
  });

  test('the database is asked where the registry says, Windows Internal Database on its pipe', () => {
    assert.deepEqual(answers['a WSUS server']?.queries, [
      'np:\\\\.\\pipe\\MICROSOFT##WID\\tsql\\query SUSDB 10',
    ]);
    assert.deepEqual(answers['a database on another server']?.queries, ['SQL01\\WSUS SUSDB 10']);
    assert.deepEqual(answers['a database of an old Windows']?.queries, [
      'np:\\\\.\\pipe\\MSSQL$MICROSOFT##SSEE\\sql\\query SUSDB 10',
    ]);
  });
});
