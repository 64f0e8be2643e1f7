import { ellipsis } from './cut-text.ts';
import { translated } from './languages/catalogue.ts';
import type { Language } from './languages/language.ts';
import { outside } from './outside-text.ts';
import { Words } from './own-text.ts';

/**
 * A reason or a remedy. Most are of our tables of codes, and a catalogue has them; what a server said, which may stand behind one
 * ("no answer in time: …", "the server answered with a fault (…)"), stays as it is. So it is shown as text from outside is, at most
 * `length` characters.
 */
export function codedText(text: string, length: number): Words {
  return new Words((language) =>
    outside(tableTextIn(text, language))
      .map((shown) => ellipsis(shown, length))
      .plainCharacters(),
  );
}

/** What stands behind a text of a table: what the server said, or a detail in brackets. */
const detail = /^(.{1,200}?)(: .*| \([^()]*\))$/s;

function tableTextIn(text: string, language: Language): string {
  const whole = translated(text, language);
  if (whole !== text) return whole;
  const [, table = text, rest = ''] = detail.exec(text) ?? [];
  return `${translated(table, language)}${rest}`;
}
