/** A file as an archive holds it. Its bytes must be read to their end before the next file is asked for. */
export interface PackedLog {
  /** Outside text; never used as a path. */
  readonly name: string;
  readonly bytes: AsyncGenerator<Uint8Array>;
  readonly isFolder: boolean;
}
