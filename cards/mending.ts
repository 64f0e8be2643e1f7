/** One thing that is not as it was, and the command that mends it when the sentence names one. Both outside text. */
interface Mending {
  readonly what: string;
  readonly command: string | undefined;
}

/** "The owner of … is A and was B: icacls …": icacls, attrib, del, or statements of Windows PowerShell. */
const beforeCommand = /: (?=(?:icacls|attrib|del) |\$\w+ = )/;

/** The server's sentence, cut before the command that it ends with. */
export function mendingOf(sentence: string): Mending {
  const at = sentence.search(beforeCommand);
  return at < 0
    ? { what: sentence, command: undefined }
    : { what: sentence.slice(0, at), command: sentence.slice(at + 2) };
}

/** The commands that mend everything, one a line, for the button "Command as text"; undefined when there is none. */
export function mendingCommands(sentences: readonly string[]): string | undefined {
  const commands = sentences.flatMap((sentence) => mendingOf(sentence).command ?? []);
  return commands.length === 0 ? undefined : commands.join('\n');
}
