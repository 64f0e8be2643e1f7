/** What stands below one heading of second rank of a page, up to the next one. @throws Error when there is no such heading */
export function sectionOf(page: string, heading: string): string {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`reading a page: there is no heading "${heading}"`);
  return section;
}

/** The blocks of code in one language, without the blanks before their lines. */
export function blocksIn(text: string, language: string): string[] {
  return [
    ...text.matchAll(new RegExp(`^( *)(?:\\d\\. )?\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\`$`, 'gm')),
  ].map(([, indent = '', block = '']) => block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}
