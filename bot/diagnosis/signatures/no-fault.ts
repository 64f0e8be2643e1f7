import type { Signature } from '../signature.ts';

export const noFault: Signature = {
  id: 'no-fault',
  heading: 'No fault in this text',
  cause: 'I found no error code and no fault of WSUS in it.',
  why: 'No line holds an error code, ErrorCode or ThrowException.',
  remedy: ['Send the lines around the failure, or check a server.'],
  link: null,
  mayPropose: false,
  limitKey: null,
  rank: 1000,
  match: () => null,
};
