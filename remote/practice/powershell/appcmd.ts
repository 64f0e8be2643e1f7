import { encodeXml } from '../../xml-element.ts';
import type { PracticeIis } from '../host/practice-iis.ts';
import { type PracticeSite, wsusPool } from '../practice-sites.ts';

export interface ProgramResult {
  readonly exitCode: number;
  readonly output: string;
}

/** What appcmd.exe answers on a practice server. Folders of applications are told by `folderOf`. */
export async function appcmd(
  args: readonly string[],
  iis: PracticeIis,
  sites: readonly PracticeSite[],
  folderOf: (path: string) => string,
): Promise<ProgramResult> {
  const [verb, kind, option] = args;
  if (verb === 'list' && kind !== undefined) return list(objectsOf(kind, iis, sites, folderOf));
  if (kind === 'apppool' && option === `/apppool.name:${wsusPool}`) {
    if (verb === 'recycle' && iis.worker === null) {
      return { exitCode: 50, output: `ERROR ( message:The application pool "${wsusPool}" is stopped. )` };
    }
    if (verb === 'recycle' || verb === 'start') {
      await iis.restart('RecyclePool');
      return { exitCode: 0, output: `"${wsusPool}" successfully ${verb}ed` };
    }
  }
  return { exitCode: 87, output: 'ERROR ( message:The syntax of the command is incorrect. )' };
}

interface IisObject {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number>>;
}

function list(objects: readonly IisObject[] | undefined): ProgramResult {
  if (objects === undefined) return { exitCode: 87, output: 'ERROR ( message:Unknown object. )' };
  const elements = objects.map(({ tag, attributes }) => {
    const pairs = Object.entries(attributes).map(([name, value]) => ` ${name}="${encodeXml(String(value))}"`);
    return `    <${tag}${pairs.join('')} />`;
  });
  const output = ['<?xml version="1.0" encoding="UTF-8"?>', '<appcmd>', ...elements, '</appcmd>', ''];
  return { exitCode: objects.length === 0 ? 1 : 0, output: output.join('\r\n') };
}

function objectsOf(
  kind: string,
  iis: PracticeIis,
  sites: readonly PracticeSite[],
  folderOf: (path: string) => string,
): IisObject[] | undefined {
  const applications = sites.flatMap((site) =>
    site.applications.map(({ path, folder }) => ({ site, path, folder, name: `${site.name}${path}` })),
  );
  switch (kind) {
    case 'site':
      return sites.map((site) => ({
        tag: 'SITE',
        attributes: {
          'SITE.NAME': site.name,
          'SITE.ID': site.id,
          bindings: site.bindings.map(({ protocol, port }) => `${protocol}/*:${port}:`).join(','),
          state: 'Started',
        },
      }));
    case 'app':
      return applications.map(({ site, path, name }) => ({
        tag: 'APP',
        attributes: { path, 'APP.NAME': name, 'APPPOOL.NAME': site.pool, 'SITE.NAME': site.name },
      }));
    case 'vdir':
      return applications.map(({ name, folder }) => ({
        tag: 'VDIR',
        attributes: {
          'VDIR.NAME': name.endsWith('/') ? name : `${name}/`,
          physicalPath: folderOf(folder),
          path: '/',
          'APP.NAME': name,
        },
      }));
    case 'apppool':
      return [...new Set(sites.map(({ pool }) => pool))].map((pool) => ({
        tag: 'APPPOOL',
        attributes: {
          'APPPOOL.NAME': pool,
          PipelineMode: 'Integrated',
          RuntimeVersion: 'v4.0',
          state: pool === wsusPool && iis.worker === null ? 'Stopped' : 'Started',
        },
      }));
    case 'wp':
      return iis.worker === null
        ? []
        : [{ tag: 'WP', attributes: { 'WP.NAME': iis.worker.pid, 'APPPOOL.NAME': wsusPool } }];
    default:
      return undefined;
  }
}
