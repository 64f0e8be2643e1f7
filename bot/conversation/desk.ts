import type { Token } from '../../cards/press.ts';
import type { View } from '../../cards/view.ts';
import type { WsusServer } from '../../remote/wsus-server.ts';
import type { ChainCheck } from '../audit/chain-check.ts';
import type { FreezeState } from '../changes/freeze-state.ts';
import type { Person } from '../changes/person.ts';
import type { Place } from '../changes/place.ts';
import type { Worker } from '../changes/worker.ts';
import type { Config, ServerConfig } from '../config.ts';
import type { Directory } from '../directory/directory.ts';
import type { Download } from '../download/open-download.ts';
import type { Database } from '../store/open-database.ts';
import { type Action, keepToken } from '../store/tokens.ts';
import type { Chat } from './chat.ts';
import type { HeardMessages } from './heard-messages.ts';
import type { PastedParts } from './pasted-parts.ts';
import type { Reads } from './reads.ts';

/** What the conversation works with. */
export interface Desk {
  readonly config: Pick<Config, 'servers' | 'groups' | 'policy' | 'autoCheck' | 'activation'>;
  readonly database: Database;
  readonly chat: Chat;
  readonly worker: Pick<Worker, 'start'>;
  readonly directory: Directory;
  readonly freezeState: () => Promise<FreezeState>;
  /** Whether the audit is as it was written. */
  readonly auditChain: ChainCheck['state'];
  readonly server: (name: string) => WsusServer | undefined;
  /** Files that people send. */
  readonly files: FileSource;
  readonly reads: Reads;
  readonly pasted: PastedParts;
  readonly heard: HeardMessages;
  readonly now: () => Date;
  /** Resolves after that time, or when the signal is aborted. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** The cards of a change are to be brought up to date, soon and not too often. Must not throw. */
  readonly onMoved: (changeId: string) => void;
  /** How long a report may take, milliseconds. */
  readonly readDeadline: number;
  /** 128 random bits, base64url. */
  readonly randomToken: () => string;
  /** A random GUID. */
  readonly randomId: () => string;
  /** Something that went wrong where nobody can be answered any more: for the log. */
  readonly onTrouble: (doing: string, error: unknown) => void;
}

/** Fetches a file by the address that the chat gave. */
interface FileSource {
  /** False in a cloud in which Teams hands no files to bots. True when left out. */
  readonly handedOver?: boolean;
  /** Throws a DownloadError, also while the bytes are read. */
  open(url: string, signal: AbortSignal): Promise<Download>;
  /** Bytes of one file, at most. */
  readonly most: number;
}

/** Who speaks, where, and how times are shown there. */
export interface Turn {
  readonly who: Person;
  readonly where: Place;
  /** IANA zone for the cards of this place: the person's in a personal chat, else UTC. */
  readonly zone: string;
}

export const viewOf = (desk: Desk, zone: string): View => ({ now: desk.now(), zone });

/** A token for a button in this conversation. */
export const tokenFor = (desk: Desk, where: Place, action: Action): Promise<Token> =>
  keepToken(desk.database, desk.randomToken(), where.conversationId, action, desk.now());

/** A server of the inventory by its name or host, ignoring case. */
export const serverNamed = (desk: Pick<Desk, 'config'>, name: string): ServerConfig | undefined => {
  const wanted = name.toLowerCase();
  return desk.config.servers.find(
    (server) => server.name.toLowerCase() === wanted || server.host.toLowerCase() === wanted,
  );
};

export const namesOf = (people: readonly { readonly name: string }[]): string[] =>
  people.map((person) => person.name);
