import type { Card } from '../../cards/card.ts';
import { type DiagnosisNext, findingCard } from '../../cards/finding-card.ts';
import { noFaultCard } from '../../cards/no-fault-card.ts';
import { askCommands, notEnoughEvidenceCard } from '../../cards/not-enough-evidence-card.ts';
import type { ServerConfig } from '../config.ts';
import type { Diagnosis, Finding } from '../diagnosis/diagnosis.ts';
import type { SignatureId } from '../diagnosis/signature.ts';
import type { Action, OtherCause } from '../store/tokens.ts';
import type { Reply } from './chat.ts';
import { readToJudge } from './check-server.ts';
import { confirmed } from './confirmed.ts';
import { type Desk, namesOf, type Turn, tokenFor, viewOf } from './desk.ts';
import { explanationView, findingKind, othersIn, theirWords } from './explanation-of.ts';
import { evidenceOf, inventoryServersIn, seenOf } from './finding-view.ts';
import { rightsOf } from './rights.ts';

/** The answer to what a text or a file means. `kind`: what to say of one without any finding. The text is not kept and never logged. */
export const answerDiagnosis = async (
  desk: Desk,
  turn: Turn,
  diagnosis: Diagnosis,
  kind: 'log' | 'talk',
): Promise<Reply> => {
  const finding = diagnosis.findings[0];
  if (finding === undefined) return { card: await nothingFound(desk, turn, diagnosis, kind) };
  const named = inventoryServersIn(desk, finding);
  const mayCheck = await mayHaveRead(desk, turn, named.length === 1 ? named[0] : undefined);
  const found: Found = { diagnosis, finding, named, mayCheck };
  const toRead = serverToRead(desk, found);
  const card = await cardOf(desk, turn, found, toRead);
  if (toRead === undefined) return { card };
  return {
    card,
    afterwards: async () => {
      const reading = await readToJudge(desk, turn, toRead, { log: diagnosis });
      const posted = await confirmed(desk.chat, turn.where, () => desk.chat.post(turn.where, reading.card));
      await reading.afterwards(posted);
    },
  };
};

/** Reading is free, so a proven cause on one known server leads straight on, for those who may have it read. */
const serverToRead = (desk: Desk, { diagnosis, named, mayCheck }: Found): ServerConfig | undefined =>
  desk.config.autoCheck && diagnosis.mayPropose && named.length === 1 && mayCheck ? named[0] : undefined;

/** What a text says, and who asks. */
interface Found {
  readonly diagnosis: Diagnosis;
  readonly finding: Finding;
  /** Servers of the inventory that the finding names. */
  readonly named: readonly ServerConfig[];
  readonly mayCheck: boolean;
}

const mayHaveRead = async (desk: Desk, turn: Turn, server?: ServerConfig): Promise<boolean> => {
  const rights = await rightsOf(desk, server?.policy ?? desk.config.policy, turn.who.aadObjectId);
  return rights.request.may;
};

const cardOf = async (
  desk: Desk,
  turn: Turn,
  found: Found,
  toRead: ServerConfig | undefined,
): Promise<Card> => {
  const { diagnosis, finding } = found;
  if (asksForMore(diagnosis, finding)) {
    return askForMore(desk, turn, found);
  }
  const theirs = theirWords(finding);
  return findingCard({
    ...commonOf(desk, turn.zone, diagnosis, finding),
    kind: findingKind(finding),
    faultLines: finding.evidenceLines,
    ...(theirs === undefined ? {} : { theirs }),
    ...(answeredByCheck.has(finding.signature) ? { next: await nextFor(desk, turn, found, toRead) } : {}),
  });
};

/** The lines do not decide. */
export const asksForMore = ({ askFor }: Diagnosis, { signature }: Finding): boolean =>
  askFor.length > 0 || signature === 'not-enough-evidence';

/** What the cards of all findings take. */
export const commonOf = (desk: Desk, zone: string, diagnosis: Diagnosis, finding: Finding) => ({
  view: viewOf(desk, zone),
  explanation: explanationView(diagnosis, finding),
  evidence: finding.evidence.map(evidenceOf),
  seen: seenOf(desk, finding),
  others: othersIn(diagnosis),
});

const askForMore = async (desk: Desk, turn: Turn, found: Found): Promise<Card> => {
  const { diagnosis, finding, named, mayCheck } = found;
  const asks = diagnosis.askFor;
  const token = (action: Action) => tokenFor(desk, turn.where, action);
  const [server] = named;
  return notEnoughEvidenceCard({
    ...commonOf(desk, turn.zone, diagnosis, finding),
    lines: diagnosis.lines,
    asks,
    ...(mayCheck && server !== undefined
      ? {
          check: {
            server: server.name,
            token: await token({ kind: 'check', server: server.name, here: false }),
          },
        }
      : {}),
    ...(mayCheck && server === undefined ? { checkServer: await token({ kind: 'which-server' }) } : {}),
    ...(asks.length === 0
      ? {}
      : { commandsAsText: await token({ kind: 'command', command: askCommands(asks) }) }),
  });
};

/** A look at the server tells something about these, its limits or its test products, and can lead to nothing that does not help. */
export const answeredByCheck = new Set<SignatureId>([
  'kb4096317',
  'other-cached-update-ids',
  'test-detectoid-flood',
]);

/** The cause that a check is offered for, unless the text shows the fault of KB 4096317 as well. */
const aboutOf = ({ findings }: Diagnosis, { signature }: Finding): { about?: OtherCause } =>
  (signature === 'other-cached-update-ids' || signature === 'test-detectoid-flood') &&
  !findings.some((other) => other.signature === 'kb4096317' && !other.isExample)
    ? { about: signature }
    : {};

const nextFor = async (
  desk: Desk,
  turn: Turn,
  { diagnosis, finding, named, mayCheck }: Found,
  toRead: ServerConfig | undefined,
): Promise<DiagnosisNext> => {
  if (toRead !== undefined) return { kind: 'reading', server: toRead.name };
  if (!mayCheck) {
    return { kind: 'may-not-check', askFor: namesOf(desk.config.policy.approvers) };
  }
  const about = aboutOf(diagnosis, finding);
  if (named.length > 0) {
    return {
      kind: 'check',
      checks: await Promise.all(
        named.map(async ({ name }) => ({
          server: name,
          token: await tokenFor(desk, turn.where, { kind: 'check', server: name, here: false, ...about }),
        })),
      ),
    };
  }
  if (finding.servers.length > 0) return { kind: 'not-in-inventory' };
  return {
    kind: 'choose',
    servers: namesOf(desk.config.servers),
    token: await tokenFor(desk, turn.where, { kind: 'check-chosen', ...about }),
  };
};

const nothingFound = async (
  desk: Desk,
  turn: Turn,
  diagnosis: Diagnosis,
  kind: 'log' | 'talk',
): Promise<Card> =>
  noFaultCard({
    kind: kind === 'log' ? 'no-fault-in-log' : 'small-talk',
    explanation: explanationView(diagnosis),
    lines: diagnosis.lines,
    servers: (await mayHaveRead(desk, turn)) ? namesOf(desk.config.servers) : [],
    check: await tokenFor(desk, turn.where, { kind: 'check-chosen' }),
    help: await tokenFor(desk, turn.where, { kind: 'help' }),
  });

/** Words to the bot, and nothing to diagnose. */
export const isTalk = (text: string, { findings }: Diagnosis): boolean =>
  findings.length === 0 && !looksLikeLog(text);

/** Lines of a log, or what was copied from one; a bare number is none. */
export const holdsLog = (text: string, { findings }: Diagnosis): boolean =>
  looksLikeLog(text) || findings.some(({ signature }) => signature !== 'not-enough-evidence');

/** A line that begins with a date and a time, as every Windows Update and WSUS log writes it. */
const looksLikeLog = (text: string): boolean =>
  /^[ \t]{0,99}\d{4}[./-]\d{2}[./-]\d{2}[ \t]{1,99}\d{2}:\d{2}/m.test(text);
