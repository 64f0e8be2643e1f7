import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diagnose } from '../../bot/diagnosis/diagnose.ts';
import { interleave } from './manglings/company.ts';
import type { Mangling } from './manglings/mangling.ts';
import { causes, isLog, manglings, others, plainCauses, readableFrom, type Sample } from './metamorphic.ts';

/** The text says what came out, so that a failure can be read without running it again. */
const tell = (how: string, text: string) => `${how}\n${text.slice(0, 3000)}`;

function assertNoCause(text: string, how: string): void {
  const { verdict, mayPropose, findings } = diagnose(text);
  assert.equal(mayPropose, false, tell(how, text));
  assert.notEqual(verdict, 'kb4096317', tell(how, text));
  assert.ok(!findings.some(({ signature }) => signature === 'kb4096317'), tell(how, text));
}

function assertCause(text: string, how: string): void {
  const { verdict, mayPropose } = diagnose(text);
  assert.deepEqual({ verdict, mayPropose }, { verdict: 'kb4096317', mayPropose: true }, tell(how, text));
}

interface Mangled {
  readonly how: string;
  readonly apply: (text: string) => string;
}

const one = ({ name, change }: Mangling): fc.Arbitrary<Mangled> =>
  change.map((apply) => ({ how: name, apply }));

/** Up to three manglings, one after the other. */
const chained = (kinds: readonly Mangling[], most: number): fc.Arbitrary<Mangled> =>
  fc.array(fc.oneof(...kinds.map(one)), { minLength: 1, maxLength: most }).map((steps) => ({
    how: steps.map(({ how }) => how).join(', then '),
    apply: (text) => steps.reduce((changed, { apply }) => apply(changed), text),
  }));

const readable = manglings.filter((mangling) => mangling.readable);
const turns = fc
  .array(fc.boolean(), { minLength: 2, maxLength: 8 })
  .filter((each) => new Set(each).size === 2);

/** Whatever happens to a text without the fault, alone or mixed with another one: the edit is never proposed. */
export function otherAnswersStayAway(parameters: fc.Parameters<[Sample, Mangled]>): void {
  fc.assert(
    fc.property(fc.constantFrom(...others), chained(manglings, 3), ({ name, text }, { how, apply }) => {
      assertNoCause(apply(text), `${name} ${how}`);
    }),
    parameters,
  );
}

/** Two clients without the fault in one text never make one. */
export function twoOthersNeverMakeIt(parameters: fc.Parameters<[Sample, Sample, boolean[]]>): void {
  const logs = fc.constantFrom(...others.filter(isLog));
  fc.assert(
    fc.property(logs, logs, turns, (left, right, order) => {
      assertNoCause(interleave(left.text, right.text, order), `${left.name} mixed with ${right.name}`);
    }),
    parameters,
  );
}

/** While a person can read ErrorCode, Message and service, so does the program. */
export function causeStays(parameters: fc.Parameters<[Sample, Mangled]>): void {
  fc.assert(
    fc.property(fc.constantFrom(...plainCauses), chained(readable, 1), ({ name, text }, { how, apply }) => {
      assertCause(apply(text), `${name} ${how}`);
    }),
    parameters,
  );
}

/** Cut anywhere behind the three, the beginning says the same; cut before, it is not another cause. */
export function causeStaysInItsBeginning(parameters: fc.Parameters<[Sample, number]>): void {
  const sameLog = causes.filter(({ text }) => readableFrom(text) < text.length);
  fc.assert(
    fc.property(
      fc.constantFrom(...sameLog),
      fc.double({ min: 0, max: 1, noNaN: true }),
      ({ name, text }, share) => {
        const end = Math.floor(share * text.length);
        const how = `${name} cut to ${end} of ${text.length}`;
        if (end >= readableFrom(text)) assertCause(text.slice(0, end), how);
      },
    ),
    parameters,
  );
}

const isFieldByField = ({ text }: Sample): boolean => /\bErrorCode:\w+\(\d+\)/.test(text);

/** Another client’s failures between its lines do not hide it. */
export function causeStaysInCompany(parameters: fc.Parameters<[Sample, Sample, boolean[]]>): void {
  const company = others.filter(
    (sample) =>
      isLog(sample) && sample.expected.verdict !== 'no-fault' && sample.expected.verdict !== 'recovered',
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...causes.filter(isLog)),
      fc.constantFrom(...company),
      turns,
      (left, right, order) => {
        // Of two agents that tell their faults field by field in one thread, nobody can say which field is whose.
        fc.pre(!(isFieldByField(left) && isFieldByField(right)));
        assertCause(interleave(left.text, right.text, order), `${left.name} mixed with ${right.name}`);
      },
    ),
    parameters,
  );
}
