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
}

/** Every decision of a person on a change, at most one of a kind. */
export interface DecisionsTable {
  changeId: string;
  planHash: string;
  decision: string;
  personId: string;
  personName: string;
  at: string;
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
  address: string;
  placeKind: string;
  /** For whom it was made: approver, requester, reader, everybody. */
  reader: string;
  zone: string;
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
  createdAt: string;
}

export interface Schema {
  changes: ChangesTable;
  decisions: DecisionsTable;
  steps: StepsTable;
  posted: PostedTable;
  people: PeopleTable;
  tokens: TokensTable;
}
