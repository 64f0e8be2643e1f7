import type { Diagnosis, Finding } from './diagnosis.ts';
import type { Signature, VariantWords } from './signature.ts';
import { signatureById } from './signatures/all-signatures.ts';

/** A finding in words, as a colleague would say it. All of it is ours and safe to show; times, hosts and clients stand in the finding. */
export interface Explanation {
  /** At most 60 characters. */
  readonly heading: string;
  /** What happened, one sentence or two each. */
  readonly cause: readonly string[];
  /** Why I think so. */
  readonly why: readonly string[];
  /** What to do now, in order. */
  readonly steps: readonly string[];
  readonly link: Signature['link'];
}

const exampleCause =
  'These are the lines of Microsoft’s article, with its placeholders in place of names. They prove nothing about a server.';
const exampleStep = 'Check a server: that shows the limit it has now, and tries it.';
const pageLeavesOut = 'That page leaves out the detail that decides.';
const floodFirst =
  'Rule out the test products of KB 5121986 first: several of their codes stand side by side here. Raising the limit is relief while they are there, not the cure.';
const restarted =
  'The web service was started again after the last of them, and none follows in this text. That proves a restart, not a cure.';
const intermittent =
  'Scans against another server work meanwhile. ConfigMgr moves a client on to the next server after some tries, so one unchanged server among several looks like an error that comes and goes. Check each of them.';
const aloneWithThis =
  'Only one client is named. Look what makes its list longer than the others’: old products, third-party categories.';
const knowsItself = 'A client’s log knows one machine only: ask whether others show it too.';

function wordsFor(signature: Signature, { variant, advice }: Finding): VariantWords {
  const { variants } = signature;
  if (variants === undefined) return {};
  if (variant !== null) return variants[variant] ?? {};
  return advice === 'one-client' ? (variants['one-client'] ?? {}) : {};
}

/** Steps that depend on whom the fault meets (wsus.md decision rule: all clients, or one among many). */
function stepsForClients({ signature, advice, servers, evidence }: Finding): string[] {
  if (signature === 'kb4096317' && advice === 'one-client') return [aloneWithThis];
  const fromClient = evidence.every(({ source }) => source !== 'SoftwareDistribution.log');
  const differs = signature === 'simple-auth-fault' || signature === 'other-invalid-parameters';
  return differs && advice === 'unknown' && fromClient && servers.length <= 1 ? [knowsItself] : [];
}

/** @param finding One of the diagnosis; the first when absent. */
export function explain(
  diagnosis: Pick<Diagnosis, 'findings' | 'quotesGeneralPage' | 'verdict'>,
  finding: Finding | undefined = diagnosis.findings[0],
): Explanation {
  const signature = signatureById(finding?.signature ?? diagnosis.verdict);
  const { heading, cause, why, remedy, link } = signature;
  if (finding === undefined) return { heading, cause: [cause], why: [why], steps: remedy, link };
  if (finding.isExample) return { heading, cause: [exampleCause], why: [why], steps: [exampleStep], link };
  const words = wordsFor(signature, finding);
  const suspected = diagnosis.findings.some(
    ({ signature: id, confidence }) => id === 'test-detectoid-flood' && confidence === 'weak',
  );
  const quotes = finding.signature === 'not-enough-evidence' && diagnosis.quotesGeneralPage;
  return {
    heading: words.heading ?? heading,
    cause: [
      ...(suspected && signature.limitKey !== null ? [floodFirst] : []),
      ...(quotes ? [pageLeavesOut] : []),
      words.cause ?? cause,
    ],
    why: [words.why ?? why, ...(finding.restartedAt === null ? [] : [restarted])],
    steps: [
      ...(finding.worksOn.length > 0 && finding.recoveredAt === null ? [intermittent] : []),
      ...(words.remedy ?? remedy),
      ...stepsForClients(finding),
    ],
    link,
  };
}
