import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { Card } from '../../cards/card.ts';
import type { Language } from '../../cards/languages/language.ts';
import { launchChromium } from '../kit/chromium.ts';
import { palettes, type Theme, teamsHostConfig } from './teams-host-config.ts';

export interface Drawn {
  /** Text wider than the card, cut off, or with a contrast below 4.5. */
  readonly problems: readonly string[];
  readonly text: string;
  readonly links: number;
  /** Elements that came out of Markdown. */
  readonly marked: number;
  readonly headings: number;
  readonly buttons: readonly string[];
  /** Lower edge of the lower one of the first two buttons, in pixels from the top of the card. */
  readonly decidingEnd: number;
  readonly height: number;
  readonly markdownCalls: number;
}

/** A page of headless Chromium in which cards are drawn as Teams' host configuration says. */
export class CardPage {
  readonly #browser: Browser;
  readonly #page: Page;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
  }

  static async open(): Promise<CardPage> {
    const browser = await launchChromium();
    const page = await browser.newPage({ viewport: { width: 560, height: 1400 }, deviceScaleFactor: 1.5 });
    await page.setContent(`<!doctype html><html lang="en"><meta charset="utf-8"><style>
      body { margin: 0; padding: 12px; font: 14px 'Segoe UI', 'Open Sans', sans-serif; }
      #host { border-radius: 6px; box-shadow: 0 0 0 1px #8883; overflow: hidden; }
      #host.breaks-words .ac-textRun { overflow-wrap: anywhere; }
      .ac-actionSet { flex-wrap: wrap; }
      .ac-pushButton { font: 600 14px 'Segoe UI', 'Open Sans', sans-serif; padding: 5px 12px; min-height: 32px; border: 1px solid var(--button-border);
        background: var(--button-background); color: var(--button-text);
        border-radius: 4px; white-space: nowrap; margin-bottom: 8px; }
      .ac-pushButton.style-positive { background: var(--first-background); border-color: var(--first-background); color: var(--first-text); }
      select, textarea { font: inherit; width: 100%; padding: 6px; background: var(--page); color: inherit; }
      #host { color: var(--text); }
      #host .ac-adaptiveCard { color: inherit; }
    </style><div id="host"></div></html>`);
    const script = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');
    await page.addScriptTag({ path: script });
    await page.addScriptTag({ path: fileURLToPath(new URL('card-in-page.js', import.meta.url)) });
    return new CardPage(browser, page);
  }

  /**
   * Draws cards one after the other; `open` shows what their toggles open; `breaksWords`: as Microsoft's newer renderer, which
   * breaks a word that is too long for its line.
   */
  async drawAll(
    cards: readonly Card[],
    theme: Theme,
    width: number,
    open: boolean,
    language: Language = 'en',
    breaksWords = false,
  ): Promise<readonly Drawn[]> {
    const list = JSON.stringify(cards.map((card) => card.in(language).json));
    const config = JSON.stringify(teamsHostConfig(theme));
    const { page, text, button, first } = palettes[theme];
    const colours = {
      page,
      // Host configurations put the opacity first, style sheets last.
      text: `#${text.slice(3)}`,
      'button-background': button.background,
      'button-text': button.text,
      'button-border': button.border,
      'first-background': first.background,
      'first-text': first.text,
    };
    const setUp = `document.getElementById('host').classList.toggle('breaks-words', ${breaksWords});
      document.body.style.background = ${JSON.stringify(page)};
      for (const [name, value] of Object.entries(${JSON.stringify(colours)})) {
        document.documentElement.style.setProperty('--' + name, value);
      }`;
    return await this.#page.evaluate(
      `${setUp} ${list}.map((card) => drawCard(card, ${config}, ${width}, ${open}))`,
    );
  }

  /** Presses a button with `written` in every text input; what the press sends, or null when the client held it back. */
  async press(card: Card, title: string, written: string): Promise<Readonly<Record<string, unknown>> | null> {
    const args = [card.in('en').json, teamsHostConfig('light'), title, written].map((one) =>
      JSON.stringify(one),
    );
    return await this.#page.evaluate(`pressOnCard(${args.join(', ')})`);
  }

  /** What a screen reader gets of what was drawn last: a line for each control with its role and, in quotes, its name. */
  async heard(): Promise<string> {
    return await this.#page.locator('#host').ariaSnapshot();
  }

  /** Writes what was drawn last as a PNG. */
  async picture(path: string): Promise<void> {
    await this.#page.locator('#host').screenshot({ path });
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}
