import type { Fault } from '../faults/fault.ts';
import { simpleAuthBroken } from '../faults/soap-error-code.ts';
import type { Signature } from '../signature.ts';
import { hasErrorCode, isSimpleAuthException } from './soap-rules.ts';

/** What the server's log says when SUSDB holds as many computers as WSUS allows, 100,000 by default. */
export const computerTableFull = 'DB has reached allowed max number of local computers';
/** Event 507 of the Application log, in place of a fault. */
export const serviceNotInitialised = 'Update Services failed its initialization and stopped';

const resetClient =
  'Reset the update identity of the client: stop wuauserv, delete SusClientId, SusClientIDValidation, PingID and AccountDomainSid under HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate, start wuauserv, then run wuauclt /resetauthorization /detectnow.';
const finishUpdate =
  'Finish KB 3159706 on the server: run wsusutil postinstall /servicing, add the feature HTTP Activation, restart the WSUS service.';
const cleanComputers =
  'Run the WSUS cleanup for computers that no longer report. WSUS holds 100,000 by default, and all servers of one SUSDB share that number.';

export const simpleAuthFault: Signature = {
  id: 'simple-auth-fault',
  heading: 'Same code, another service: SimpleAuth',
  cause:
    'The server could not give these clients the cookie they sign in with. No limit in web.config is involved.',
  why: 'The fault comes from SimpleAuthWebService, not from SyncUpdates of ClientWebService.',
  remedy: [
    `One client: ${resetClient.charAt(0).toLowerCase()}${resetClient.slice(1)}`,
    `All clients: ${finishUpdate.charAt(0).toLowerCase()}${finishUpdate.slice(1)}`,
    `“allowed max number of local computers” in the server’s log: ${cleanComputers.charAt(0).toLowerCase()}${cleanComputers.slice(1)}`,
  ],
  order: 'choice',
  variants: {
    'one-client': {
      heading: 'SimpleAuth refuses one client',
      why: 'The fault comes from SimpleAuthWebService, and one client alone shows it.',
      remedy: [
        resetClient,
        'If it comes back, or other clients show it too, read SoftwareDistribution.log on the server.',
      ],
    },
    'whole-server': {
      heading: 'SimpleAuth does not start on this server',
      cause:
        'The service that signs clients in does not start, so no client can scan. An update of WSUS was installed and its last steps were not done (KB 3159706). No limit in web.config is involved.',
      why: 'The server’s log says so itself: the constructor of SimpleAuth fails, or WSUS stopped with event 507.',
      remedy: [finishUpdate],
    },
    'computer-table-full': {
      heading: 'WSUS holds as many computers as it may',
      cause:
        'SUSDB has reached the allowed number of computers, so SimpleAuth refuses new ones. No limit in web.config is involved.',
      why: 'The server’s log says that the allowed max number of local computers is reached.',
      remedy: [
        cleanComputers,
        'If all of them are real, raise MaximumAllowedComputers in the configuration of WSUS (ConfigMgr: 150,000 at most).',
      ],
    },
  },
  link: {
    title: 'Microsoft’s article on 0x80244007',
    url: 'https://learn.microsoft.com/troubleshoot/windows-server/installing-updates-features-roles/troubleshoot-windows-update-error-0x80244007',
  },
  mayPropose: false,
  limitKey: null,
  rank: 40,
  match: (fault) => {
    if (fault.message === simpleAuthBroken || fault.message === computerTableFull) return 'certain';
    if (fault.message === serviceNotInitialised || isSimpleAuthException(fault)) return 'likely';
    return hasErrorCode(fault, 'InternalServerError') && fault.service === 'SimpleAuthWebService'
      ? 'certain'
      : null;
  },
  variantOf: ({ message }: Fault) => {
    if (message === computerTableFull) return 'computer-table-full';
    return message === simpleAuthBroken || message === serviceNotInitialised ? 'whole-server' : null;
  },
};
