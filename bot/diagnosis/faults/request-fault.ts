import type { NeighbourCode } from '../signatures/neighbouring-codes.ts';
import type { RequestSeen } from './observation.ts';

/** What a client shows for each HTTP status, as far as the status alone says it. */
const codes: Readonly<Record<number, NeighbourCode>> = {
  401: '80244017',
  403: '80244018',
  404: '80244019',
  407: '8024401B',
  408: '8024401C',
  502: '80244021',
  503: '80244022',
};
const services = /\/(?:ClientWebService|SimpleAuthWebService)\//i;

/**
 * @returns the signature a request to the services of clients speaks for; null for one that went well, or to something else.
 * Status 500 is the status of every SOAP fault.
 */
export function requestSignature({ path, status }: RequestSeen): 'http-error' | NeighbourCode | null {
  if (!services.test(path) || status < 400) return null;
  return status === 500 ? 'http-error' : (codes[status] ?? null);
}
