import type { Reply } from './shell-reply.ts';

const headerLength = 21;

/** The fragments that a Receive brings, last one first; any other reply as it is. */
export function withFragmentsReordered(reply: Reply): Reply {
  if (reply.kind !== 'response' || reply.response.operation !== 'receive') return reply;
  const streams = fragmentsOf(Buffer.concat(reply.response.streams)).reverse();
  return { kind: 'response', response: { ...reply.response, streams } };
}

/** A stream of whole fragments, cut into them (MS-PSRP 2.2.4). */
function fragmentsOf(bytes: Buffer): Buffer[] {
  const fragments: Buffer[] = [];
  for (let at = 0; at + headerLength <= bytes.length; ) {
    const end = at + headerLength + bytes.readUInt32BE(at + 17);
    fragments.push(bytes.subarray(at, end));
    at = end;
  }
  return fragments;
}
