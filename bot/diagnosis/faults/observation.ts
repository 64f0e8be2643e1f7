import type { Fault, FaultLine, LogTime } from './fault.ts';

/** What is known about the moment and the machines of a line that is no fault. Strings are outside text. */
interface Seen {
  readonly time: LogTime | null;
  /** Lower case, without port; of the server the client's log named last, null when it named none. */
  readonly host: string | null;
  readonly client: string | null;
  readonly line: FaultLine;
}

/** A client's scan against WSUS ended well. Never told of a scan against Microsoft's own services. */
export interface ScanSucceeded extends Seen {
  readonly kind: 'scan-succeeded';
}

/** ClientWebService began to run: the server's log says so at its first request after a restart. */
interface ServiceStarted extends Seen {
  readonly kind: 'service-started';
  /** As the log writes it, "10.0.14393.2969"; null when the line is cut before it. */
  readonly productVersion: string | null;
}

/** One request to a web service of WSUS, as IIS logs it. Times are UTC: W3C logs are always written so. */
export interface RequestSeen extends Seen {
  readonly kind: 'request';
  readonly method: string;
  /** As written, without the query. */
  readonly path: string;
  readonly status: number;
  readonly subStatus: number | null;
}

/** A line that Get-WindowsUpdateLog could not decode for want of symbols: a GUID in place of text. */
interface Undecoded {
  readonly kind: 'undecoded';
  readonly line: FaultLine;
}

/** What one place of a text tells. Told once nothing further can belong to it, roughly in the order of the text. */
export type Observation =
  | { readonly kind: 'fault'; readonly fault: Fault }
  | ScanSucceeded
  | ServiceStarted
  | RequestSeen
  | Undecoded;
