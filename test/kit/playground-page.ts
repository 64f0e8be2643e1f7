import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launchChromium } from './chromium.ts';

/** Milliseconds to wait for a text: long, for a machine that is busy. */
const patience = 60_000;

/** A person's hands and eyes in Microsoft 365 Agents Playground. */
export interface PlaygroundPage {
  say(text: string): Promise<void>;
  /** Presses the last button of this name. */
  press(name: string): Promise<void>;
  /** Waits until the text is there. */
  see(text: string | RegExp): Promise<void>;
  /** Elements that a CSS selector finds, those with a text alone when it is given. */
  count(selector: string, hasText?: string): Promise<number>;
  /** A picture of the page, in test-output/playground/<name>.png. */
  picture(name: string): Promise<void>;
  close(): Promise<void>;
}

export const openPlayground = async (address: string): Promise<PlaygroundPage> => {
  const pictures = fileURLToPath(new URL('../../test-output/playground/', import.meta.url));
  mkdirSync(pictures, { recursive: true });
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1280, height: 1250 } });
  try {
    await page.goto(address, { timeout: patience });
  } catch (error) {
    // A browser that stays keeps the test's process alive for ever.
    await browser.close();
    throw error;
  }
  return {
    say: async (text) => {
      const box = page.locator('[contenteditable=true]').first();
      await box.click();
      await box.fill(text);
      await page.keyboard.press('Enter');
    },
    press: (name) => page.getByRole('button', { name, exact: true }).last().click(),
    see: (text) => page.getByText(text).last().waitFor({ timeout: patience }),
    count: (selector, hasText) =>
      page
        .locator(selector)
        .filter(hasText === undefined ? {} : { hasText })
        .count(),
    picture: async (name) => {
      await page.screenshot({ path: `${pictures}${name}.png` });
    },
    close: () => browser.close(),
  };
};
