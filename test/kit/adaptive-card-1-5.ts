import { z } from 'zod';

/**
 * The part of Adaptive Cards 1.5 that our cards use, after the facts of `schemas/1.5.0/adaptive-card.json` in the AdaptiveCards
 * repository: types, required properties, words of an enumeration, and no property besides. Narrower than that schema where
 * clients differ: words in one spelling, a TextRun never as a bare string, no element that fails on a phone.
 */

const spacing = z.enum(['None', 'Small', 'Default', 'Medium', 'Large', 'ExtraLarge', 'Padding']).optional();
const style = z.enum(['default', 'emphasis', 'good', 'attention', 'warning', 'accent']).optional();
const alignment = z.enum(['Left', 'Center', 'Right']).optional();
const pixels = z.templateLiteral([z.int().positive(), 'px']);
const flag = z.boolean().optional();

/** What every element may have. */
const base = {
  id: z.string().min(1).optional(),
  isVisible: flag,
  separator: flag,
  spacing,
};
const text = {
  text: z.string(),
  weight: z.enum(['Lighter', 'Default', 'Bolder']).optional(),
  size: z.enum(['Small', 'Default', 'Medium', 'Large', 'ExtraLarge']).optional(),
  fontType: z.enum(['Default', 'Monospace']).optional(),
  isSubtle: flag,
};

/** What a press sends besides the inputs. The schema allows a string too; Teams hands only an object on. */
const pressed = {
  title: z.string().min(1),
  data: z.record(z.string(), z.unknown()),
  style: z.enum(['default', 'positive', 'destructive']).optional(),
  associatedInputs: z.enum(['auto', 'none']).optional(),
};
const submit = z.strictObject({ type: z.literal('Action.Submit'), ...pressed });
/** Of 1.4. Clients that do not know it press Action.Submit. */
const execute = z.strictObject({
  type: z.literal('Action.Execute'),
  ...pressed,
  verb: z.string().min(1),
  fallback: submit.optional(),
});
const openUrl = z.strictObject({
  type: z.literal('Action.OpenUrl'),
  title: z.string().min(1),
  url: z.url({ protocol: /^https$/ }),
});
const toggleVisibility = z.strictObject({
  type: z.literal('Action.ToggleVisibility'),
  title: z.string().min(1),
  targetElements: z.array(z.string().min(1)).min(1),
});
const action = z.discriminatedUnion('type', [execute, submit, openUrl, toggleVisibility]);

const textBlock = z.strictObject({
  type: z.literal('TextBlock'),
  ...base,
  ...text,
  wrap: flag,
  horizontalAlignment: alignment,
  style: z.enum(['default', 'heading']).optional(),
});
const richTextBlock = z.strictObject({
  type: z.literal('RichTextBlock'),
  ...base,
  horizontalAlignment: alignment,
  inlines: z.array(z.strictObject({ type: z.literal('TextRun'), ...text })).min(1),
});
const actionSet = z.strictObject({
  type: z.literal('ActionSet'),
  ...base,
  actions: z.array(action).min(1).max(6),
});

/** Label, error and id of every input; without a label a screen reader has nothing to say. */
const input = {
  ...base,
  id: z.string().min(1),
  label: z.string().min(1),
  isRequired: flag,
  errorMessage: z.string().min(1).optional(),
};
const inputText = z.strictObject({
  type: z.literal('Input.Text'),
  ...input,
  placeholder: z.string().optional(),
  isMultiline: flag,
  maxLength: z.int().positive().optional(),
  regex: z.string().optional(),
});
const inputChoiceSet = z.strictObject({
  type: z.literal('Input.ChoiceSet'),
  ...input,
  placeholder: z.string().optional(),
  style: z.enum(['compact', 'expanded']).optional(),
  choices: z.array(z.strictObject({ title: z.string().min(1), value: z.string().min(1) })).min(1),
});
const { label: _, ...unlabelled } = input;
/** Its title is what stands beside the box, and what is read. */
const inputToggle = z.strictObject({
  type: z.literal('Input.Toggle'),
  ...unlabelled,
  title: z.string().min(1),
  value: z.enum(['true', 'false']).optional(),
  wrap: flag,
});

const boxed = {
  ...base,
  style,
  bleed: flag,
  minHeight: pixels.optional(),
};
const container = z.strictObject({
  type: z.literal('Container'),
  ...boxed,
  get items() {
    return z.array(element).min(1);
  },
  selectAction: execute.optional(),
});
const columnSet = z.strictObject({
  type: z.literal('ColumnSet'),
  ...boxed,
  selectAction: execute.optional(),
  get columns() {
    return z.array(column).min(1);
  },
});
const column = z.strictObject({
  type: z.literal('Column'),
  ...boxed,
  width: z.union([z.enum(['auto', 'stretch']), z.number().positive(), pixels]),
  get items() {
    return z.array(element);
  },
});
const element: z.ZodType = z.lazy(() =>
  z.discriminatedUnion('type', [
    textBlock,
    richTextBlock,
    actionSet,
    inputText,
    inputChoiceSet,
    inputToggle,
    container,
    columnSet,
  ]),
);

/** Of 1.4. Teams takes at most 60 people, and asks by an Action.Execute alone: it has no button, so no title and no fallback. */
const refresh = z.strictObject({
  action: z.strictObject({
    type: z.literal('Action.Execute'),
    verb: z.string().min(1),
    data: z.record(z.string(), z.unknown()),
  }),
  userIds: z.array(z.string().min(1)).max(60),
});

/** Beside the schema, in Teams alone: the whole width of the chat, for tables. */
const msteams = z.strictObject({ width: z.literal('Full') });

/** A whole card, as it leaves. */
export const adaptiveCard15 = z.strictObject({
  $schema: z.literal('http://adaptivecards.io/schemas/adaptive-card.json').optional(),
  type: z.literal('AdaptiveCard'),
  version: z.literal('1.5'),
  speak: z.string().min(1).optional(),
  fallbackText: z.string().min(1).optional(),
  body: z.array(element).min(1),
  refresh: refresh.optional(),
  msteams: msteams.optional(),
});
