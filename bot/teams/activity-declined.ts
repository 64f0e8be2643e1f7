import { CodedError } from '../../remote/coded-error.ts';
import type { Stranger } from './words-for-strangers.ts';

/** Why an activity with a good token was not worked on: one row per code, the same rows as in docs/errors.md. */
export const activityErrors = {
  'activity.shape': {
    reason: 'it is no activity of a conversation',
    remedy: 'Nothing: the service sent something that the bot has no use for.',
  },
  'activity.channel': {
    reason: 'it comes from another channel than Teams',
    remedy: 'Turn the other channels of the Azure Bot off.',
  },
  'activity.service-url': {
    reason: 'its service address is not one of this cloud',
    remedy: 'When your own messages stay unanswered, check "cloud" in wsus-bot.yaml.',
  },
  'activity.bot': {
    reason: 'a bot sent it',
    remedy: 'Nothing: two bots could answer each other for ever.',
  },
  'activity.tenant': {
    reason: 'it comes from another tenant',
    remedy: 'When your own messages stay unanswered, check "tenant" in wsus-bot.yaml.',
  },
  'activity.person': {
    reason: 'its sender has no id in Teams, or no object id in Entra',
    remedy: 'Write to the bot in Teams with a work account.',
  },
  'activity.guest': {
    reason: 'its sender is no member of the tenant',
    remedy: 'Ask a member to write to the bot.',
  },
  'activity.unknown': {
    reason: 'Teams does not say now who its sender is',
    remedy: 'Try again in a minute. The line before says what Teams answered.',
  },
} as const satisfies Record<`activity.${Stranger}`, { reason: string; remedy: string }>;

/** Holds nothing of the activity. */
export class ActivityDeclined extends CodedError {
  constructor(stranger: Stranger) {
    const code = `activity.${stranger}` as const;
    super(code, { doing: 'receiving an activity', ...activityErrors[code] });
    this.name = 'ActivityDeclined';
  }
}
