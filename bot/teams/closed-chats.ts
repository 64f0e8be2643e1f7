/** The chats that take nothing any more, as the store keeps them. No function throws: a store that is away closes no chat. */
export interface ClosedChats {
  has(conversationId: string): Promise<boolean>;
  /** @param why The code that Teams gave, or what the bot was told. */
  close(conversationId: string, why: string): Promise<void>;
  /** Somebody writes from there. */
  reopen(conversationId: string): Promise<void>;
}
