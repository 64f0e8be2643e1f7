/** One line of a log as it was sent or read; all of it outside text. */
export interface EvidenceLine {
  /** "SoftwareDistribution.log"; absent when it is not known. */
  readonly source?: string;
  /** Counted from 1 in what was sent or read. */
  readonly line?: number;
  readonly text: string;
}

/** A time out of a log: an instant when the zone is known, else as the log prints it. */
export type LogTime = { readonly at: Date } | { readonly asLogged: string };

/** A server as a log names it. `name` is the inventory's short name when `inInventory`. */
export interface NamedServer {
  readonly name: string;
  /** Full host name in the log, when it differs from `name`. */
  readonly host?: string;
  readonly inInventory: boolean;
}

export interface HourCount {
  readonly startsAt: LogTime;
  /** Length in minutes: 60, less for a part hour. */
  readonly minutes: number;
  readonly count: number;
}

/** Who was refused, how often, when, and what happened after. Absent parts are not known and not shown. */
export interface SeenView {
  readonly servers: readonly NamedServer[];
  /** Servers that the text names beyond those that were kept. */
  readonly moreServers?: boolean;
  /** Distinct clients; 0 when the lines name none. */
  readonly clients: number;
  /** There are more clients than were counted. */
  readonly moreClients?: boolean;
  readonly count: number;
  readonly first?: LogTime;
  readonly last?: LogTime;
  /** Without gaps, oldest first. */
  readonly perHour?: readonly HourCount[];
  /** A scan ended well after the last of them. */
  readonly recovered?: LogTime;
  /** The web service began to run again after the last of them. */
  readonly restarted?: LogTime;
  /** Hosts of other servers against which scans work; outside text. */
  readonly worksOn?: readonly string[];
}
