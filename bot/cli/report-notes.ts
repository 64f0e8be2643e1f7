import type { WaySeen } from '../../remote/way-seen.ts';
import type { Interruption } from '../diagnosis/interruption.ts';
import type { RootCause } from '../diagnosis/root-cause.ts';

/** What makes the lists long, in words for a terminal. The flood of KB 5121986 first, then the cure. */
export function rootCauseLines(cause: RootCause, limit: number): string[] {
  const { updates, longestList, cached } = cause;
  const flood = updates?.testDetectoids ?? 0;
  return [
    ...(flood > 0
      ? [
          `KB 5121986 comes first: SUSDB holds ${counted(flood, 'test product')} of July 2026. The limit is relief.`,
          'remedy of KB 5121986, once for each SUSDB: back it up, set MaxXMLPerRequest to 0, iisreset, delete the updates titled "Product Detectoid for ProductName TestProduct…", iisreset; when clients scan again, MaxXMLPerRequest back to 5242880, iisreset',
        ]
      : []),
    ...updatesLines(cause),
    ...(longestList === null || longestList === 0
      ? []
      : [
          longestList > limit
            ? `clients sent up to ${counted(longestList, 'id')}; the limit is ${limit}`
            : `the longest list since the service started had ${counted(longestList, 'id')}; the limit is ${limit}`,
        ]),
    ...(cached === null
      ? []
      : [`clients sent up to ${cached.longest} cached updates; maxCachedUpdates is ${cached.limit}`]),
    ...cause.unread.map(
      ({ part, reason }) => `${part === 'updates' ? 'updates in SUSDB' : 'counters'} not read: ${reason}`,
    ),
  ];
}

function updatesLines({ updates }: RootCause): string[] {
  if (updates === null || updates.notDeclined === 0) return [];
  const { notDeclined, supersededNotDeclined } = updates;
  const open = `${counted(notDeclined, 'update')} not declined`;
  return supersededNotDeclined === 0
    ? [`${open}, none of them superseded: fewer products and classifications shorten every client's list`]
    : [
        `${open}, ${supersededNotDeclined} of them superseded: declining those shortens every client's list. That is the cure, the limit is the relief`,
      ];
}

const works: Readonly<Record<Interruption['what'], string>> = {
  raise: 'change',
  restart: 'restart',
  'roll-back': 'roll-back',
  unknown: 'work',
};

const files: Readonly<Record<Interruption['file'], string>> = {
  before: '; Web.config is the old one',
  after: '; Web.config is the new one',
  other: '; Web.config is neither the old nor the new one: somebody else changed it',
  unread: '; what Web.config is now could not be read',
};

/** That the last change was killed, and what it left different with the commands that mend it. */
export function interruptionLines({ what, startedAt, step, file, leftDifferent }: Interruption): string[] {
  return [
    `the last ${works[what]} here was interrupted: begun ${startedAt}, came to the step ${step}${what === 'restart' ? '' : files[file]}`,
    ...leftDifferent.map((sentence) => `not as it was before: ${sentence}`),
  ];
}

/** Which way was used, and how to get to the better one. */
export function wayLine({ way, endpoint }: WaySeen): string {
  return way === 'endpoint'
    ? `Read through the endpoint ${endpoint}.`
    : `Read as administrator through ${endpoint}. The endpoint WsusBot needs no administrator: docs/endpoint.md.`;
}

/** What to do where the endpoint runs another module than the one that this bot ships; undefined where it does not. */
export function moduleAdvice({ way, module }: WaySeen): string | undefined {
  return way === 'endpoint' && module === 'differs'
    ? "The endpoint there is not of this bot's version. Update it: run Install-WsusBotEndpoint.ps1 there again."
    : undefined;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
