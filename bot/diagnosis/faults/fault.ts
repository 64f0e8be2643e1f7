/** The log a line comes from, as far as its shape tells. */
export type SourceLog =
  | 'SoftwareDistribution.log'
  | 'WindowsUpdate.log'
  | 'WUAHandler.log'
  | 'ScanAgent.log'
  | 'ConfigMgr log'
  | 'ReportingEvents.log'
  | 'IIS log'
  | 'unknown';

/** What is known about the zone of a time: UTC by its log, an offset written beside it, or a machine's local time nobody named. */
export type TimeZoneKnown = 'utc' | 'offset' | 'local';

export interface LogTime {
  /** ISO 8601 to the millisecond: "…Z" for utc and offset, without a zone for local. */
  readonly iso: string;
  readonly zone: TimeZoneKnown;
}

/** The web service of WSUS a fault came from, read from Method or actor. */
export type Service = 'ClientWebService' | 'SimpleAuthWebService' | 'ServerSyncWebService' | 'other';

export interface FaultLine {
  /** 1 for the first line of the text. */
  readonly line: number;
  /** As it was written. Outside text. */
  readonly text: string;
  readonly source: SourceLog;
}

/**
 * One SOAP fault or error code read out of text. Every string but `hresults` is outside text.
 * A field that was not readable is null; an element that was there and empty is ''.
 */
export interface Fault {
  /** Upper-case hex without 0x, in order of appearance. */
  readonly hresults: readonly string[];
  readonly errorCode: string | null;
  readonly message: string | null;
  readonly method: string | null;
  readonly actor: string | null;
  readonly service: Service | null;
  /** Of the actor, or the last server URL the client's log named before the fault. */
  readonly serverUrl: string | null;
  readonly host: string | null;
  readonly client: string | null;
  readonly id: string | null;
  readonly time: LogTime | null;
  readonly source: SourceLog;
  /** Where it begins; the same as lines[0].line. */
  readonly line: number;
  readonly lines: readonly FaultLine[];
  /** Carries the placeholders of Microsoft's article (GUID, WSUSServerName, Client_ID) in place of values. */
  readonly isExample: boolean;
}
