/** Every object of a card, in reading order. */
export const nodesOf = (value: unknown): Record<string, unknown>[] => {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (value === null || typeof value !== 'object') return [];
  const node = value as Record<string, unknown>;
  return [node, ...Object.values(node).flatMap(nodesOf)];
};

/** The card of a message, if it carries one. */
export const cardOf = (activity: Record<string, unknown>): Record<string, unknown> | undefined => {
  const attachments = activity.attachments as { content?: Record<string, unknown> }[] | undefined;
  return attachments?.[0]?.content;
};

export interface CardButton {
  readonly title: string;
  readonly token: string;
}

/** The buttons of a message or a card that carry a token, the fallbacks of old clients left out. */
export const buttonsOf = (activityOrCard: Record<string, unknown>): CardButton[] =>
  nodesOf(cardOf(activityOrCard) ?? activityOrCard)
    .filter((node) => node.type === 'Action.Execute')
    .map((node) => ({
      title: String(node.title),
      token: String((node.data as { token?: unknown } | undefined)?.token),
    }));

/** All that a person reads on a card, one line for each block of text. */
export const textOf = (activityOrCard: Record<string, unknown>): string =>
  nodesOf(cardOf(activityOrCard) ?? activityOrCard)
    .flatMap((node) => {
      if (node.type === 'RichTextBlock') {
        const inlines = node.inlines as { text?: string }[];
        return [inlines.map((run) => run.text ?? '').join('')];
      }
      return node.type === 'TextBlock' ? [String(node.text)] : [];
    })
    .join('\n');
