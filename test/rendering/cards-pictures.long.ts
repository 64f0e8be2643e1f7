import assert from 'node:assert/strict';
import { mkdir, stat } from 'node:fs/promises';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { samples } from '../cards/card-samples.ts';
import { whyNoChromium } from '../kit/chromium.ts';
import { CardPage } from './card-page.ts';

it('writes a picture of every card to test-output/cards, for people to look at', {
  skip: (await whyNoChromium()) ?? false,
}, async () => {
  const folder = fileURLToPath(new URL('../../test-output/cards/', import.meta.url));
  await mkdir(folder, { recursive: true });
  const page = await CardPage.open();
  try {
    for (const { name, card } of samples.usual) {
      for (const [theme, width] of [
        ['light', 480],
        ['light', 300],
        ['dark', 480],
        ['dark', 300],
        ['high-contrast', 480],
        ['high-contrast', 300],
      ] as const) {
        await page.drawAll([card], theme, width, false);
        const path = `${folder}${name}.${theme}.${width}.png`;
        await page.picture(path);
        assert.ok((await stat(path)).size > 1000, path);
      }
    }
  } finally {
    await page.close();
  }
});
