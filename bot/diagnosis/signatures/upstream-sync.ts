import type { Fault } from '../faults/fault.ts';
import type { Signature } from '../signature.ts';

/** The server's own words for a fault that its upstream server sent. The actor then names the upstream server's service. */
const saysUpstream = ({ service, lines }: Fault): boolean =>
  (service === null || service === 'other') &&
  lines.some(({ text }) => /\bUSS[ \t]{1,8}ThrowException\b/.test(text));

export const upstreamSync: Signature = {
  id: 'upstream-sync',
  heading: 'The fault is between WSUS and its own source',
  cause:
    'WSUS called its upstream server or Microsoft Update, and that one answered with a fault. No client of this server is refused by it.',
  why: 'The fault comes from ServerSyncWebService, which servers call and clients do not.',
  remedy: [
    'Synchronise again: a fault of Microsoft Update often passes within hours.',
    'Look at the proxy and TLS settings of the server, and at the last synchronisation in the WSUS console.',
    'On a downstream server read SoftwareDistribution.log of its upstream server at the same time.',
  ],
  link: {
    title: 'WSUS synchronisation fails with SoapException',
    url: 'https://learn.microsoft.com/troubleshoot/mem/configmgr/update-management/wsus-synchronization-fails-with-soapexception',
  },
  mayPropose: false,
  limitKey: null,
  rank: 60,
  match: (fault) =>
    fault.errorCode !== null && (fault.service === 'ServerSyncWebService' || saysUpstream(fault))
      ? 'certain'
      : null,
};
