import type { Ask, Diagnosis, Finding } from '../../diagnosis/diagnosis.ts';
import { type Explanation, explain } from '../../diagnosis/explain.ts';
import type { LogTime } from '../../diagnosis/faults/fault.ts';
import type { Mark, Printer } from '../terminal.ts';
import { timeText } from '../verdict-text.ts';
import type { LineOrigins } from './line-origins.ts';

const shownEvidence = 3;
const longestLine = 400;
const shownHours = 6;

/** Verdict first, then per finding why, the lines that prove it, who and since when, and what to do. The words are the cards'. */
export function printDiagnosis(print: Printer, diagnosis: Diagnosis, origins: LineOrigins): void {
  const told = explain(diagnosis);
  print.marked(markOf(diagnosis), told.heading);
  for (const sentence of told.cause) print.line(`  ${sentence}`);
  for (const [index, finding] of diagnosis.findings.entries()) {
    print.line();
    const words = explain(diagnosis, finding);
    if (index > 0) print.heading(`Also in this text: ${words.heading} (${finding.confidence})`);
    printFinding(print, finding, words, origins);
  }
  for (const note of told.notes) print.line(note);
  printNext(print, diagnosis, told);
  for (const ask of diagnosis.askFor) printAsk(print, ask);
}

function markOf({ verdict, isExample, findings, askFor }: Diagnosis): Mark {
  if (verdict === 'no-fault' || verdict === 'recovered') return 'good';
  if (verdict === 'self-healing-fault') return 'skipped';
  const isSuspicion = verdict === 'test-detectoid-flood' && findings[0]?.confidence === 'weak';
  const isOpen = verdict === 'not-enough-evidence' || askFor.length > 0;
  return isOpen || isExample || isSuspicion ? 'warning' : 'bad';
}

function printFinding(print: Printer, finding: Finding, words: Explanation, origins: LineOrigins): void {
  for (const sentence of words.why) print.line(`Why: ${sentence}`);
  const shown = finding.evidence.slice(0, shownEvidence);
  print.line(
    `Evidence: ${shown.length} of ${finding.evidenceLines} ${finding.evidenceLines === 1 ? 'line' : 'lines'}`,
  );
  for (const { line, text, source } of shown) {
    const origin = origins.originOf(line);
    const log = source === 'unknown' ? '' : ` (${source})`;
    print.line(`  ${origin.file}:${origin.line}${log}`);
    print.line(`    ${text.length > longestLine ? `${text.slice(0, longestLine)}…` : text}`);
  }
  // The names in Microsoft's example are nobody's.
  if (finding.isExample) return;
  for (const line of seenLines(finding)) print.line(line);
}

function seenLines(finding: Finding): string[] {
  const { servers, clients, capped, perHour = [], restartedAt, recoveredAt, worksOn } = finding;
  const least = capped.includes('clients') ? 'at least ' : '';
  const hours = perHour.slice(-shownHours);
  return [
    ...servers.map(({ host }) => `Server: ${host}`),
    ...(capped.includes('servers') ? ['Server: and more than I count'] : []),
    ...(clients === 0 ? [] : [`Clients: ${least}${clients}${clients === 1 ? '' : ' different ones'}`]),
    `Seen: ${seenText(finding)}`,
    ...(hours.length === 0 ? [] : [`Last hours: ${hours.map(hourText).join(', ')}`]),
    ...after('Restarted', restartedAt, 'no fault since'),
    ...after('Good scan', recoveredAt, 'none failed since'),
    ...(recoveredAt === null ? worksOn.map((host) => `Works on: ${host}`) : []),
  ];
}

const hourText = ({ hour, count }: NonNullable<Finding['perHour']>[number]): string =>
  `${hour.iso.slice(11, 16)} ${count}`;

const after = (label: string, time: LogTime | null, words: string): string[] =>
  time === null ? [] : [`${label}: ${timeText(time)}, ${words}`];

function seenText({ count, firstSeen, lastSeen }: Finding): string {
  const times = count === 1 ? 'once' : `${count} times`;
  const since = firstSeen === null ? '' : `, first ${timeText(firstSeen)}`;
  const last = lastSeen === null || count === 1 ? '' : `, last ${timeText(lastSeen)}`;
  return `${times}${since}${last}`;
}

function printNext(print: Printer, diagnosis: Diagnosis, { steps, order, link }: Explanation): void {
  const { mayPropose, isExample } = diagnosis;
  print.line();
  if (order === 'choice') print.line('Next, the one that fits:');
  for (const [index, step] of steps.entries()) {
    print.line(`${index === 0 && order !== 'choice' ? 'Next: ' : '      '}${step}`);
  }
  if (isExample && mayPropose) print.line('      wsus-bot check <server>');
  else if (mayPropose) {
    print.line(
      'The log proves the cause, not the limit that is set now: "wsus-bot check <server>" reads it.',
    );
  }
  if (link !== null) print.line(`${link.title}: ${link.url}`);
}

function printAsk(print: Printer, { what, command }: Ask): void {
  print.line();
  print.line(what);
  for (const line of command) print.line(`  ${line}`);
}
