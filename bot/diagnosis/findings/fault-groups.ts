import type { Fault } from '../faults/fault.ts';
import { soapFault } from '../faults/hresult-codes.ts';
import type { Confidence, SignatureId, Variant } from '../signature.ts';
import { recognise, signatureById } from '../signatures/all-signatures.ts';
import { explainedBy } from '../signatures/neighbouring-codes.ts';
import { FloodTally, floodCodes } from './detectoid-flood.ts';
import { FaultGroup, type RepeatCounter } from './fault-group.ts';
import type { Recovered } from './recovery.ts';

/** Causes that clients report as 80244007: a bare number elsewhere in the same text is explained by them. */
const explains80244007: readonly SignatureId[] = [
  'kb4096317',
  'other-cached-update-ids',
  'other-invalid-parameters',
  'simple-auth-fault',
  'server-fault',
];
/** Old agents' numbers for a fault of the client and of the server. */
const oldWrappers = ['8024400D', '8024400E'] as const;
/** Why there is not enough evidence, the one that can be mended most easily first. */
const whyNotEnough = ['cut-short', 'number-alone', 'http-error', 'undecoded', 'unknown-code'] as const;
type WhyNotEnough = (typeof whyNotEnough)[number];

/** Codes of calls that did nothing or were stopped: nobody's failure. WU_E_NOOP and WU_E_CALL_CANCELLED. */
const quietCodes: ReadonlySet<string> = new Set(['8024000C', '8024000B']);

/** Failures whose end a good scan shows. The others are nobody's scan, or heal within it. */
export const isScanFailure = (id: SignatureId): boolean =>
  id !== 'self-healing-fault' && id !== 'upstream-sync';

const isNotEnough = (variant: Variant | null): variant is WhyNotEnough =>
  whyNotEnough.some((each) => each === variant);

/** Sorts faults by the signature that recognises them, one at a time, in constant memory. */
export class FaultGroups {
  readonly #groups = new Map<SignatureId, FaultGroup>();
  readonly #notEnough = new Map<WhyNotEnough, FaultGroup>();
  readonly #exceptions = new Map<SignatureId, FaultGroup>();
  readonly #named = new FaultGroup('test-detectoid-flood', 'certain');
  readonly #flood = new FloodTally();
  readonly #bareFlood = new FloodTally();

  /**
   * @param again A further rendering of a fault that was counted before.
   * @returns the signature that took it; null for a code that nobody knows.
   */
  add(fault: Fault, again: boolean): SignatureId | null {
    const found = recognise(fault);
    if (found === undefined) {
      const loud = fault.hresults.some((code) => !quietCodes.has(code));
      if (loud) this.addNotEnough(fault, 'unknown-code', again);
      return null;
    }
    const { signature, confidence } = found;
    const variant = signature.variantOf?.(fault) ?? null;
    if (signature.id === 'not-enough-evidence' && isNotEnough(variant)) {
      this.addNotEnough(fault, variant, again);
      if (variant === 'number-alone') this.#bareFlood.add(fault);
      return signature.id;
    }
    if (fault.errorCode === null && fault.hresults.length === 0) {
      this.#addException(signature.id, fault, confidence, variant);
      return signature.id;
    }
    if (fault.errorCode === null) this.#flood.add(fault);
    this.addTo(signature.id, fault, confidence, variant, again);
    return signature.id;
  }

  addTo(
    id: SignatureId,
    fault: Fault,
    confidence: Confidence,
    variant: Variant | null = null,
    again = false,
  ): void {
    this.#groupOf(id, confidence).add(fault, confidence, variant, again);
  }

  addNotEnough(fault: Fault, why: WhyNotEnough, again = false): void {
    this.#notEnoughOf(why).add(fault, 'weak', why, again);
  }

  #groupOf(id: SignatureId, confidence: Confidence): FaultGroup {
    const group = this.#groups.get(id) ?? new FaultGroup(id, confidence);
    this.#groups.set(id, group);
    return group;
  }

  #notEnoughOf(why: WhyNotEnough): FaultGroup {
    const group = this.#notEnough.get(why) ?? new FaultGroup('not-enough-evidence', 'weak');
    this.#notEnough.set(why, group);
    return group;
  }

  /** @returns where faults with the detail of this one are counted; null for a fault that nobody knows. This one is not counted. */
  counterFor(fault: Fault): RepeatCounter | null {
    const found = recognise(fault);
    if (found === undefined || fault.errorCode === null) return null;
    const { signature, confidence } = found;
    const variant = signature.variantOf?.(fault) ?? null;
    const isOpen = signature.id === 'not-enough-evidence' && isNotEnough(variant);
    const group = isOpen ? this.#notEnoughOf(variant) : this.#groupOf(signature.id, confidence);
    return group.repeats(variant);
  }

  /** A line of the server that tells of a failure without a code or detail. The same failure may stand elsewhere with one. */
  #addException(id: SignatureId, fault: Fault, confidence: Confidence, variant: Variant | null): void {
    let group = this.#exceptions.get(id);
    if (group === undefined) {
      group = new FaultGroup(id, confidence);
      this.#exceptions.set(id, group);
    }
    group.add(fault, confidence, variant);
  }

  #putExceptions(): void {
    for (const [id, group] of this.#exceptions) {
      const detailed = this.#groups.get(id);
      if (detailed === undefined) this.#groups.set(id, group);
      else detailed.addEchoes(group);
    }
  }

  /** @param fault A line that names a test product of KB 5121986. */
  addTestDetectoid(fault: Fault): void {
    this.#named.add(fault, 'certain', null);
  }

  /** An old agent prints its number for a SOAP fault before the detail as well as after it. */
  #explainOldNumbers(): void {
    for (const id of oldWrappers) {
      const bare = this.#groups.get(id);
      const detail = [...this.#groups.values()].find(
        ({ signature, codes }) => signature !== id && codes.has(id),
      );
      if (bare === undefined || detail === undefined) continue;
      detail.addEchoes(bare);
      this.#groups.delete(id);
    }
  }

  /** A bare number and a bare HTTP 500 are what a fault with a detail looks like elsewhere: evidence of it, not counted. */
  #explainBareOnes(): boolean {
    const explaining = explains80244007
      .map((id) => this.#groups.get(id))
      .find((group) => group !== undefined);
    if (explaining === undefined) return false;
    for (const why of ['number-alone', 'http-error'] as const) {
      const bare = this.#notEnough.get(why);
      if (bare !== undefined) explaining.addEchoes(bare);
      this.#notEnough.delete(why);
    }
    return true;
  }

  #putNotEnough(scansWell: boolean): void {
    // What cannot be decoded and codes without a row count only where nothing better is known.
    const known = this.#groups.size > 0 || this.#named.count > 0;
    const better = whyNotEnough.slice(0, 3).some((why) => this.#notEnough.has(why));
    const chosen = whyNotEnough.filter((why) => {
      if (why === 'undecoded') return !known && !better;
      return why === 'unknown-code'
        ? !known && !better && !scansWell && !this.#notEnough.has('undecoded')
        : true;
    });
    const groups = chosen.flatMap((why) => this.#notEnough.get(why) ?? []);
    const [first, ...others] = groups;
    if (first === undefined) return;
    for (const other of others) first.addAll(other);
    this.#groups.set('not-enough-evidence', first);
  }

  #putFlood(explained: boolean): void {
    if (!explained) this.#flood.addAll(this.#bareFlood);
    const named = this.#named.count > 0;
    if (!named && !this.#flood.isSuspected) return;
    const flood = new FaultGroup('test-detectoid-flood', named ? 'certain' : 'weak');
    for (const [id, group] of this.#groups) {
      const brought =
        floodCodes.has(id) || id === 'not-enough-evidence' || (named && explains80244007.includes(id));
      if (brought) flood.addAll(group);
    }
    flood.confidence = named ? 'certain' : 'weak';
    if (named && flood.count === 0) flood.addAll(this.#named);
    else if (named) flood.addEchoes(this.#named);
    this.#groups.set('test-detectoid-flood', flood);
  }

  #putRecovered({ sameServer, lines }: Recovered): void {
    const confidence = sameServer ? 'certain' : 'likely';
    const all = new FaultGroup('recovered', confidence);
    for (const [id, group] of this.#groups) if (isScanFailure(id)) all.addAll(group);
    all.confidence = confidence;
    all.prove(lines);
    this.#groups.set('recovered', all);
  }

  /**
   * @param scansWell Some scan ended well and none failed.
   * @param recovered Nothing is to be suspected of what works again.
   * @returns the groups, the one that explains the others first. Call it once, at the end.
   */
  ranked(scansWell: boolean, recovered: Recovered | null): FaultGroup[] {
    this.#putExceptions();
    this.#explainOldNumbers();
    const explained = this.#explainBareOnes();
    this.#putNotEnough(scansWell);
    if (recovered !== null) this.#putRecovered(recovered);
    if (recovered === null || this.#named.count > 0) this.#putFlood(explained);
    const groups = [...this.#groups.values()];
    const explainedCodes = new Set(groups.flatMap(({ signature }) => explainedBy(signature)));
    const order = (group: FaultGroup) => rankOf(group) + (explainedCodes.has(group.signature) ? 0.5 : 0);
    return groups.toSorted((a, b) => order(a) - order(b) || b.count - a.count);
  }
}

/** A suspicion comes behind every cause that a fault's own words prove. */
function rankOf({ signature, confidence }: FaultGroup): number {
  const { rank } = signatureById(signature);
  return signature === 'test-detectoid-flood' && confidence === 'weak'
    ? signatureById('not-enough-evidence').rank - 1
    : rank;
}

const mostCodes = 100;

/** @returns every code that an expert would name: those of the first group before the others, 80244007 first among equals, then the frequent ones. */
export function weighCodes(groups: readonly FaultGroup[]): string[] {
  const counts = new Map<string, number>();
  const flooded = groups.filter(
    ({ signature }) => signature !== 'test-detectoid-flood' && signature !== 'recovered',
  );
  for (const { codes } of flooded.length > 0 ? flooded : groups) {
    for (const [code, count] of codes) counts.set(code, (counts.get(code) ?? 0) + count);
  }
  const leading = groups[0]?.codes;
  const weight = (code: string) => (leading?.has(code) ? 2 : 0) + (code === soapFault ? 1 : 0);
  return [...counts.keys()]
    .filter((code) => !code.startsWith('803D') && !quietCodes.has(code))
    .toSorted((a, b) => weight(b) - weight(a) || (counts.get(b) ?? 0) - (counts.get(a) ?? 0))
    .slice(0, mostCodes);
}
