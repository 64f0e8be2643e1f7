import type { Card } from '../../cards/card.ts';
import type { EvidenceLine } from '../../cards/evidence-view.ts';
import { fileRefusedCard } from '../../cards/file-refused-card.ts';
import { healthyCard } from '../../cards/healthy-card.ts';
import { mendingCommands } from '../../cards/mending.ts';
import { notActiveCard } from '../../cards/not-active-card.ts';
import { notTheCauseCard } from '../../cards/not-the-cause-card.ts';
import { notWsusCard } from '../../cards/not-wsus-card.ts';
import { serviceDownCard } from '../../cards/service-down-card.ts';
import { stillFailingCard } from '../../cards/still-failing-card.ts';
import { unclearCard } from '../../cards/unclear-card.ts';
import type { VerdictCardData } from '../../cards/verdict-view.ts';
import type { Report } from '../../remote/contract.ts';
import type { ServerConfig } from '../config.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { mask } from '../diagnosis/mask.ts';
import type { Verdict } from '../diagnosis/verdict.ts';
import type { OtherCause } from '../store/tokens.ts';
import { type Desk, type Turn, tokenFor, viewOf } from './desk.ts';
import { evidenceOf } from './finding-view.ts';
import { logTimeOf } from './propose-change.ts';
import { notesView, reportNotes } from './report-notes.ts';

/** The answer to a check that proposes no change of the file. */
export const verdictCard = async (
  desk: Desk,
  turn: Turn,
  server: ServerConfig,
  report: Report,
  verdict: Exclude<Verdict, { kind: 'limit-too-low' }>,
  log?: Diagnosis,
): Promise<Card> => {
  const common = await commonOf(desk, turn, server, report, verdict);
  switch (verdict.kind) {
    case 'raised-not-active':
      return notActiveCard({
        ...common,
        limit: verdict.limit.current,
        writtenAt: new Date(verdict.fileWrittenAt),
        startedAt: new Date(verdict.workerStartedAt),
        planRestart: await tokenFor(desk, turn.where, {
          kind: 'plan-restart',
          server: server.name,
          here: true,
        }),
      });
    case 'raised-still-failing': {
      const last = logTimeOf(verdict.refusals.last);
      return stillFailingCard({
        ...common,
        limit: verdict.limit.current,
        clients: verdict.refusals.clients,
        count: verdict.refusals.count,
        ...(last === null ? {} : { last }),
        evidence: refusedLines(report, log),
      });
    }
    case 'healthy':
      return healthyCard({ ...common, ...healthyFacts(report, verdict) });
    case 'service-down':
      return serviceDownCard({
        ...common,
        limit: verdict.limit.current,
        poolState: verdict.poolState,
        versionStatus: verdict.versionStatus,
        getConfigStatus: verdict.getConfigStatus,
      });
    case 'file-refused':
      return fileRefusedCard({
        ...common,
        reason: verdict.reason.code,
        file: report.file.ok ? report.file.path : '',
        ...(verdict.reason.line === undefined ? {} : { line: verdict.reason.line }),
        clientsRefused: verdict.refusals !== null,
      });
    case 'not-wsus':
      return notWsusCard({
        ...common,
        ...(report.computer.ok ? { computer: report.computer.name, os: report.computer.os } : {}),
      });
    case 'unclear':
      return unclearCard({
        ...common,
        unreadable: [verdict.unread],
        ...(verdict.limit === null ? {} : { limit: verdict.limit.current }),
      });
  }
};

/** The limit is low, but another cause was sent and nothing shows that the limit refused anybody. */
export const notTheCause = async (
  desk: Desk,
  turn: Turn,
  server: ServerConfig,
  report: Report,
  verdict: Extract<Verdict, { kind: 'limit-too-low' }>,
  about: OtherCause,
): Promise<Card> => {
  const common = await commonOf(desk, turn, server, report, verdict);
  const { cachedLimit } = verdict;
  return notTheCauseCard({
    ...common,
    about,
    limit: verdict.limit.current,
    ...(cachedLimit === null ? {} : { cachedLimit }),
    logUnread: verdict.logUnread !== null,
    checkAgain: await tokenFor(desk, turn.where, { kind: 'check', server: server.name, here: true, about }),
    checkAlone: common.checkAgain,
  });
};

/** What the cards of all verdicts take. */
const commonOf = async (
  desk: Desk,
  turn: Turn,
  server: ServerConfig,
  report: Report,
  verdict: Verdict,
): Promise<VerdictCardData> => {
  const notes = reportNotes(server, report, verdict);
  const mending = mendingCommands(notes.interruption?.leftDifferent ?? []);
  return {
    view: viewOf(desk, turn.zone),
    server: server.name,
    readAt: new Date(report.readAt),
    way: notes.way,
    ...notesView(notes),
    checkAgain: await tokenFor(desk, turn.where, { kind: 'check', server: server.name, here: true }),
    ...(mending === undefined
      ? {}
      : { commandAsText: await tokenFor(desk, turn.where, { kind: 'command', command: mending }) }),
  };
};

/** The server's own lines; without any, those of the text that was sent. */
const refusedLines = (report: Report, log: Diagnosis | undefined): EvidenceLine[] => {
  const own = report.log.ok ? report.log.lines.slice(-2) : [];
  if (own.length > 0) {
    return own.map(({ line, text }) => ({ source: 'SoftwareDistribution.log', line, text: mask(text) }));
  }
  const finding = log?.findings.find(({ signature, isExample }) => signature === 'kb4096317' && !isExample);
  return finding === undefined ? [] : finding.evidence.map(evidenceOf);
};

const healthyFacts = (report: Report, verdict: Extract<Verdict, { kind: 'healthy' }>) => ({
  limit: verdict.limit.current,
  line: verdict.limit.line,
  file: report.file.ok ? report.file.path : '',
  ...(report.file.ok ? { writtenAt: new Date(report.file.lastWriteAt) } : {}),
  ...(verdict.workerStartedAt === null ? {} : { startedAt: new Date(verdict.workerStartedAt) }),
  ...(report.health.ok
    ? {
        serviceStatus: report.health.getConfigStatus,
        serviceMilliseconds: report.health.getConfigMilliseconds,
      }
    : {}),
});
