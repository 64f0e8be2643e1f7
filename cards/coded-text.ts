import { ellipsis } from './cut-text.ts';
import { translated } from './languages/catalogue.ts';
import { outside } from './outside-text.ts';
import { Words } from './own-text.ts';

/**
 * A reason or a remedy. Most are of our tables of codes, and a catalogue has them; what comes from a server stays as it is. So it
 * is shown as text from outside is, at most `length` characters.
 */
export function codedText(text: string, length: number): Words {
  return new Words((language) =>
    outside(translated(text, language))
      .map((shown) => ellipsis(shown, length))
      .plainCharacters(),
  );
}
