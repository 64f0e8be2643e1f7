import { windowsPaths } from './practice-folder.ts';
import type { PracticeServerSpec } from './practice-servers.ts';

/** A web site of a practice server. Folders are paths as the server itself names them. */
export interface PracticeSite {
  readonly id: number;
  readonly name: string;
  readonly bindings: readonly { readonly protocol: 'http' | 'https'; readonly port: number }[];
  readonly pool: string;
  readonly applications: readonly { readonly path: string; readonly folder: string }[];
}

/** The application pool of WSUS, and the id that its set-up gave its site. */
export const wsusPool = 'WsusPool';
export const wsusSiteId = 1_184_992_733;

const webServices = [
  'ApiRemoting30',
  'ClientWebService',
  'DssAuthWebService',
  'ReportingWebService',
  'ServerSyncWebService',
  'SimpleAuthWebService',
];

/** The sites of a server with WSUS, in IIS's order. `httpPort` is where the site of WSUS listens. */
export function practiceSites(spec: PracticeServerSpec, httpPort = 8530): PracticeSite[] {
  const applications = [
    { path: '/', folder: `${windowsPaths.targetDir}WebServices\\Root\\` },
    { path: '/Content', folder: 'C:\\WSUS\\WsusContent\\' },
    ...webServices.map((name) => ({
      path: `/${name}`,
      folder: `${windowsPaths.targetDir}WebServices\\${name}\\`,
    })),
  ];
  const wsus: PracticeSite = {
    id: wsusSiteId,
    name: 'WSUS Administration',
    bindings: [
      { protocol: 'http', port: httpPort },
      { protocol: 'https', port: 8531 },
    ],
    pool: wsusPool,
    applications: applications.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
  return spec.configMgrBeside ? [distributionPoint, wsus] : [wsus];
}

const distributionPoint: PracticeSite = {
  id: 1,
  name: 'Default Web Site',
  bindings: [{ protocol: 'http', port: 80 }],
  pool: 'DefaultAppPool',
  applications: [
    { path: '/', folder: 'C:\\inetpub\\wwwroot' },
    { path: '/SMS_DP_SMSPKG$', folder: 'C:\\SCCMContentLib' },
    { path: '/SMS_DP_SMSSIG$', folder: 'C:\\SMSSIG$' },
  ],
};
