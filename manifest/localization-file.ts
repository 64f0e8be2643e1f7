import type { Manifest } from './build-manifest.ts';

/**
 * What of a manifest is words that people read, by the path of each: the file for one more language, out of the manifest in that
 * language. Commands keep their names, since the bot understands those.
 * Source: "Localization schema", Microsoft Teams platform.
 */
export function localizationFile(manifest: Manifest): Readonly<Record<string, string>> {
  const { $schema, name, description, bots, composeExtensions } = manifest;
  return {
    $schema: $schema.replace('MicrosoftTeams.schema', 'MicrosoftTeams.Localization.schema'),
    'name.short': name.short,
    'name.full': name.full,
    'description.short': description.short,
    'description.full': description.full,
    ...byPath(bots, (bot, path) =>
      byPath(bot.commandLists, (list, listPath) =>
        byPath(list.commands, (command, commandPath) => ({
          [`bots${path}.commandLists${listPath}.commands${commandPath}.description`]: command.description,
        })),
      ),
    ),
    ...byPath(composeExtensions, (extension, path) =>
      byPath(extension.commands, ({ title, description }, commandPath) => ({
        [`composeExtensions${path}.commands${commandPath}.title`]: title,
        [`composeExtensions${path}.commands${commandPath}.description`]: description,
      })),
    ),
  };
}

const byPath = <Entry>(
  entries: readonly Entry[],
  wordsOf: (entry: Entry, path: `[${number}]`) => Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.assign({}, ...entries.map((entry, index) => wordsOf(entry, `[${index}]`)));
