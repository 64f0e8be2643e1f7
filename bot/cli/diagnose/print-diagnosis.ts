import type { Ask, Diagnosis, Finding } from '../../diagnosis/diagnosis.ts';
import { signatureById } from '../../diagnosis/signatures/all-signatures.ts';
import type { Mark, Printer } from '../terminal.ts';
import { timeText } from '../verdict-text.ts';
import type { LineOrigins } from './line-origins.ts';

const shownEvidence = 3;
const longestLine = 400;

/** Verdict first, then per finding the lines that prove it, who and since when, and what to do. */
export function printDiagnosis(print: Printer, diagnosis: Diagnosis, origins: LineOrigins): void {
  const { heading, cause } = signatureById(diagnosis.verdict);
  print.marked(markOf(diagnosis), heading);
  print.line(`  ${cause}`);
  if (diagnosis.isExample) {
    print.line(
      '  These are the lines of Microsoft’s article with its placeholders. They prove nothing about a server.',
    );
  }
  if (diagnosis.truncated) print.line('  A line was longer than a megabyte. Only its beginning counts here.');
  for (const finding of diagnosis.findings)
    printFinding(print, finding, diagnosis.findings.length > 1, origins);
  printRemedy(print, diagnosis);
  for (const ask of diagnosis.askFor) printAsk(print, ask);
}

function markOf({ verdict }: Diagnosis): Mark {
  if (verdict === 'no-fault') return 'good';
  return verdict === 'not-enough-evidence' ? 'warning' : 'bad';
}

function printFinding(print: Printer, finding: Finding, titled: boolean, origins: LineOrigins): void {
  print.line();
  if (titled) print.heading(`${signatureById(finding.signature).heading} (${finding.confidence})`);
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
  for (const { host } of finding.servers) print.line(`Server: ${host}`);
  if (finding.clients > 0) print.line(`Clients: ${finding.clients}`);
  print.line(`Seen: ${seenText(finding)}`);
}

function seenText({ count, firstSeen, lastSeen }: Finding): string {
  const times = count === 1 ? 'once' : `${count} times`;
  const since = firstSeen === null ? '' : `, first ${timeText(firstSeen)}`;
  const last = lastSeen === null || count === 1 ? '' : `, last ${timeText(lastSeen)}`;
  return `${times}${since}${last}`;
}

function printRemedy(print: Printer, { verdict, mayPropose, isExample }: Diagnosis): void {
  const { remedy, link } = signatureById(verdict);
  // An example proves nothing about a server, so nothing is to be changed yet.
  const steps = isExample ? ['Read the server: wsus-bot check <server>'] : remedy;
  print.line();
  for (const [index, step] of steps.entries()) print.line(`${index === 0 ? 'Next: ' : '      '}${step}`);
  if (mayPropose && !isExample) {
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
