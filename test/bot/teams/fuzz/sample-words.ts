import type { Random } from '../../diagnosis/fuzz/random.ts';
import { articleClient, clientLog, serverLine, wuaHandler } from '../../diagnosis/samples.ts';

/** In every text that is no command, so that a log that quotes one is found out. */
export const secretWord = 'swordfish';

/** All are about another server than the one whose plan waits: that plan is to be there to the end. */
const commands = [
  'help',
  'servers',
  'check',
  'check wsus02',
  'check wsus99',
  'check __proto__',
  'fix wsus02',
  'fix constructor',
  'whoami',
  'locks',
  'history',
  'history wsus02',
  'freeze we move house',
  'thaw',
  'unlock wsus02 because I say so',
  'notify',
  'notify here',
  'notify off',
  'diagnose',
  '',
] as const;

export const texts = [
  `${secretWord}: we see 80244007, what is it?`,
  `${secretWord}\n${articleClient}`,
  `${serverLine({ host: 'wsus02.corp.example' })} ${secretWord}`,
  `${serverLine({ host: 'elsewhere.example' })} ${secretWord}`,
  `${clientLog().replaceAll('wsus01', 'wsus77')}\n${secretWord}`,
  `${wuaHandler} ${secretWord}`,
  `Was bedeutet das? ${secretWord}`,
  `מה זאת השגיאה ${secretWord}`,
] as const;

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');

/** What somebody writes. */
export const pickWords = (random: Random): string =>
  random.below(3) === 0 ? random.pick(texts) : random.pick(commands);
