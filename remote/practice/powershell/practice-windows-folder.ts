import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostFault } from '../misbehaviour.ts';
import type { PracticeFolder } from '../practice-folder.ts';
import type { PracticeServerSpec } from '../practice-servers.ts';
import { wsusSiteId } from '../practice-sites.ts';
import { osVersion, productVersion } from '../software-distribution-log.ts';

const setupKey = 'HKLM:\\SOFTWARE\\Microsoft\\Update Services\\Server\\Setup';
const windowsKey = 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const clientCounters = 'WSUS: Client Web Service';

export interface WindowsFolderSettings {
  readonly spec: PracticeServerSpec;
  readonly folder: PracticeFolder;
  /** A path of this machine as the engine writes it. */
  readonly pathOf: (path: string) => string;
  /** Where the machine is asked, and the port of its web service. */
  readonly address: string;
  readonly port: number;
  readonly restartMilliseconds: number;
}

/**
 * The folder that the PowerShell layer reads (practice-windows/*.ps1): registry, services, counters, the answer of SUSDB, the faults that are
 * set; and where it writes down each replacement of Web.config.
 */
export class PracticeWindowsFolder {
  readonly path: string;

  constructor(settings: WindowsFolderSettings) {
    const { spec, folder, pathOf, address, restartMilliseconds } = settings;
    this.path = join(folder.root, 'practice');
    mkdirSync(join(this.path, 'home'), { recursive: true });
    const isWsus = spec.limits !== undefined;
    this.#write('machine', { address });
    this.#write('settings', {
      computerName: spec.name.toUpperCase(),
      programData: pathOf(join(folder.root, 'ProgramData')),
      // So much more than a restart takes that a loaded machine is no difference, and a fault is told soon all the same.
      restartWaitSeconds: 2 + (2 * restartMilliseconds) / 1000,
    });
    this.#write('registry', { [windowsKey]: windowsVersion, ...(isWsus ? wsusSetup(settings) : {}) });
    this.#write('services', isWsus ? { W3SVC: 'Running', WAS: 'Running', WsusService: 'Running' } : {});
    this.#write('counters', {
      [`${clientCounters}\\Maximum non leaf updates`]: spec.counters.maximumNonLeafUpdates,
      [`${clientCounters}\\Max other cached update IDs`]: spec.counters.maximumOtherCachedUpdates,
    });
    this.#write('updates', spec.updates);
    this.setFaults([]);
  }

  setFaults(faults: readonly HostFault[]): void {
    this.#write('faults', faults);
  }

  /** Times Web.config was replaced. */
  get writes(): number {
    try {
      return readFileSync(join(this.path, 'writes.log'), 'utf8').split('\n').length - 1;
    } catch {
      return 0;
    }
  }

  /** Writes a session configuration and answers its path. */
  writeConfiguration(endpoint: string, text: string): string {
    const path = join(this.path, `${endpoint}.pssc`);
    writeFileSync(path, text);
    return path;
  }

  /** In one step, since the layer may be reading. */
  #write(name: string, value: unknown): void {
    const path = join(this.path, `${name}.json`);
    writeFileSync(`${path}.tmp`, JSON.stringify(value));
    renameSync(`${path}.tmp`, path);
  }
}

const [major, minor, build, revision] = osVersion.split('.');
const windowsVersion = {
  ProductName: 'Windows Server 2022 Standard',
  CurrentMajorVersionNumber: Number(major),
  CurrentMinorVersionNumber: Number(minor),
  CurrentBuild: build,
  UBR: Number(revision),
};

const wsusSetup = ({ folder, pathOf, port }: WindowsFolderSettings) => ({
  [setupKey]: {
    TargetDir: pathOf(join(folder.root, 'Program Files/Update Services/')),
    PortNumber: port,
    UsingSSL: 0,
    VersionString: productVersion,
    SqlServerName: 'MICROSOFT##WID',
    SqlDatabaseName: 'SUSDB',
    IISTargetWebSiteIndex: wsusSiteId,
  },
  [`${setupKey}\\Installed Role Services`]: {
    'UpdateServices-Services': 2,
    'UpdateServices-WidDatabase': 2,
    'UpdateServices-UI': 2,
    'UpdateServices-API': 2,
  },
});
