import type { Card } from '../../cards/card.ts';
import { answerInWindow, diagnoseFormCard, mostInWindow } from '../../cards/diagnose-window.ts';
import { findingCard } from '../../cards/finding-card.ts';
import { noFaultCard } from '../../cards/no-fault-card.ts';
import { notEnoughEvidenceCard } from '../../cards/not-enough-evidence-card.ts';
import type { Notice } from '../../cards/notice.ts';
import { noticeCard } from '../../cards/notice-card.ts';
import { own } from '../../cards/own-text.ts';
import { diagnose } from '../diagnosis/diagnose.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { ExtensionAsk, ExtensionReply } from './chat.ts';
import type { Desk } from './desk.ts';
import { answeredByCheck, asksForMore, commonOf, holdsLog, isTalk } from './diagnose-text.ts';
import { explanationView, findingKind, theirWords } from './explanation-of.ts';
import { inventoryServersIn } from './finding-view.ts';

/** Characters of a message, at most: Teams takes no longer ones, and the answer has to be there within 5 s. */
const longest = 100_000;

const title = own`Diagnose`;

/**
 * The message extension "Diagnose": what a text means, for the person who asks alone, and as a message of theirs when they want.
 * Asks neither store nor directory nor servers: the answer is there at once, and nothing of the text stays.
 */
export const answerExtension = (desk: Desk, asked: ExtensionAsk): ExtensionReply => {
  if (asked.wants === 'form') return { window: { title, card: diagnoseFormCard() } };
  const evidence = evidenceIn(asked);
  if ('kind' in evidence) return { window: { title, card: noticeCard(evidence) } };
  const { text, diagnosis } = evidence;
  // A message is read by many, each in a zone of their own.
  if (asked.wants === 'insert') return { insert: cardAside(desk, 'UTC', diagnosis, asked.personalChat) };
  const card = cardAside(desk, asked.zone ?? 'UTC', diagnosis, asked.personalChat);
  return {
    window: { title, card: answerInWindow(card, text.length > mostInWindow ? undefined : text) },
  };
};

interface Evidence {
  readonly text: string;
  readonly diagnosis: Diagnosis;
}

/** What is to be read: the words, and what they quote when they hold no log themselves. */
const evidenceIn = (asked: ExtensionAsk): Evidence | Notice => {
  const chat = asked.personalChat === undefined ? {} : { personalChat: asked.personalChat };
  if (asked.text.length + asked.quoted.length > longest) return { kind: 'text-too-long', ...chat };
  const theirs = diagnose(asked.text);
  if (asked.quoted !== '' && !holdsLog(asked.text, theirs)) {
    const text = `${asked.quoted}\n${asked.text}`;
    return { text, diagnosis: diagnose(text) };
  }
  if (isTalk(asked.text, theirs) && asked.namesFile) return { kind: 'file-not-in-window', ...chat };
  return asked.text.trim() === ''
    ? { kind: 'no-text-here', ...chat }
    : { text: asked.text, diagnosis: theirs };
};

/** The answer without a button that only a member of the chat could work on. */
const cardAside = (desk: Desk, zone: string, diagnosis: Diagnosis, chat: string | undefined): Card => {
  const finding = diagnosis.findings[0];
  if (finding === undefined) {
    return noFaultCard({
      kind: 'no-fault-in-log',
      explanation: explanationView(diagnosis),
      lines: diagnosis.lines,
      servers: [],
    });
  }
  const common = commonOf(desk, zone, diagnosis, finding);
  if (asksForMore(diagnosis, finding)) {
    return notEnoughEvidenceCard({ ...common, lines: diagnosis.lines, asks: diagnosis.askFor });
  }
  const theirs = theirWords(finding);
  const [server] = inventoryServersIn(desk, finding);
  return findingCard({
    ...common,
    kind: findingKind(finding),
    faultLines: finding.evidenceLines,
    ...(theirs === undefined ? {} : { theirs }),
    ...(answeredByCheck.has(finding.signature)
      ? {
          next: {
            kind: 'in-chat',
            ...(server === undefined ? {} : { server: server.name }),
            ...(chat === undefined ? {} : { chat }),
          },
        }
      : {}),
  });
};
