import type { FaultDetails } from '../../winrm/server-envelope.ts';

/** The faults of the front, by what went wrong. Codes are those of the Windows SDK (wsmerror.h). */
export const faults = {
  accessDenied: { code: 5, subcode: 'w:AccessDenied', reason: 'Access is denied.' },
  aborted: {
    code: 995,
    subcode: 'w:InternalError',
    reason: 'The I/O operation has been aborted because of either a thread exit or an application request.',
  },
  unknownEndpoint: {
    code: 2150858811,
    subcode: 'w:DestinationUnreachable',
    reason: 'The resource URI names no session configuration of this computer.',
  },
  unknownShell: {
    code: 2150858843,
    subcode: 'w:InvalidSelectors',
    reason: 'The request names a shell or command that is not there.',
  },
  schema: {
    code: 2150858817,
    subcode: 'w:SchemaValidationError',
    reason: 'The request does not have the form that its action asks for.',
  },
  timedOut: {
    code: 2150858793,
    subcode: 'w:TimedOut',
    reason: 'The operation did not complete within the time that the request gave it.',
  },
  shellQuota: {
    code: 2150859173,
    subcode: 'w:QuotaLimit',
    reason: 'This user has as many shells open as one user may have.',
  },
  tooLarge: {
    code: 2150858824,
    subcode: 'w:EncodingLimit',
    reason: 'The request is larger than the envelope limit.',
  },
} as const satisfies Record<string, FaultDetails>;

/** A fault with any code, as a misbehaviour asks for. */
export function faultWithCode(code: number, text: string | undefined): FaultDetails {
  const known = Object.values(faults).find((fault) => fault.code === code);
  return {
    code,
    subcode: known?.subcode ?? 'w:InternalError',
    reason: text ?? known?.reason ?? 'The request could not be carried out.',
  };
}
