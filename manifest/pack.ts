import { readFileSync } from 'node:fs';
import { type AppTexts, english, otherLanguages } from './app-texts.ts';
import { buildManifest, type ManifestInput } from './build-manifest.ts';
import { localizationFile } from './localization-file.ts';
import { pngHeader } from './png.ts';
import { type ZipEntry, zip } from './zip.ts';

const iconSides = { 'color.png': 192, 'outline.png': 32 } as const;

/**
 * The Teams app package: a zip with manifest.json, both icons and a file for each language beside English at its root. The same
 * input gives the same bytes on every machine. Checks what Microsoft's schema cannot: that the icons are what Teams asks for.
 */
export function packApp(
  input: ManifestInput,
  languages: Readonly<Record<string, AppTexts>> = otherLanguages,
): Uint8Array {
  const manifest = buildManifest(input, english);
  const others = Object.entries(languages).map(([languageTag, texts]) => ({
    languageTag,
    file: `${languageTag}.json`,
    words: localizationFile(buildManifest(input, texts)),
  }));
  const localizationInfo = {
    ...manifest.localizationInfo,
    ...(others.length > 0 && {
      additionalLanguages: others.map(({ languageTag, file }) => ({ languageTag, file })),
    }),
  };
  return zip([
    json('manifest.json', { ...manifest, localizationInfo }),
    ...Object.entries(iconSides).map(([name, side]) => icon(name, side)),
    ...others.map(({ file, words }) => json(file, words)),
  ]);
}

const json = (name: string, value: unknown): ZipEntry => ({
  name,
  bytes: new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`),
});

const icon = (name: string, side: number): ZipEntry => {
  const bytes = readFileSync(new URL(name, import.meta.url));
  const header = pngHeader(bytes);
  if (header?.width !== side || header.height !== side || !header.hasAlpha)
    throw new Error(`${name} is not a PNG of ${side}x${side} with transparency`);
  return { name, bytes };
};
