import { randomBytes, randomUUID } from 'node:crypto';
import type { WsusServer } from '../remote/wsus-server.ts';
import type { ChainCheck } from './audit/chain-check.ts';
import type { FreezeState } from './changes/freeze-state.ts';
import type { Runtime } from './changes/runtime.ts';
import type { Config } from './config.ts';
import { announceChanges } from './conversation/announce-changes.ts';
import { answer } from './conversation/answer.ts';
import { answerExtension } from './conversation/answer-extension.ts';
import { answerWithoutStore } from './conversation/answer-without-store.ts';
import { coalesce } from './conversation/coalesce.ts';
import type { Desk } from './conversation/desk.ts';
import { createHeardMessages } from './conversation/heard-messages.ts';
import { createPastedParts } from './conversation/pasted-parts.ts';
import { createReads } from './conversation/reads.ts';
import { showChange } from './conversation/show-change.ts';
import { heedStops } from './conversation/stop-reading.ts';
import type { Directory } from './directory/directory.ts';
import { isInSharePoint, isOnThisMachine, type MayFetch, nowhere } from './download/file-places.ts';
import { type DownloadSettings, defaultDownload, openDownload } from './download/open-download.ts';
import type { Messages } from './http.ts';
import { pauseUnless } from './pause-unless.ts';
import { type SendLimits, shareOfLimits } from './sending/send-limits.ts';
import { changesBehind } from './store/card-claim.ts';
import { claimAnswer } from './store/claim-answer.ts';
import { closeChat, isChatClosed, reopenChat } from './store/closed-chats.ts';
import { freshenAddresses } from './store/freshen-addresses.ts';
import type { Database } from './store/open-database.ts';
import { beNoSender, beSender, countSenders } from './store/senders.ts';
import type { ClosedChats } from './teams/closed-chats.ts';
import { createFreshAddresses } from './teams/fresh-addresses.ts';
import type { LateAnswers } from './teams/late-answers.ts';
import { createTeamsBot, type TeamsBotOptions } from './teams/teams-bot.ts';
import { cloudOf, type Trust } from './teams/trust.ts';

export interface FrontOptions extends Omit<TeamsBotOptions, 'sending' | 'closedChats' | 'lateAnswers'> {
  /** Names this replica among all that share the store. */
  readonly owner: string;
  /** Milliseconds of a clock that never goes back. */
  readonly monotonic: () => number;
  readonly config: Config;
  readonly database: Database;
  readonly runtime: Runtime;
  readonly directory: Directory;
  readonly freezeState: () => Promise<FreezeState>;
  readonly auditChain: ChainCheck['state'];
  readonly server: (name: string) => WsusServer | undefined;
  /** Runs an approved change in this process; where none does, another one finds it. */
  readonly startChange: (id: string) => void;
  /** At most one edit of a card in this time, milliseconds. */
  readonly cardRest: number;
  /** How files are fetched that people send, where it is not as usual. */
  readonly download?: Partial<DownloadSettings>;
  /** How fast is sent, where the chat is not Teams. */
  readonly sendLimits?: SendLimits;
}

const filePlacesOf = (trust: Trust): MayFetch => {
  if (trust.loopbackOnly) return isOnThisMachine;
  return cloudOf(trust).handsOverFiles ? isInSharePoint : nowhere;
};

/** The part of a replica that hears and answers people, and keeps their cards true. */
export interface Front {
  readonly messages: Messages;
  /** Brings the cards of a change up to date, soon and not too often. */
  moved(changeId: string): void;
  /** Finds the cards that were left behind: by another process that only runs changes, or one that died. */
  lookForCardsBehind(): Promise<void>;
  /** Tells the chats that want it of plans and of how changes ended. */
  announce(): Promise<void>;
  /** Says that this replica sends, and looks how many others do: each has its part of what Teams takes. */
  shareLimits(): Promise<void>;
  /** Gives back the memory of texts whose next part did not come. */
  forgetOldTexts(): void;
  /** Stops what another replica was asked to stop here. */
  heedStops(): Promise<void>;
  /** Stops reading. Ends when all else that people were promised is done. */
  endTurns(): Promise<void>;
  /** Ends when every card that moved is shown, and nothing is to be sent any more. */
  endCards(): Promise<void>;
}

export const startFront = (options: FrontOptions): Front => {
  const { config, database, runtime, onTrouble } = options;
  let limits: SendLimits = shareOfLimits(1);
  const bot = createTeamsBot({
    ...options,
    sending: {
      limits: () => options.sendLimits ?? limits,
      monotonic: options.monotonic,
      pause: pauseUnless,
      random: Math.random,
    },
    closedChats: closedChatsIn(options),
    lateAnswers: lateAnswersIn(options),
    now: runtime.now,
  });
  const shown = coalesce(
    (id) => showChange(desk, id),
    runtime.pause,
    options.cardRest,
    (id, error) => onTrouble(`showing change ${id}`, error),
  );
  const freshen = createFreshAddresses((conversationId, fresh) =>
    freshenAddresses(database, conversationId, fresh),
  );
  const download: DownloadSettings = {
    ...defaultDownload,
    mayFetch: filePlacesOf(options.trust),
    ...options.download,
  };
  const desk: Desk = {
    config,
    database,
    chat: bot.chat,
    worker: { start: options.startChange },
    directory: options.directory,
    auditChain: options.auditChain,
    freezeState: options.freezeState,
    server: options.server,
    files: {
      most: download.most,
      handedOver: cloudOf(options.trust).handsOverFiles,
      open: (url, signal) => openDownload(url, download, signal),
    },
    reads: createReads(),
    pasted: createPastedParts(runtime.now),
    heard: createHeardMessages(),
    now: runtime.now,
    pause: pauseUnless,
    onMoved: (id) => shown.ask(id),
    readDeadline: runtime.settings.readDeadline,
    randomToken: () => randomBytes(16).toString('base64url'),
    randomId: randomUUID,
    onTrouble,
  };
  return {
    messages: {
      bot,
      answer: async (inbound) => {
        await freshen(inbound.where).catch((error: unknown) => onTrouble('keeping addresses fresh', error));
        return answerWithoutStore(inbound, (given) => answer(desk, runtime, given), onTrouble);
      },
      answerExtension: (asked) => answerExtension(desk, asked),
    },
    moved: desk.onMoved,
    lookForCardsBehind: async () => {
      for (const id of await changesBehind(database, runtime.now())) shown.ask(id);
    },
    announce: () => announceChanges(desk),
    heedStops: () => heedStops(desk),
    forgetOldTexts: desk.pasted.forgetOld,
    endTurns: () => {
      desk.reads.stopAll();
      return bot.drain();
    },
    shareLimits: async () => {
      await beSender(database, options.owner, runtime.now());
      limits = shareOfLimits(await countSenders(database, runtime.now()));
    },
    endCards: async () => {
      await shown.drain();
      await bot.drain();
      // Else it is forgotten when it was not heard of for a while.
      await beNoSender(database, options.owner).catch((error: unknown) =>
        onTrouble('sending no more', error),
      );
    },
  };
};

/** The store's, for a chat that must be answered also while the store is away. */
const closedChatsIn = ({ database, runtime, onTrouble }: FrontOptions): ClosedChats => {
  const quietly = (doing: string, work: Promise<void>) =>
    work.catch((error: unknown) => onTrouble(doing, error));
  return {
    has: (id) => isChatClosed(database, id).catch(() => false),
    close: (id, why) => quietly('noting that a chat is closed', closeChat(database, id, why, runtime.now())),
    reopen: (id) => quietly('noting that a chat is open', reopenChat(database, id)),
  };
};

const lateAnswersIn = ({ database, runtime, onTrouble }: FrontOptions): LateAnswers => ({
  claim: (activity) =>
    claimAnswer(database, activity, runtime.now()).catch((error: unknown) => {
      onTrouble('asking who answers', error);
      return true;
    }),
});
