import { link, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { PracticeServerSpec } from './practice-servers.ts';
import { softwareDistributionLog } from './software-distribution-log.ts';
import { webConfigText } from './web-config-text.ts';

/** Paths as the server itself names them. */
export const windowsPaths = {
  targetDir: 'C:\\Program Files\\Update Services\\',
  webConfig: 'C:\\Program Files\\Update Services\\WebServices\\ClientWebService\\Web.config',
  log: 'C:\\Program Files\\Update Services\\LogFiles\\SoftwareDistribution.log',
  backups: 'C:\\ProgramData\\WsusBot\\backups',
} as const;

/** A folder that stands for a server's system drive, and where things are in it. */
export interface PracticeFolder {
  readonly root: string;
  readonly webConfig: string;
  readonly log: string;
  readonly backups: string;
  remove(): Promise<void>;
}

/**
 * Makes the folder in `parent` (the system's temporary folder unless given). A Web.config that was never edited is a
 * hard link to its payload in WinSxS, as on a real server, so that writing through it would show.
 */
export async function makePracticeFolder(
  spec: PracticeServerSpec,
  workerPid: number,
  now: Date,
  parent = tmpdir(),
): Promise<PracticeFolder> {
  await mkdir(parent, { recursive: true });
  const root = await mkdtemp(join(parent, `practice-${spec.name}-`));
  const folder: PracticeFolder = {
    root,
    webConfig: join(root, 'Program Files/Update Services/WebServices/ClientWebService/Web.config'),
    log: join(root, 'Program Files/Update Services/LogFiles/SoftwareDistribution.log'),
    backups: join(root, 'ProgramData/WsusBot/backups'),
    remove: () => rm(root, { recursive: true, force: true }),
  };
  await mkdir(join(root, 'ProgramData'));
  if (spec.limits === undefined) return folder;
  await mkdir(dirname(folder.webConfig), { recursive: true });
  await mkdir(dirname(folder.log), { recursive: true });
  await writeFile(folder.webConfig, webConfigText(spec.limits));
  const written = new Date(now.getTime() - spec.fileAgeMinutes * 60_000);
  await utimes(folder.webConfig, written, written);
  if (spec.state === 'limit-too-low') await linkComponentPayload(folder);
  await writeFile(folder.log, softwareDistributionLog(spec, workerPid, now));
  return folder;
}

async function linkComponentPayload(folder: PracticeFolder): Promise<void> {
  const component = join(
    folder.root,
    'Windows/WinSxS/amd64_updateservices-webservices-client_31bf3856ad364e35_10.0.20348.1_none',
  );
  await mkdir(component, { recursive: true });
  await link(folder.webConfig, join(component, 'Web.config'));
}
