import { type Activity, TurnContext } from 'botbuilder';
import { z } from 'zod';
import type { Person } from '../changes/person.ts';
import type { Place } from '../changes/place.ts';
import type { Inbound } from '../conversation/chat.ts';
import { inboundText } from './inbound-text.ts';

const token = z.object({ token: z.string() });
const inputs = z.record(z.string(), z.unknown());
const execute = z.object({ action: z.object({ data: z.unknown() }) });

/**
 * An activity as the conversation takes it; undefined for everything it has no use for (typing, reactions, read receipts).
 * The activity comes from outside: every part is looked at before it is used.
 */
export const inboundOf = (activity: Activity): Inbound | undefined => {
  const where = placeOf(activity);
  const common = { who: personOf(activity), where, zone: zoneOf(activity) };
  switch (activity.type) {
    case 'message': {
      const submitted = pressedIn(activity.value);
      if (submitted !== undefined)
        return { kind: 'press', ...common, ...submitted, cardId: activity.replyToId };
      return { kind: 'message', ...common, text: inboundText(activity) };
    }
    case 'invoke': {
      if (activity.name !== 'adaptiveCard/action') return undefined;
      const pressed = pressedIn(execute.safeParse(activity.value).data?.action.data);
      // A press without a token is answered too: no button of ours, and the person is told.
      return {
        kind: 'press',
        ...common,
        ...(pressed ?? { token: '', inputs: {} }),
        cardId: activity.replyToId,
      };
    }
    case 'installationUpdate':
      return activity.action === 'add' ? { kind: 'installed', ...common } : undefined;
    default:
      return undefined;
  }
};

const pressedIn = (data: unknown): { token: string; inputs: Record<string, string> } | undefined => {
  const pressed = token.safeParse(data);
  if (!pressed.success) return undefined;
  const values = Object.entries(inputs.parse(data)).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'boolean' ? [[name, String(value)] as const] : [],
  );
  return { token: pressed.data.token, inputs: Object.fromEntries(values) };
};

const personOf = (activity: Activity): Person => ({
  aadObjectId: activity.from?.aadObjectId ?? '',
  name: (activity.from?.name ?? '').slice(0, 200),
});

const placeOf = (activity: Activity): Place => {
  const { conversation } = activity;
  const kind = conversation.conversationType;
  return {
    conversationId: conversation.id.replace(/;messageid=\d+$/, ''),
    kind: kind === 'channel' ? 'channel' : kind === 'groupChat' ? 'group' : 'personal',
    address: JSON.stringify(TurnContext.getConversationReference(activity)),
  };
};

const zoneOf = (activity: Activity): string | undefined => {
  const zone = activity.localTimezone;
  return typeof zone === 'string' && zone !== '' && zone.length < 64 ? zone : undefined;
};
