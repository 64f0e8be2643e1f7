import type { Generated } from 'kysely';

/** Times are ISO 8601 in UTC; `*Json` columns hold canonical JSON that is parsed where it is read. */
export interface ChangesTable {
  id: string;
  /** Short number for people: "plan 12". */
  number: Generated<number>;
  server: string;
  kind: string;
  state: string;
  /** One plan, or two when the card offers the second key: the approval names which. */
  plansJson: string;
  /** Facts the cards show that no decision depends on: lines, sites, evidence. */
  contextJson: string;
  /** The plan that was approved. */
  planHash: string | null;
  requesterId: string;
  requesterName: string;
  createdAt: string;
  expiresAt: string;
  /** The process that runs it; a take-over raises the fence, and a journal entry with an old fence is refused. */
  owner: string | null;
  fence: number;
  leaseUntil: string | null;
  startedAt: string | null;
  endedAt: string | null;
  resultJson: string | null;
  /** 1 while no other change may run on the server: approved, running, and unknown until a person has answered. */
  holdsLock: Generated<number>;
  /** Counts the moves of this change: a card that shows an older one is to be replaced. */
  version: Generated<number>;
  /** The policy that was in force when it was proposed, names as they were. */
  policyJson: string | null;
  /** Hash of what a plan covers apart from whose it is and until when: two plans with the same one are the same. */
  sameness: string | null;
  /** Of a queued change: it may start from then on; null when it waits for its turn in a batch. */
  startAfter: string | null;
  batchId: string | null;
  batchPlace: number | null;
  /** Of a change of unknown state: its way back, from when that was let go until it has ended without writing. */
  answeredBy: string | null;
  /** When those who may approve it were told last. */
  toldAt: string | null;
}

/** Every decision of a person on a change, at most one of a kind and person. */
export interface DecisionsTable {
  changeId: string;
  planHash: string;
  decision: string;
  personId: string;
  personName: string;
  at: string;
  /** Why, in the person's words: outside text. */
  reason: string | null;
}

export interface StepsTable {
  changeId: string;
  name: string;
  state: string;
  startedAt: string;
  endedAt: string | null;
  detailJson: string | null;
}

/** A card that shows a change. All of them are replaced when it moves on. */
interface PostedTable {
  conversationId: string;
  messageId: string;
  changeId: string;
  /** Set when it shows this batch as a whole; `changeId` is then the first of its changes. */
  batchId: string | null;
  address: string;
  placeKind: string;
  /** For whom it was made: approver, requester, reader, everybody, announced. */
  reader: string;
  zone: string;
  /** Of a personal chat: whose it is. */
  personId: string | null;
  /** Version of the change that it shows. */
  shownVersion: Generated<number>;
  /** Who is replacing it at this moment, and until when nobody else does. */
  shownBy: string | null;
  shownUntil: string | null;
  /** How often in a row it could not be replaced, and when it may be tried again. */
  failures: Generated<number>;
  notBefore: string | null;
}

/** Where a person can be told something: the personal chat they used last. */
interface PeopleTable {
  personId: string;
  conversationId: string;
  address: string;
  zone: string;
  seenAt: string;
}

/** What a button does. The card carries the token only. */
interface TokensTable {
  token: string;
  conversationId: string;
  actionJson: string;
  /** When a card with it was made the last time. */
  createdAt: string;
}

/** A stop to all changes, by a person. One is in force at most: the one that is not thawed. */
interface FreezesTable {
  id: string;
  reason: string;
  personId: string;
  personName: string;
  at: string;
  thawedAt: string | null;
  thawedById: string | null;
  thawedByName: string | null;
}

/** Changes that one person asked for together; each has its row in `changes`. */
interface BatchesTable {
  id: string;
  requesterId: string;
  requesterName: string;
  createdAt: string;
  /** How many may run at a time. */
  parallel: number;
  /** What was asked for, servers that were left out and why. */
  askedJson: string;
}

/** The audit, only ever added to. `hash` covers `entryJson`, which names the hash of the entry before. */
export interface AuditTable {
  /** From 1, without a gap. */
  seq: number;
  at: string;
  kind: string;
  entryJson: string;
  hash: string;
}

/** One row: the last entry. Raising its number is what puts writers in a row. */
interface AuditHeadTable {
  id: number;
  seq: number;
  hash: string;
}

/** How far the audit was handed to somebody: the webhook, the file of signed heads. */
interface AuditCursorsTable {
  name: string;
  seq: number;
  at: string;
}

/** What a replica that reaches no server asks of one that does: to read one. */
interface JobsTable {
  id: string;
  server: string;
  requestJson: string;
  /** waiting, taken or done. */
  state: string;
  /** Nobody waits for the answer after that. */
  deadline: string;
  /** The process that reads; another may take it when the lease ran out. */
  owner: string | null;
  leaseUntil: string | null;
  resultJson: string | null;
}

/** A server or a file that is being read for a person, with a button that stops it. */
interface ReadsTable {
  id: string;
  /** Nobody reads it after that, even when its replica has died. */
  until: string;
  /** 1 when somebody pressed that button. */
  isUnwanted: Generated<number>;
}

/** A chat or a team that the bot was added to. */
interface InstallationsTable {
  /** The team, or the chat. */
  id: string;
  arrivedAt: string;
  /** Taken out of it since. */
  removedAt: string | null;
}

/** A chat that is told of changes. */
interface NotifiedTable {
  conversationId: string;
  /** The team, or the chat. */
  installation: string;
  placeKind: string;
  address: string;
  zone: string;
  /** Who wanted it so. */
  personId: string;
  personName: string;
  /** Nothing from before that moment is told. */
  since: string;
}

/** What a chat was told of a change, so that nobody tells it twice. */
interface AnnouncementsTable {
  conversationId: string;
  changeId: string;
  event: string;
  at: string;
}

/** A chat that takes nothing any more: gone, blocked, or the bot was taken out of it. */
interface ClosedChatsTable {
  conversationId: string;
  /** The code that Teams gave. */
  why: string;
  at: string;
}

/** An activity that has its answer, of those that may be delivered to several replicas. */
interface LateAnswersTable {
  /** SHA-256 of what names it. */
  activity: string;
  at: string;
}

/** A replica that sends to chats: with others it has a part of what Teams takes. */
interface SendersTable {
  name: string;
  seenAt: string;
}

export interface Schema {
  changes: ChangesTable;
  decisions: DecisionsTable;
  steps: StepsTable;
  posted: PostedTable;
  people: PeopleTable;
  tokens: TokensTable;
  freezes: FreezesTable;
  batches: BatchesTable;
  audit: AuditTable;
  auditHead: AuditHeadTable;
  auditCursors: AuditCursorsTable;
  jobs: JobsTable;
  reads: ReadsTable;
  installations: InstallationsTable;
  notified: NotifiedTable;
  announcements: AnnouncementsTable;
  closedChats: ClosedChatsTable;
  senders: SendersTable;
  lateAnswers: LateAnswersTable;
}
