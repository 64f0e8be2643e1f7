import type { Activity } from 'botbuilder';
import type { ExtensionAsk, ExtensionReply } from '../conversation/chat.ts';
import { clientLanguage } from './client-language.ts';
import { extensionAskOf } from './inbound-activity.ts';
import { extensionResponse, notImplemented } from './invoke-response.ts';

export type AnswerExtension = (asked: ExtensionAsk) => ExtensionReply;

/** The message extension is answered in its response, and reaches no chat. */
export const extensionAnswer = (
  activity: Activity,
  answer: AnswerExtension | undefined,
): Partial<Activity> => {
  const asked = extensionAskOf(activity);
  return asked === undefined || answer === undefined
    ? notImplemented
    : extensionResponse(answer(asked), clientLanguage(activity));
};
