import { own } from '../own-text.ts';
import { inputIds, reasonLength, type Token } from '../press.ts';
import { buttonRow, press, toggle, toggleIds } from './buttons.ts';
import { container, type Element, element } from './element.ts';
import { paragraph } from './words.ts';

/**
 * The way past the approvals, closed at first and in a row of its own: it must not lie beside the usual way, where a
 * tired thumb finds it. `othersSendInputs`: another button of the card sends its inputs along. The reason is not
 * marked as required then, since a client would hold that button back for it; the bot refuses a short reason itself.
 */
export function breakGlass(
  token: Token | undefined,
  { othersSendInputs = false }: { readonly othersSendInputs?: boolean } = {},
): readonly Element[] {
  if (token === undefined) return [];
  const required = {
    isRequired: true,
    regex: `^[\\s\\S]{${reasonLength.least},${reasonLength.most}}$`,
    errorMessage: own`Give a reason of ${reasonLength.least} to ${reasonLength.most} characters.`,
  };
  return [
    ...buttonRow([toggle('Break glass')]),
    container(
      [
        paragraph(
          [
            own`You run this alone and now, without other approvals and outside of any window. It is recorded with your reason, and the approvers are told.`,
          ],
          'None',
        ),
        element('Input.Text', {
          id: inputIds.reason,
          label: own`Why, in ${reasonLength.least} to ${reasonLength.most} characters`,
          placeholder: own`What is broken, and why it cannot wait`,
          isMultiline: true,
          maxLength: reasonLength.most,
          ...(othersSendInputs ? {} : required),
        }),
        ...buttonRow([press('Run now, alone', token)]),
      ],
      { id: toggleIds['Break glass'], isVisible: false, separator: true, spacing: 'Medium' },
    ),
  ];
}
