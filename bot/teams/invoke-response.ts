import { type Activity, ActivityTypes, CardFactory } from 'botbuilder';
import type { Card } from '../../cards/card.ts';
import type { Language } from '../../cards/languages/language.ts';
import { own, type Words } from '../../cards/own-text.ts';
import type { ExtensionReply } from '../conversation/chat.ts';
import { cardJson } from './card-activity.ts';
import { clientLanguage } from './client-language.ts';
import { isExtension } from './extension-activity.ts';

/** The answer to a pressed button (invoke `adaptiveCard/action`): the card that takes its place, or a line of text. */
export const invokeResponse = (
  answer: { card: Card } | { text: Words },
  language: Language,
): Partial<Activity> => ({
  type: ActivityTypes.InvokeResponse,
  value: {
    status: 200,
    body:
      'card' in answer
        ? {
            statusCode: 200,
            type: 'application/vnd.microsoft.card.adaptive',
            value: cardJson(answer.card.in(language), answer.card.ownViews),
          }
        : {
            statusCode: 200,
            type: 'application/vnd.microsoft.activity.message',
            value: answer.text.in(language),
          },
  },
});

/** The answer to the message extension: a window, what the person may send, or a line of text in the window. */
export const extensionResponse = (
  answer: ExtensionReply | { text: Words },
  language: Language,
): Partial<Activity> => ({
  type: ActivityTypes.InvokeResponse,
  value: { status: 200, body: extensionBody(answer, language) },
});

const extensionBody = (answer: ExtensionReply | { text: Words }, language: Language): object => {
  if ('text' in answer) return { task: { type: 'message', value: answer.text.in(language) } };
  if ('window' in answer) {
    const { title, card } = answer.window;
    const { json } = card.in(language);
    const value = {
      title: title.in(language),
      height: 'large',
      width: 'medium',
      card: CardFactory.adaptiveCard(json),
    };
    return { task: { type: 'continue', value } };
  }
  // Teams puts it into the compose box, also where the bot is no member; the person sends it.
  const { json, summary } = answer.insert.in(language);
  const preview = CardFactory.thumbnailCard(own`Diagnose`.in(language), summary);
  return {
    composeExtension: {
      type: 'result',
      attachmentLayout: 'list',
      attachments: [{ ...CardFactory.adaptiveCard(json), preview }],
    },
  };
};

/** A line of text in answer to an invoke, in the form that its kind takes. */
export const lineInResponse = (
  to: Pick<Activity, 'type' | 'name' | 'locale'>,
  text: Words,
): Partial<Activity> => {
  const language = clientLanguage(to);
  return isExtension(to) ? extensionResponse({ text }, language) : invokeResponse({ text }, language);
};

/** The answer to an invoke that the bot has no use for. */
export const notImplemented: Partial<Activity> = {
  type: ActivityTypes.InvokeResponse,
  value: { status: 501 },
};
