import type { Fault } from '../faults/fault.ts';
import type { Confidence, Signature, SignatureId } from '../signature.ts';
import { kb4096317 } from './kb4096317.ts';
import { neighbouringCodes } from './neighbouring-codes.ts';
import { noFault } from './no-fault.ts';
import { notEnoughEvidence } from './not-enough-evidence.ts';
import { otherCachedUpdateIds } from './other-cached-update-ids.ts';
import { otherInvalidParameters } from './other-invalid-parameters.ts';
import { recovered } from './recovered.ts';
import { selfHealingFault } from './self-healing-fault.ts';
import { serverFault } from './server-fault.ts';
import { simpleAuthFault } from './simple-auth-fault.ts';
import { testDetectoidFlood } from './test-detectoid-flood.ts';
import { upstreamSync } from './upstream-sync.ts';

export const allSignatures: readonly Signature[] = [
  recovered,
  testDetectoidFlood,
  upstreamSync,
  kb4096317,
  otherCachedUpdateIds,
  otherInvalidParameters,
  simpleAuthFault,
  serverFault,
  selfHealingFault,
  notEnoughEvidence,
  ...neighbouringCodes,
  noFault,
];

const byId: ReadonlyMap<SignatureId, Signature> = new Map(allSignatures.map((each) => [each.id, each]));

/** @returns the words and rules of a signature. */
export function signatureById(id: SignatureId): Signature {
  const found = byId.get(id);
  if (found === undefined) throw new TypeError(`no signature ${id}`);
  return found;
}

/** @returns the first signature that recognises a fault; undefined for a code that has no row. */
export function recognise(fault: Fault): { signature: Signature; confidence: Confidence } | undefined {
  for (const signature of allSignatures) {
    const confidence = signature.match(fault);
    if (confidence !== null) return { signature, confidence };
  }
  return undefined;
}
