import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import type { ShownMessage } from './fake-connector.ts';
import { messagesOn } from './playground-messages.ts';

/** Milliseconds to wait for a text: long, for a machine that is busy. */
const patience = 60_000;

/** A person's hands and eyes in Microsoft 365 Agents Playground. */
export interface PlaygroundPage {
  /** Goes to a chat or a channel by its name, as the list on the left shows it. */
  open(name: string): Promise<void>;
  say(text: string): Promise<void>;
  /** Mentions the bot and says something to it: in a chat, in a new post of a channel, or in the topmost thread there. */
  mention(text: string, where: 'chat' | 'post' | 'thread'): Promise<void>;
  /** The action "Diagnose" on the last message with this text, or above the compose box. The playground reads no manifest: its command is typed. */
  openDiagnose(message?: string): Promise<void>;
  /** Writes into the text box of the window that is open. */
  write(text: string): Promise<void>;
  /** Presses the last button of this name. */
  press(name: string): Promise<void>;
  /** Waits until the text is there. */
  see(text: string | RegExp): Promise<void>;
  /** Elements that a CSS selector finds, those with a text alone when it is given. */
  count(selector: string, hasText?: string): Promise<number>;
  /** The words on the buttons of the last card. */
  buttons(): Promise<readonly string[]>;
  /** The newest message in a conversation whose card says so, for a person who comes in over HTTP. */
  shown(conversationId: string, says: RegExp): Promise<ShownMessage>;
  /** The page as a phone shows it, without the log at its side; answers by how many pixels the last card is wider than it. */
  narrow(width: number): Promise<number>;
  /** A picture of the page, in test-output/playground/<name>.png. */
  picture(name: string): Promise<void>;
  close(): Promise<void>;
}

export const openPlayground = async (address: string): Promise<PlaygroundPage> => {
  const pictures = fileURLToPath(new URL('../../test-output/playground/', import.meta.url));
  mkdirSync(pictures, { recursive: true });
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1280, height: 1250 } });
  const messages = messagesOn(page);
  try {
    await page.goto(address, { timeout: patience });
  } catch (error) {
    // A browser that stays keeps the test's process alive for ever.
    await browser.close();
    throw error;
  }
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const box = (index: number) => page.locator('[contenteditable=true]').nth(index);
  return {
    open: async (name) => {
      await page.getByText(name, { exact: true }).last().click();
    },
    say: async (text) => {
      await box(0).click();
      await box(0).fill(text);
      await page.keyboard.press('Enter');
    },
    mention: async (text, where) => {
      await box(where === 'thread' ? 1 : 0).click();
      await page.keyboard.type('@');
      await page.getByRole('menuitem', { name: 'WSUS Bot' }).click();
      await page.keyboard.type(` ${text}`);
      await (where === 'post' ? button('Post').click() : page.keyboard.press('Enter'));
    },
    openDiagnose: async (message) => {
      if (message === undefined) {
        await button('Trigger Message Extension App').last().click();
        await page.getByText('Action Command').last().click();
      } else {
        await page.getByText(message).last().hover();
        await button('Show more information').last().click();
        await page.getByRole('menuitem', { name: 'Action Command' }).click();
      }
      await inDialog(page).getByRole('textbox', { name: 'Command ID' }).fill('diagnose');
      await inDialog(page).getByRole('button', { name: 'Create' }).click();
    },
    write: (text) => inDialog(page).locator('textarea').fill(text),
    press: (name) => button(name).last().click(),
    see: (text) => page.getByText(text).last().waitFor({ timeout: patience }),
    count: (selector, hasText) =>
      page
        .locator(selector)
        .filter(hasText === undefined ? {} : { hasText })
        .count(),
    buttons: () => lastCard(page).locator('button:visible').allInnerTexts(),
    shown: messages.until,
    narrow: async (width) => {
      await page.getByTitle('Hide log panel').click();
      await page.setViewportSize({ width, height: 844 });
      await page.addStyleTag({ content: narrowFrame });
      await lastCard(page).scrollIntoViewIfNeeded();
      const edge = await lastCard(page).evaluate((card) => card.getBoundingClientRect().right);
      return Math.max(0, edge - width);
    },
    picture: async (name) => {
      await page.screenshot({ path: `${pictures}${name}.png` });
    },
    close: () => browser.close(),
  };
};

/** The playground gives its frame a least width and every card one width. No phone does. */
const narrowFrame =
  'div { min-width: 0 !important; } div:has(> .ac-preview-panel) { width: auto !important; }';

const inDialog = (page: Page) => page.getByRole('dialog');
const lastCard = (page: Page) => page.locator('.ac-adaptiveCard').last();
