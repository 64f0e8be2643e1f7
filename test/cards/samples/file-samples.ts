import { explanationView } from '../../../bot/conversation/explanation-of.ts';
import { diagnose } from '../../../bot/diagnosis/diagnose.ts';
import { aboutFiles as withFiles } from '../../../cards/about-files.ts';
import { fileReadingCard } from '../../../cards/file-reading-card.ts';
import { noFaultCard } from '../../../cards/no-fault-card.ts';
import { noticeCard } from '../../../cards/notice-card.ts';
import { type FileTrouble, fileTroubles } from '../../../cards/notices/file-words.ts';
import { longWord, type Made, names, type Outside, token, usual } from '../sample-ground.ts';

const mega = 1024 ** 2;
const personalChat = 'https://teams.microsoft.com/l/chat/0/0?users=28:dddddddd-0000-4000-8000-00000000000d';

/** Cards about files, and about text that comes in parts. */
export function aboutFiles(o: Outside): readonly Made[] {
  const name = o === usual ? 'SoftwareDistribution.log' : o.text;
  const reading = { name, read: 48 * mega, size: 128 * mega, elapsed: 4_000, waits: false, stop: token };
  const none = noFaultCard({
    kind: 'no-fault-in-log',
    explanation: explanationView(diagnose('good morning')),
    lines: 412_000,
    servers: [o.server],
    check: token,
    help: token,
  });
  const lines = o === usual ? 412_345 : Number.MAX_SAFE_INTEGER;
  return [
    ['file-reading', fileReadingCard(reading)],
    ['file-reading-begins', fileReadingCard({ ...reading, read: 0, elapsed: 0 })],
    ['file-reading-ends', fileReadingCard({ ...reading, read: 128 * mega, elapsed: 9_000 })],
    ['file-reading-waits', fileReadingCard({ ...reading, waits: true })],
    ['file-reading-no-size', fileReadingCard({ ...reading, size: undefined })],
    ['file-answer', withFiles(none, { names: [name], size: 128 * mega, lines, others: 0, truncated: false })],
    [
      'file-answer-long-name',
      withFiles(none, { names: [longWord], size: 812, lines: 1, others: 0, truncated: true }),
    ],
    [
      'file-answer-several',
      withFiles(none, { names: names(name, o.many * 3), size: 812, lines, others: 2, truncated: false }),
    ],
    ['file-not-here', noticeCard({ kind: 'file-not-here', personalChat })],
    ['file-not-here-unlinked', noticeCard({ kind: 'file-not-here' })],
    ['file-absent', noticeCard({ kind: 'file-absent' })],
    ['file-not-in-cloud', noticeCard({ kind: 'file-not-in-cloud' })],
    ['file-is-picture', noticeCard({ kind: 'file-is-picture' })],
    ['text-too-long', noticeCard({ kind: 'text-too-long', personalChat })],
    ['file-not-in-window', noticeCard({ kind: 'file-not-in-window', personalChat })],
    ['no-text-here', noticeCard({ kind: 'no-text-here' })],
    ['file-read-no-more', noticeCard({ kind: 'file-read-no-more' })],
    ['read-with-the-next', noticeCard({ kind: 'read-with-the-next' })],
    ['read-with-those-before', noticeCard({ kind: 'read-with-those-before', parts: 3, lines: 412 })],
    ...fileTroubles.map(
      (why: FileTrouble): Made => [
        `file-not-read-${why}`,
        noticeCard({ kind: 'file-not-read', name, why, most: 1024 * mega }),
      ],
    ),
  ];
}
