import type { Signature } from '../signature.ts';
import { simpleAuthBroken } from '../soap-error-code.ts';
import { hasErrorCode } from './soap-rules.ts';

export const simpleAuthFault: Signature = {
  id: 'simple-auth-fault',
  heading: 'Same code, another service: SimpleAuth',
  cause:
    'The server could not give these clients the cookie they sign in with. No limit in web.config is involved.',
  remedy: [
    'One client: reset its update identity. Stop wuauserv, delete SusClientId, SusClientIDValidation, PingID and AccountDomainSid under HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate, start wuauserv, then run wuauclt /resetauthorization /detectnow.',
    'All clients: finish KB 3159706 on the server. Run wsusutil postinstall /servicing, add the feature HTTP Activation, restart the WSUS service.',
    'A very large console: remove stale computers. WSUS keeps 100,000 at most.',
  ],
  link: {
    title: 'Microsoft’s article on 0x80244007',
    url: 'https://learn.microsoft.com/troubleshoot/windows-server/installing-updates-features-roles/troubleshoot-windows-update-error-0x80244007',
  },
  mayPropose: false,
  limitKey: null,
  rank: 40,
  match: (fault) =>
    fault.message === simpleAuthBroken ||
    (hasErrorCode(fault, 'InternalServerError') && fault.service === 'SimpleAuthWebService')
      ? 'certain'
      : null,
};
