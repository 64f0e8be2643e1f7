import type { Diagnosis, Finding } from './diagnosis.ts';
import type { SourceLog } from './faults/fault.ts';
import type { Signature, StepOrder, VariantWords } from './signature.ts';
import { signatureById } from './signatures/all-signatures.ts';

/** A finding in words, as a colleague would say it. All of it is ours and safe to show; times, hosts and clients stand in the finding. */
export interface Explanation {
  /** At most 60 characters. */
  readonly heading: string;
  /** What happened, one sentence or two each. */
  readonly cause: readonly string[];
  /** Why I think so. */
  readonly why: readonly string[];
  /** What else this text tells that matters for what to do: a restart, another server that works, one client alone. */
  readonly notes: readonly string[];
  /** What to do now, in order. */
  readonly steps: readonly string[];
  readonly order: StepOrder;
  readonly link: Signature['link'];
}

/** What is said beside the words of a signature. */
export const remarks = {
  exampleHeading: 'This is the example of Microsoft’s article',
  exampleCause: 'These are the lines that the article prints. They prove nothing about a server of yours.',
  exampleWhy:
    'Placeholders such as GUID, WSUSServerName and Client_ID stand in them, where a real log has an id, a server and a client.',
  exampleStep: 'Check a server: that shows the limit it has now, and tries it.',
  pageLeavesOut: 'That page leaves out the detail that decides.',
  floodFirst:
    'Rule out the test products of KB 5121986 first: several of their codes stand side by side here. Raising the limit is relief while they are there, not the cure.',
  restarted:
    'The web service was started again after the last of them, and none follows in this text. That proves a restart, not a cure.',
  intermittent:
    'Scans against another server work meanwhile. ConfigMgr moves a client on to the next server after some tries, so one unchanged server among several looks like an error that comes and goes. Check each of them.',
  comesAndGoes:
    'It fails and works in turns. Where clients have several servers, as in ConfigMgr, that is what one unchanged server among them looks like: a client tries again every 30 minutes, at least four times, and then moves on. Check each of them.',
  numberOnly:
    'This log repeats the number that the Windows Update agent gave and never the detail: WindowsUpdate.log or the server’s log has it.',
  aloneWithThis:
    'Only one client is named. Look what makes its list longer than the others’: old products, third-party categories.',
  knowsItself: 'A client’s log knows one machine only: ask whether others show it too.',
  cutOff: 'The text, or a line of it, is longer than I read: only its beginning counts here.',
} as const;

/** Logs that never hold a fault's detail. */
const numberLogs: ReadonlySet<SourceLog> = new Set<SourceLog>(['WUAHandler.log', 'ReportingEvents.log']);

function wordsFor(signature: Signature, { variant, advice, confidence }: Finding): VariantWords {
  const { variants = {}, sureness = {} } = signature;
  const chosen = variant ?? (advice === 'one-client' ? 'one-client' : null);
  return (chosen === null ? undefined : variants[chosen]) ?? sureness[confidence] ?? {};
}

/** Whom the fault meets (wsus.md decision rule: all clients, or one among many), and what happened after it. */
function notesOn(finding: Finding): string[] {
  const { signature, variant, advice, servers, evidence, worksOn, recoveredAt, restartedAt, comesAndGoes } =
    finding;
  const fromClient = evidence.every(({ source }) => source !== 'SoftwareDistribution.log');
  const differs = signature === 'simple-auth-fault' || signature === 'other-invalid-parameters';
  return [
    // Of another article than KB 4096317: its words are those of its fault.
    ...(finding.isExample ? [remarks.exampleCause] : []),
    ...(restartedAt === null ? [] : [remarks.restarted]),
    ...(worksOn.length > 0 && recoveredAt === null ? [remarks.intermittent] : []),
    ...(comesAndGoes && worksOn.length === 0 && recoveredAt === null ? [remarks.comesAndGoes] : []),
    ...(variant === 'number-alone' && evidence.every(({ source }) => numberLogs.has(source))
      ? [remarks.numberOnly]
      : []),
    ...(signature === 'kb4096317' && advice === 'one-client' ? [remarks.aloneWithThis] : []),
    ...(differs && advice === 'unknown' && fromClient && servers.length <= 1 ? [remarks.knowsItself] : []),
  ];
}

/** @param finding One of the diagnosis; the first when absent. */
export function explain(
  diagnosis: Pick<Diagnosis, 'findings' | 'quotesGeneralPage' | 'verdict' | 'truncated'>,
  finding: Finding | undefined = diagnosis.findings[0],
): Explanation {
  const signature = signatureById(finding?.signature ?? diagnosis.verdict);
  const { cause, why, remedy, order = 'in order', link } = signature;
  const cut = diagnosis.truncated ? [remarks.cutOff] : [];
  if (finding === undefined) {
    return { heading: signature.heading, cause: [cause], why: [why], notes: cut, steps: remedy, order, link };
  }
  if (finding.isExample && signature.id === 'kb4096317') {
    return {
      heading: remarks.exampleHeading,
      cause: [remarks.exampleCause],
      why: [remarks.exampleWhy],
      notes: cut,
      steps: [remarks.exampleStep],
      order,
      link,
    };
  }
  const words = wordsFor(signature, finding);
  const suspected = diagnosis.findings.some(
    ({ signature: id, confidence }) => id === 'test-detectoid-flood' && confidence === 'weak',
  );
  const quotes = finding.signature === 'not-enough-evidence' && diagnosis.quotesGeneralPage;
  return {
    heading: words.heading ?? signature.heading,
    cause: [
      ...(suspected && signature.limitKey !== null ? [remarks.floodFirst] : []),
      ...(quotes ? [remarks.pageLeavesOut] : []),
      words.cause ?? cause,
    ],
    why: [words.why ?? why],
    notes: [...notesOn(finding), ...cut],
    steps: words.remedy ?? remedy,
    // A variant has chosen already.
    order: words.remedy === undefined || order !== 'choice' ? order : 'in order',
    link,
  };
}
