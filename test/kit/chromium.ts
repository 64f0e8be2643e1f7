import { access } from 'node:fs/promises';
import { type Browser, chromium } from 'playwright-core';

const executable = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Whether there is a Chromium on this machine. */
const hasChromium = (): Promise<boolean> =>
  access(executable).then(
    () => true,
    () => false,
  );

/** Headless Chromium that speaks with nobody but the pages it is given. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: executable,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** Why a test that needs Chromium is skipped; undefined when it runs. Where CI is set it always runs, and fails without. */
export const whyNoChromium = async (): Promise<string | undefined> =>
  process.env.CI !== undefined || (await hasChromium())
    ? undefined
    : 'no Chromium at /usr/bin/chromium (set CHROMIUM to another one)';
