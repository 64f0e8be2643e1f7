import { translated } from '../languages/catalogue.ts';
import { outside } from '../outside-text.ts';
import { own } from '../own-text.ts';
import { type Part, run, type SimplePart } from './text-line.ts';

/** What is typed or looked for letter by letter: commands, files, words of a log, keys. */
const typed =
  /(wsusutil (?:postinstall \/servicing|UseCustomWebSite true)|wuauclt \/resetauthorization \/detectnow|netsh winhttp show proxy|gpupdate|iisreset|SoftwareDistribution\.log|WindowsUpdate\.log|Get-WindowsUpdateLog|ThrowException|InternalServerError|InvalidParameters|ErrorCode|maxInstalledPrerequisites|maxCachedUpdates|MaxXMLPerRequest|MaximumAllowedComputers|parameters\.[A-Za-z]+|web\.config)/;

/** A sentence of another folder of ours, what is typed in monospace. */
export function prose(sentence: string): readonly Part[] {
  return [{ divided: (language) => divided(translated(sentence, language)) }];
}

function divided(sentence: string): readonly SimplePart[] {
  return sentence.split(typed).flatMap((piece, index): SimplePart[] => {
    if (piece === '') return [];
    if (index % 2 === 1) return [run(outside(piece), { mono: true, small: true })];
    if (piece.trim() === '') return [own` `];
    // `outside` trims, and these blanks stand between words.
    return [
      ...(piece.startsWith(' ') ? [own` `] : []),
      outside(piece),
      ...(piece.endsWith(' ') ? [own` `] : []),
    ];
  });
}
