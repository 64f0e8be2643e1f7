import type { Card } from './card.ts';
import type { EvidenceLine, LogTime } from './evidence-view.ts';
import type { Token } from './press.ts';
import type { View } from './view.ts';

/** Ground that every verdict card shares. `readAt`: when the server was read. */
export interface VerdictCardData {
  readonly view: View;
  readonly server: string;
  readonly readAt: Date;
  readonly checkAgain: Token;
}

export interface HealthyCardData extends VerdictCardData {
  readonly limit: number;
  /** Path of web.config and its line. */
  readonly file: string;
  readonly line?: number;
  /** When the process that serves clients started, and when the file was written last. */
  readonly startedAt?: Date;
  readonly writtenAt?: Date;
  readonly serviceStatus?: number;
  readonly serviceMilliseconds?: number;
}
/** The limit is 800 or more, active, and no refusal is in the log. */
export function healthyCard(data: HealthyCardData): Card {
  throw new Error(`not built: ${data}`);
}

export interface NotActiveCardData extends VerdictCardData {
  readonly limit: number;
  readonly writtenAt: Date;
  readonly startedAt?: Date;
  /** Makes a plan that restarts and leaves the file as it is. */
  readonly planRestart: Token;
}
/** The file holds the raised value, the service started before it was written. */
export function notActiveCard(data: NotActiveCardData): Card {
  throw new Error(`not built: ${data}`);
}

export interface StillFailingCardData extends VerdictCardData {
  readonly limit: number;
  readonly clients: number;
  readonly count: number;
  readonly last?: LogTime;
  readonly evidence: readonly EvidenceLine[];
}
/** The limit is raised and active, and lists are still longer. */
export function stillFailingCard(data: StillFailingCardData): Card {
  throw new Error(`not built: ${data}`);
}

/** Reason codes of `remote/web-config`; any other code shows the general words. */
export interface FileRefusedCardData extends VerdictCardData {
  readonly reason: string;
  readonly file: string;
  readonly line?: number;
  /** The line as it stands, outside text. */
  readonly lineText?: string;
  /** Clients are being refused by this server, so a person has to act. */
  readonly clientsRefused: boolean;
}
/** The file is not one that the bot edits. */
export function fileRefusedCard(data: FileRefusedCardData): Card {
  throw new Error(`not built: ${data}`);
}

export interface NotWsusCardData extends VerdictCardData {
  /** Name and operating system as the server reports them. */
  readonly computer?: string;
  readonly os?: string;
}
export function notWsusCard(data: NotWsusCardData): Card {
  throw new Error(`not built: ${data}`);
}

export type ReportPart = 'computer' | 'wsus' | 'file' | 'services' | 'pool' | 'sites' | 'health' | 'log';
export interface UnclearCardData extends VerdictCardData {
  /** Parts that could not be read, with the server's reason (outside text). */
  readonly unreadable: readonly { readonly part: ReportPart; readonly reason: string }[];
  /** The limit, when it was read all the same. */
  readonly limit?: number;
}
/** A part that decides could not be read. */
export function unclearCard(data: UnclearCardData): Card {
  throw new Error(`not built: ${data}`);
}
