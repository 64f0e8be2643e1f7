import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { DeveloperConfig } from '../bot/config.ts';
import { pngSize } from './png.ts';
import { zip } from './zip.ts';

/** What of the configuration goes into the app package. */
export interface PackInput {
  /** Application id of the bot registration: the app's id and its botId. */
  readonly appId: string;
  /** Version of the program, "1.2.3". */
  readonly version: string;
  readonly developer: DeveloperConfig | undefined;
}

const templateSchema = z.looseObject({
  developer: z.object({
    name: z.string(),
    websiteUrl: z.string(),
    privacyUrl: z.string(),
    termsOfUseUrl: z.string(),
  }),
  bots: z.tuple([z.looseObject({ botId: z.string() })]),
});
export type Manifest = z.infer<typeof templateSchema> & { readonly id: string; readonly version: string };

const iconSizes = { 'color.png': 192, 'outline.png': 32 } as const;

/** The manifest of manifest/manifest.json with ids, version and developer filled in. */
export function buildManifest({ appId, version, developer }: PackInput): Manifest {
  const template = templateSchema.parse(
    JSON.parse(readFileSync(new URL('manifest.json', import.meta.url), 'utf8')),
  );
  const [bot] = template.bots;
  return {
    ...template,
    id: appId,
    version,
    developer: developer ?? template.developer,
    bots: [{ ...bot, botId: appId }],
  };
}

/**
 * The Teams app package: a zip with manifest.json and both icons at its root. Checks what Microsoft's schema cannot: the icons'
 * sizes in pixels, and that botId is the registration's id.
 */
export function packApp(input: PackInput): Uint8Array {
  const manifest = buildManifest(input);
  if (manifest.bots[0].botId !== input.appId) throw new Error('botId differs from the application id');
  const icons = Object.entries(iconSizes).map(([name, pixels]) => {
    const bytes = readFileSync(new URL(name, import.meta.url));
    const size = pngSize(bytes);
    if (size?.width !== pixels || size.height !== pixels)
      throw new Error(`${name} is not a PNG of ${pixels}x${pixels}`);
    return { name, bytes };
  });
  const text = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
  return zip([{ name: 'manifest.json', bytes: text }, ...icons]);
}
