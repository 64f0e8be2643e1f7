/** Where a message came from. `address` is opaque to everything but bot/teams, which can post there again later. */
export interface Place {
  readonly conversationId: string;
  readonly kind: 'personal' | 'group' | 'channel';
  readonly address: string;
}

/** A card that was posted and can be replaced. */
export interface PostedCard {
  readonly where: Place;
  readonly messageId: string;
}
