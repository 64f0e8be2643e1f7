import {
  explanationView,
  findingKind,
  othersIn,
  theirWords,
} from '../../../bot/conversation/explanation-of.ts';
import { evidenceOf as evidenceLineOf } from '../../../bot/conversation/finding-view.ts';
import { diagnose } from '../../../bot/diagnosis/diagnose.ts';
import type { Diagnosis, Finding } from '../../../bot/diagnosis/diagnosis.ts';
import type { SeenView } from '../../../cards/evidence-view.ts';
import type { AlsoView, ExplanationView } from '../../../cards/explanation-view.ts';
import { type DiagnosisNext, findingCard } from '../../../cards/finding-card.ts';
import { notEnoughEvidenceCard } from '../../../cards/not-enough-evidence-card.ts';
import { loadCorpus } from '../../corpus/load-corpus.ts';
import {
  at,
  evidenceOf,
  long,
  type Made,
  names,
  type Outside,
  seenOf,
  token,
  usual,
  view,
} from '../sample-ground.ts';

const corpus = new Map(loadCorpus().map(({ name, bytes }) => [name, Buffer.from(bytes).toString('utf8')]));

/** A text of the corpus, read. */
function read(name: string): { readonly diagnosis: Diagnosis; readonly finding: Finding } {
  const text = corpus.get(name);
  if (text === undefined) throw new Error(`no ${name} in the corpus`);
  const diagnosis = diagnose(text);
  const [finding] = diagnosis.findings;
  if (finding === undefined) throw new Error(`nothing found in ${name}`);
  return { diagnosis, finding };
}

/** Longer than any sentence of a diagnosis, and of words, as they are. */
const longSentence = 'Words of ours, as many as a sentence of a diagnosis has at most. '.repeat(6);

/** Words of the diagnosis in the everyday set; in the others what a card must bear. */
function wordsOf(o: Outside, { diagnosis, finding }: ReturnType<typeof read>): ExplanationView {
  if (o === usual) return explanationView(diagnosis, finding);
  const words = o === long ? longSentence : o.text;
  return {
    heading: words,
    cause: [words, words],
    why: [words],
    notes: [words],
    steps: [words, words, words],
    order: 'in order',
    link: { title: words, url: 'https://support.microsoft.com/help/4096317' },
  };
}
function othersOf(o: Outside, { diagnosis }: ReturnType<typeof read>): readonly AlsoView[] {
  if (o === usual) return othersIn(diagnosis);
  const heading = o === long ? longSentence.slice(0, 60) : o.text;
  return names(heading, o.many).map((each) => ({ heading: each, count: 12_345 }));
}

const quiet: SeenView = { servers: [], clients: 0, count: 1 };

interface Options {
  readonly next?: DiagnosisNext;
  readonly seen?: SeenView;
  /** Lines of the text itself in place of the everyday two. */
  readonly ownLines?: true;
}

function found(o: Outside, name: string, { next, seen, ownLines }: Options = {}) {
  const text = read(name);
  const { finding } = text;
  const theirs = theirWords(finding);
  return findingCard({
    view,
    kind: findingKind(finding),
    explanation: wordsOf(o, text),
    ...(theirs !== undefined && {
      theirs: o === usual ? theirs : { errorCode: o.text, message: `parameters.${o.text}` },
    }),
    evidence: o === usual && ownLines ? finding.evidence.map(evidenceLineOf) : evidenceOf(o),
    faultLines: o === usual && ownLines ? finding.evidenceLines : 412,
    seen: seen ?? seenOf(o),
    others: othersOf(o, text),
    ...(next !== undefined && { next }),
  });
}

function asked(o: Outside, name: string, check: 'named' | 'any' | 'none', seen: SeenView = quiet) {
  const text = read(name);
  const { diagnosis, finding } = text;
  return notEnoughEvidenceCard({
    view,
    explanation: wordsOf(o, text),
    evidence: o === usual ? finding.evidence.map(evidenceLineOf) : evidenceOf(o),
    lines: diagnosis.lines,
    seen,
    others: othersOf(o, text),
    asks: diagnosis.askFor,
    ...(check === 'named' && { check: { server: o.server, token } }),
    ...(check === 'any' && { checkServer: token }),
    commandsAsText: token,
  });
}

const local = (time: string) => ({ asLogged: `2026-11-25 ${time}` });
const days = (o: Outside): SeenView => ({
  ...seenOf(o),
  perHour: Array.from({ length: 200 }, (_, index) => ({
    startsAt: { at: new Date(Date.parse('2026-11-17T04:00:00Z') + index * 3_600_000) },
    minutes: 60,
    count: 3 + (index % 5),
  })),
});

/** Every answer to a text. */
export function diagnoses(o: Outside): readonly Made[] {
  const checks = names(o.server, 3).map((server) => ({ server, token }));
  const one: DiagnosisNext = { kind: 'check', checks: checks.slice(0, 1) };
  const kb = (next: DiagnosisNext, seen?: SeenView) =>
    found(o, 'kb4096317/server-forty-of-twelve-clients.txt', seen === undefined ? { next } : { next, seen });
  const clientOnly: SeenView = {
    servers: [{ name: o.host, inInventory: false }],
    clients: 1,
    count: 3,
    first: local('02:03:11'),
    last: local('04:41:00'),
    perHour: [1, 1, 1].map((count, index) => ({
      startsAt: local(`0${index + 2}:00:00`),
      minutes: [57, 60, 41][index] ?? 60,
      count,
    })),
  };
  const look = (name: string, options: Options = {}): Made => [
    `look-alike-${name.replace('.txt', '').replace('/', '-')}`,
    found(o, name, { seen: quiet, ownLines: true, ...options }),
  ];
  return [
    ['diagnosis-check', kb(one)],
    ['diagnosis-reading', kb({ kind: 'reading', server: o.server })],
    ['diagnosis-several', kb({ kind: 'check', checks })],
    ['diagnosis-choose', kb({ kind: 'choose', servers: names(o.server, o.many * 5), token })],
    ['diagnosis-not-in-inventory', kb({ kind: 'not-in-inventory' }, clientOnly)],
    [
      'diagnosis-in-chat',
      kb(
        { kind: 'in-chat', server: o.server, chat: 'https://teams.microsoft.com/l/chat/0/0?users=28:x' },
        clientOnly,
      ),
    ],
    ['diagnosis-in-chat-unnamed', kb({ kind: 'in-chat' }, clientOnly)],
    ['diagnosis-may-not-check', kb({ kind: 'may-not-check', askFor: names(o.second, o.many) })],
    ['diagnosis-also', found(o, 'kb4096317/server-and-simple-auth.txt', { next: one, ownLines: true })],
    ['diagnosis-days', kb(one, days(o))],
    [
      'diagnosis-restarted',
      kb(one, { ...seenOf(o), restarted: { at: at('02:10:00') }, worksOn: names(o.host, o.many) }),
    ],
    [
      'diagnosis-example',
      found(o, 'kb4096317/article-both.txt', {
        next: { kind: 'choose', servers: names(o.server, 3), token },
        ownLines: true,
      }),
    ],
    look('other-cached-update-ids/server-nine-of-three-clients.txt', { next: one, seen: seenOf(o) }),
    look('simple-auth-fault/legacy-microsoft.txt'),
    look('simple-auth-fault/constructor-english.txt'),
    look('other-invalid-parameters/requested-categories.txt'),
    look('server-fault/server.txt'),
    look('self-healing-fault/server-invalidcookie.txt'),
    look('upstream-sync/microsoft-update.txt'),
    look('neighbours/80244010-legacy.txt', { seen: seenOf(o) }),
    look('neighbours/80072ee2-legacy.txt'),
    look('neighbours/8024002e-reporting-events.txt'),
    ['flood', found(o, 'test-detectoid-flood/with-kb-fault.txt', { next: one, ownLines: true })],
    [
      'recovered',
      found(o, 'recovered/legacy-three-failures.txt', {
        seen: { ...clientOnly, recovered: local('05:02:00') },
        ownLines: true,
      }),
    ],
    ['not-enough-evidence', asked(o, 'not-enough-evidence/wuahandler.txt', 'any')],
    [
      'not-enough-evidence-named',
      asked(o, 'not-enough-evidence/legacy-without-detail.txt', 'named', seenOf(o)),
    ],
    ['not-enough-evidence-general-page', asked(o, 'not-enough-evidence/general-page.txt', 'none')],
    ['not-enough-evidence-undecoded', asked(o, 'not-enough-evidence/undecoded-1601.txt', 'any')],
    ['not-enough-evidence-cut', asked(o, 'not-enough-evidence/server-message-cut.txt', 'any')],
    ['not-enough-evidence-other-digit', asked(o, 'not-enough-evidence/one-digit-off.txt', 'any')],
    ['not-enough-evidence-iis', asked(o, 'not-enough-evidence/iis-500.txt', 'any')],
    ['not-enough-evidence-old-agent', asked(o, 'neighbours/8024400d-old-agent.txt', 'any')],
  ];
}
