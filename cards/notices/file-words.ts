import { states } from '../blocks/strip.ts';
import { countText } from '../count-text.ts';
import { type OwnText, own } from '../own-text.ts';
import { sizeText } from '../size-text.ts';
import type { NoticeWords, Word } from './notice-words.ts';

/** Why a file that a person sent was not read to its end. */
export const fileTroubles = [
  'place',
  'gone',
  'too-large',
  'moved',
  'not-given',
  'unreachable',
  'stalled',
  'too-slow',
  'cut-short',
  'stopped',
  'bot-stops',
  'not-text',
  'archive-kind',
  'archive-broken',
  'archive-locked',
  'archive-nested',
  'archive-crowded',
  'archive-swells',
  'defect',
] as const;
export type FileTrouble = (typeof fileTroubles)[number];

/** About files, and about text that comes in parts. */
export type FileNotice =
  /** A group or a channel: Teams hands no files to a bot there. `personalChat`: an address of ours. */
  | { readonly kind: 'file-not-here'; readonly personalChat?: string }
  /** A personal chat in which Teams names the file and does not hand it over. */
  | { readonly kind: 'file-absent' }
  /** A cloud of Microsoft in which Teams hands no files to bots at all. */
  | { readonly kind: 'file-not-in-cloud' }
  | { readonly kind: 'file-is-picture' }
  /** `most`: bytes of one file. */
  | {
      readonly kind: 'file-not-read';
      readonly name: string;
      readonly why: FileTrouble;
      readonly most: number;
    }
  /** In the window of the message extension: a message that is longer than is read there, one that is a file, one without words. */
  | {
      readonly kind: 'text-too-long' | 'file-not-in-window' | 'no-text-here';
      readonly personalChat?: string;
    }
  /** Stop was pressed, and no such file is being read. */
  | { readonly kind: 'file-read-no-more' }
  | { readonly kind: 'stopping-to-read' }
  /** In the place of an answer: more of the same text came, and one answer to all of it is below. */
  | { readonly kind: 'read-with-the-next' }
  /** More of the same text came, and the answer above stays. `parts`: messages so far. */
  | { readonly kind: 'read-with-those-before'; readonly parts: number; readonly lines: number };

const onYourMachine: readonly Word[] = [
  own`Run `,
  { typed: 'wsus-bot diagnose' },
  own` on it where it lies, or paste only the lines around the failure.`,
];

export function fileWords(notice: FileNotice): NoticeWords {
  switch (notice.kind) {
    case 'file-not-here':
      return {
        heading: own`Files do not reach me in this chat`,
        reason: [
          own`Teams hands files to me in a personal chat only. Here I see that there was one, and nothing of it.`,
        ],
        next: [own`Send it to me in our personal chat, or paste the lines around the failure here.`],
        ...(notice.personalChat === undefined ? {} : { personalChat: notice.personalChat }),
      };
    case 'file-absent':
      return {
        heading: own`Your file did not reach me`,
        reason: [
          own`Teams names the file and does not hand it over: a link does that, and so do some clouds.`,
        ],
        next: [
          own`Attach the file itself with the paper clip. If that repeats, paste the lines around the failure.`,
        ],
      };
    case 'file-not-in-cloud':
      return {
        heading: own`Files do not reach me`,
        reason: [
          own`In this cloud Teams hands no files to bots. I see that there was one, and nothing of it.`,
        ],
        next: [
          own`Paste the lines around the failure here, or run `,
          { typed: 'wsus-bot diagnose' },
          own` on the file where it lies.`,
        ],
      };
    case 'file-is-picture':
      return {
        heading: own`I cannot read pictures`,
        reason: [own`This is a picture, and I read text.`],
        next: [own`Paste the lines as text, or attach the log file.`],
      };
    case 'text-too-long':
      return {
        heading: own`This text is too long to read here`,
        reason: [own`This text is longer than I read in this window.`],
        next: [own`Send me the log as a file in our chat, or paste only the lines around the failure.`],
        ...(notice.personalChat === undefined ? {} : { personalChat: notice.personalChat }),
      };
    case 'file-not-in-window':
      return {
        heading: own`Files do not reach me here`,
        reason: [own`The message shows a file or a picture. Teams hands it to me in our own chat only.`],
        next: [own`Send me the file in our chat, or paste the lines around the failure.`],
        ...(notice.personalChat === undefined ? {} : { personalChat: notice.personalChat }),
      };
    case 'no-text-here':
      return {
        heading: own`This message has no text that I can read`,
        reason: [own`This message has no text that I can read.`],
        next: [own`Choose a message with log lines, or paste them to me in our chat.`],
        ...(notice.personalChat === undefined ? {} : { personalChat: notice.personalChat }),
      };
    case 'file-not-read':
      return notRead(notice);
    case 'file-read-no-more':
      return {
        heading: own`I do not read that file any more`,
        reason: [own`I do not read that file any more.`],
        next: [own`Send it once more when you want it read.`],
      };
    case 'stopping-to-read':
      return {
        state: states.stopped,
        heading: own`I stop reading`,
        reason: [own`I stop reading.`],
        next: [own`Nothing of the file is kept.`],
      };
    case 'read-with-the-next':
      return {
        state: states.superseded,
        heading: own`Read together with what you sent after it`,
        reason: [own`You sent more of the same text, so I read all of it as one.`],
        next: [own`The answer to all of it is below.`],
      };
    case 'read-with-those-before':
      return {
        heading: own`Read together with what you sent before`,
        reason: [
          own`I read your last ${countText(notice.parts)} messages as one text of ${countText(notice.lines)} lines.`,
        ],
        next: [own`My answer above stays. I brought it up to date.`],
      };
  }
}

function notRead({ name, why, most }: Extract<FileNotice, { kind: 'file-not-read' }>): NoticeWords {
  const { heading, because, next } = troubles(most)[why];
  return { heading, reason: [own`I did not read `, { name }, own`: `, because, own`.`], next };
}

interface TroubleWords {
  readonly heading: OwnText;
  readonly because: OwnText;
  readonly next: readonly Word[];
}

function troubles(most: number): Readonly<Record<FileTrouble, TroubleWords>> {
  const again: readonly Word[] = [own`Send the file once more.`];
  const attach: readonly Word[] = [own`Attach the file itself in our personal chat, not a link to it.`];
  const unpacked: readonly Word[] = [own`Send the logs themselves, not packed.`];
  return {
    place: {
      heading: own`I do not fetch files from there`,
      because: own`I fetch only what lies in the SharePoint or OneDrive of an organisation`,
      next: attach,
    },
    gone: {
      heading: own`The link to your file does not work`,
      because: own`the link that Teams gave me does not work any more. It lasts some minutes`,
      next: again,
    },
    'too-large': {
      heading: own`Your file is too large for a chat`,
      because: own`it is larger than ${sizeText(most)}`,
      next: onYourMachine,
    },
    moved: {
      heading: own`Your file lies somewhere else`,
      because: own`its host sends me on to another place, and I do not follow`,
      next: attach,
    },
    'not-given': {
      heading: own`I do not get your file`,
      because: own`SharePoint does not give it to me`,
      next: [...again, own` If that repeats, paste the lines around the failure.`],
    },
    unreachable: {
      heading: own`I cannot fetch your file`,
      because: own`I cannot reach the SharePoint that it lies in`,
      next: [
        own`Paste the lines around the failure. Tell the person who runs me that I need HTTPS to SharePoint for files.`,
      ],
    },
    stalled: {
      heading: own`Your file stopped coming`,
      because: own`SharePoint stopped sending it`,
      next: [...again, own` If that repeats: `, ...onYourMachine],
    },
    'too-slow': {
      heading: own`Your file took too long`,
      because: own`it did not come through in the time that I have for one file`,
      next: onYourMachine,
    },
    'cut-short': {
      heading: own`Your file broke off`,
      because: own`it broke off before its end, so that an answer could be wrong`,
      next: again,
    },
    stopped: {
      heading: own`I stopped reading`,
      because: own`reading was stopped. Nothing of it is kept`,
      next: [own`Send it once more when you want it read.`],
    },
    'bot-stops': {
      heading: own`I was stopped while I read`,
      because: own`I was stopped before its end. Nothing of it is kept`,
      next: [own`Send it once more in a minute.`],
    },
    'not-text': {
      heading: own`That is no log that I can read`,
      because: own`it is not text`,
      next: [
        own`On Windows 10 and later the log of Windows Update is in trace files: `,
        { typed: 'Get-WindowsUpdateLog' },
        own` makes text of them. Send that.`,
      ],
    },
    'archive-kind': {
      heading: own`I cannot unpack that archive`,
      because: own`I cannot unpack this kind of archive`,
      next: [own`Send the logs themselves, or packed as zip or gzip.`],
    },
    'archive-broken': {
      heading: own`That archive is damaged`,
      because: own`the archive is damaged or was cut off`,
      next: [own`Pack and send it once more, or send the logs themselves.`],
    },
    'archive-locked': {
      heading: own`That archive has a password`,
      because: own`the archive asks for a password`,
      next: [own`Pack the logs without a password, or send them as they are.`],
    },
    'archive-nested': {
      heading: own`Too many archives in one another`,
      because: own`archives are packed into one another too deep`,
      next: unpacked,
    },
    'archive-crowded': {
      heading: own`Too many files in that archive`,
      because: own`the archive holds too many files`,
      next: [own`Pack only the logs: SoftwareDistribution.log of the server, WindowsUpdate.log of a client.`],
    },
    'archive-swells': {
      heading: own`That archive unpacks to too much`,
      because: own`it unpacks to far more than its size`,
      next: unpacked,
    },
    defect: {
      heading: own`Reading broke off`,
      because: own`a part of me stopped while I read it. Nothing of it is kept`,
      next: [...again, own` If that repeats, tell the person who runs me.`],
    },
  };
}
