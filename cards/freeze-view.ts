/** The stop to all changes that is in force. Reason and names are outside text. */
export type FreezeView =
  | { readonly kind: 'person'; readonly by: string; readonly reason: string; readonly since: Date }
  /** By a file on the bot's host; `since`: when it was written, where that is known. */
  | { readonly kind: 'file'; readonly file: string; readonly reason: string; readonly since?: Date }
  /** The file is there and cannot be read, which freezes too. */
  | { readonly kind: 'file-unread'; readonly file: string };
