import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { ExtensionAsk } from '../conversation/chat.ts';
import { inboundText } from './inbound-text.ts';
import { sentFiles } from './sent-files.ts';

const fetchTask = 'composeExtension/fetchTask';
const submitAction = 'composeExtension/submitAction';

/** The id of the command in the app's manifest. */
const commandId = 'diagnose';

/** Whether an activity comes from the message extension. */
export const isExtension = ({ type, name }: Pick<Activity, 'type' | 'name'>): boolean =>
  type === 'invoke' && (name === fetchTask || name === submitAction);

const value = z.object({
  commandId: z.literal(commandId),
  /** What the buttons of our own windows send (`cards/diagnose-window.ts`), or what the client says they do. */
  data: z
    .object({ wants: z.enum(['answer', 'insert']), text: z.string().optional() })
    .optional()
    .catch(undefined),
  /** The message whose menu was opened. */
  messagePayload: z
    .object({
      body: z.object({ contentType: z.string().catch('html'), content: z.string() }),
      attachments: z.unknown(),
    })
    .optional()
    .catch(undefined),
});

type Asked = Pick<ExtensionAsk, 'wants' | 'text' | 'quoted' | 'namesFile'>;

/** What the message extension asks for; undefined for a command that is none of ours. */
export const extensionAsks = (activity: Pick<Activity, 'name' | 'value'>): Asked | undefined => {
  const given = value.safeParse(activity.value).data;
  if (given === undefined) return undefined;
  const { data, messagePayload } = given;
  const message = messagePayload === undefined ? nothing : textOf(messagePayload);
  if (activity.name === fetchTask) {
    return messagePayload === undefined ? { wants: 'form', ...nothing } : { wants: 'answer', ...message };
  }
  const pasted = data?.text === undefined ? message : { ...nothing, text: data.text };
  return { wants: data?.wants ?? 'answer', ...pasted };
};

const nothing = { text: '', quoted: '', namesFile: false };

const textOf = ({
  body,
  attachments,
}: NonNullable<z.infer<typeof value>['messagePayload']>): Omit<Asked, 'wants'> => {
  const others = z.array(z.unknown()).catch([]).parse(attachments);
  const { text, quoted, namesAttachment } = inboundText(
    body.contentType === 'html'
      ? { attachments: [{ contentType: 'text/html', content: body.content }, ...others] }
      : { text: body.content, attachments: others },
  );
  return { text, quoted, namesFile: sentFiles({ attachments }, namesAttachment).length > 0 };
};
