import type { Signature } from '../signature.ts';
import { hasErrorCode, isServerException } from './soap-rules.ts';

export const serverFault: Signature = {
  id: 'server-fault',
  heading: 'WSUS itself stopped with an error or was busy',
  cause:
    'The server met an error of its own while it answered: its database, its application pool, or one update. No limit in web.config is involved.',
  why: 'The ErrorCode is InternalServerError or ServerBusy, or the server’s log shows an exception. KB 4096317 has InvalidParameters.',
  remedy: [
    'Read the lines below the fault in SoftwareDistribution.log on the server: the stack names what stopped.',
    'Look at WsusPool (private memory limit 0, queue length 2000) and at the free memory of the server.',
    'Run the WSUS cleanup and reindex SUSDB.',
  ],
  link: {
    title: 'WSUS best practices',
    url: 'https://learn.microsoft.com/troubleshoot/mem/configmgr/update-management/windows-server-update-services-best-practices',
  },
  mayPropose: false,
  limitKey: null,
  rank: 50,
  match: (fault) => {
    if (fault.service === 'ServerSyncWebService') return null;
    if (fault.errorCode === null && isServerException(fault)) return 'likely';
    if (hasErrorCode(fault, 'ServerBusy')) return 'certain';
    if (!hasErrorCode(fault, 'InternalServerError')) return null;
    return fault.service === null ? 'likely' : 'certain';
  },
};
