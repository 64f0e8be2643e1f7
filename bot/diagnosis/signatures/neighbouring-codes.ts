import type { Signature } from '../signature.ts';

interface Row {
  /** Behind the code, as a heading. */
  readonly title: string;
  /** What the heading leaves out. */
  readonly more?: string;
  readonly lookFor: string;
  readonly remedy: readonly string[];
  /** Codes that this failure brings about elsewhere in the same text. */
  readonly explains?: readonly string[];
}

const timeouts = [
  'Look at the memory and queue length of WsusPool on the server.',
  'Decline superseded updates and reindex SUSDB.',
];
const connection = ['Check firewall, proxy and TLS inspection between client and server.'];
const nameAndProxy = ['Check the name in DNS.', 'Check the proxy with netsh winhttp show proxy.'];
const notWsus = [
  'Look for a proxy or a sign-in page between client and server: something else than WSUS answered.',
];
const denied = [
  'Check permissions, client certificate setting and address restrictions of the WSUS site in IIS, and the proxy.',
];
const unreachable = [
  'Check that the WSUS site and its pool are started, and that the policy names the right address and port.',
];
const certificate = ['Renew the certificate of the WSUS site, or make the clients trust its issuer.'];

const busyText = 'HTTP 503 or slow answers for client.asmx in the IIS log of the same time.';
const connectText =
  'the server’s address in the line “Got WSUS Client/Server URL”, then a try of its port from the client.';
const detailText = 'ErrorCode and Message right before this line.';

/** Codes that administrators meet beside 80244007, by the numbers of winerror and wuerror. Texts are ours. */
const rows = {
  '8024401C': {
    title: 'the server did not answer in time',
    lookFor: busyText,
    remedy: [...timeouts, ...connection],
    explains: ['80072EE2'],
  },
  '80244010': {
    title: 'the scan needs too many round trips',
    more: 'A scan may take 200 round trips, a limit that is built into the client. This one needed more.',
    lookFor: '“Exceeded max server round trips” in the client’s log.',
    remedy: [
      'Repeat the scan two to five times: each one goes on where the last one ended.',
      'Decline superseded updates.',
    ],
  },
  '80244022': {
    title: 'the web service is switched off (HTTP 503)',
    lookFor: 'WsusPool stopped, or its private memory limit reached (event 5117).',
    remedy: [
      'Start WsusPool.',
      'Set its private memory limit to 0 or at least 4 GB, and its queue length to 2000.',
    ],
    explains: ['80072EE2', '8024401C', '80244010', '8024400E'],
  },
  '80244018': {
    title: 'the server forbids access (HTTP 403)',
    lookFor: 'Status 403 in the IIS log.',
    remedy: denied,
  },
  '80244017': {
    title: 'the server asks for a sign-in (HTTP 401)',
    lookFor: 'Status 401 in the IIS log.',
    remedy: denied,
  },
  '80244019': {
    title: 'the address does not exist (HTTP 404)',
    lookFor: 'Status 404 in the IIS log, and the address in the policy.',
    remedy: [
      'Check address and port in the policy.',
      'Check the virtual directories of the WSUS site, the MIME types and the content folder.',
    ],
  },
  '8024400E': {
    title: 'the server met an error of its own',
    more: 'It asks the client to try again later.',
    lookFor: 'the fault and its stack in SoftwareDistribution.log of the same time.',
    remedy: [
      'Read the stack in SoftwareDistribution.log.',
      'KB 954960: approve, then decline the update that it names.',
    ],
  },
  '8024400D': {
    title: 'the server blames the request',
    more: 'Old agents write this number for a fault that the server blames on the request.',
    lookFor: detailText,
    remedy: ['Send the lines with ErrorCode and Message: they decide.'],
  },
  '80244008': {
    title: 'the client cannot read the fault',
    lookFor: connectText,
    remedy: notWsus,
  },
  '8024400A': {
    title: 'the client cannot read the answer',
    lookFor: connectText,
    remedy: notWsus,
  },
  '80072EE2': {
    title: 'the connection timed out',
    lookFor: busyText,
    remedy: [...connection, ...timeouts],
  },
  '80072EE7': {
    title: 'the server’s name is not found',
    lookFor: connectText,
    remedy: nameAndProxy,
    explains: ['80240438', '80072EFD', '8024402C'],
  },
  '80072EFD': {
    title: 'the client cannot connect',
    lookFor: connectText,
    remedy: connection,
    explains: ['80240438'],
  },
  '80072EFE': {
    title: 'the connection was cut off',
    more: 'It stood already, and something between client and server ended it.',
    lookFor: connectText,
    remedy: connection,
    explains: ['80240438'],
  },
  '80072F8F': {
    title: 'no secure connection (certificate, TLS or clock)',
    lookFor: 'the dates of the certificate, and the clock of the client.',
    remedy: ['Check the clock, the certificate’s dates and TLS 1.2 on both sides.'],
    explains: ['80072EFE', '80240438'],
  },
  '8024002E': {
    title: 'a policy allows no server but WSUS',
    more: 'The client wanted another server, and the policy DisableWindowsUpdateAccess forbids it.',
    lookFor: 'the policy DisableWindowsUpdateAccess.',
    remedy: ['Nothing to do on WSUS. With that policy this is expected.'],
  },
  '80240438': {
    title: 'there is no way to the server',
    lookFor: connectText,
    remedy: unreachable,
  },
  '80240439': {
    title: 'something else than WSUS answered',
    lookFor: connectText,
    remedy: notWsus,
  },
  '8024402C': {
    title: 'a name is not found (server or proxy)',
    lookFor: connectText,
    remedy: nameAndProxy,
    explains: ['80240438', '80072EFD'],
  },
  '8024401B': {
    title: 'the proxy asks for a sign-in (HTTP 407)',
    lookFor: 'the proxy of the SYSTEM account.',
    remedy: nameAndProxy,
    explains: ['80244008', '8024400A', '80240439', '80240438'],
  },
  '80244021': {
    title: 'a gateway got no good answer (HTTP 502)',
    lookFor: 'the proxy of the SYSTEM account.',
    remedy: nameAndProxy,
    explains: ['80244008', '8024400A', '80240439'],
  },
  '8024401F': {
    title: 'the server stopped with an error (HTTP 500)',
    lookFor: 'Status 500 in the IIS log, and the bindings of the site on port 80.',
    remedy: [
      'Read SoftwareDistribution.log and the Application log of the same time.',
      'A site on port 80 without a binding for 443: run wsusutil UseCustomWebSite true, then false.',
    ],
    explains: ['80244008'],
  },
  '80244011': {
    title: 'the policy names no server',
    lookFor: 'WUServer and WUStatusServer under the policy key of WindowsUpdate.',
    remedy: ['Set both addresses in the policy, then run gpupdate.'],
  },
  '800710DD': {
    title: 'the server asks for a sign-in (HTTP 401)',
    more: 'Old agents write this number for HTTP 401.',
    lookFor: 'Status 401 in the IIS log.',
    remedy: denied,
  },
  '80190193': {
    title: 'the server forbids access (HTTP 403)',
    lookFor: 'Status 403 in the IIS log.',
    remedy: denied,
  },
  '800B0109': {
    title: 'the certificate is not trusted',
    lookFor: 'the issuer of the certificate.',
    remedy: certificate,
    explains: ['80072F8F', '80072EFE', '80240438'],
  },
  '800B0101': {
    title: 'the certificate has expired',
    lookFor: 'the dates of the certificate.',
    remedy: certificate,
    explains: ['80072F8F', '80072EFE', '80240438'],
  },
} as const satisfies Readonly<Record<string, Row>>;

export type NeighbourCode = keyof typeof rows;

const codes = Object.keys(rows) as NeighbourCode[];

const notIt = 'This is another failure than KB 4096317: its edit would not help.';
const mayBeIt = 'KB 4096317 is one of several such faults: ErrorCode and Message tell which one this is.';

/** An IIS log has the status in place of the code. */
const httpStatusIn = (title: string): readonly string[] => /HTTP \d{3}/.exec(title) ?? [];

function signatureOf(id: NeighbourCode): Signature {
  const { title, more, lookFor, remedy }: Row = rows[id];
  const which = id === '8024400D' ? mayBeIt : notIt;
  return {
    id,
    heading: `${id}: ${title}`,
    cause: more === undefined ? which : `${more} ${which}`,
    why: `The text holds ${[id, ...httpStatusIn(title)].join(' or ')}, and beside it no ErrorCode with a Message.`,
    remedy: [`Look for: ${lookFor}`, ...remedy],
    link: {
      title: 'Windows Update error codes',
      url: 'https://learn.microsoft.com/windows/deployment/update/windows-update-error-reference',
    },
    mayPropose: false,
    limitKey: null,
    rank: 80,
    match: (fault) => (fault.errorCode === null && fault.hresults.includes(id) ? 'likely' : null),
  };
}

/** @returns the codes that a neighbouring code brings about elsewhere in the same text. */
export const explainedBy = (id: string): readonly string[] =>
  (rows as Readonly<Record<string, Row>>)[id]?.explains ?? [];

export const neighbouringCodes: readonly Signature[] = codes.map(signatureOf);
