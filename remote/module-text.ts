import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export interface ShippedModule {
  /** The text of WsusBot.psm1 with each file in the place of the line that loads it. ASCII, line ends as LF. */
  readonly text: string;
  /** SHA-256 of that text, in hex. An installed module reports the same when it is this one. */
  readonly sha256: string;
}

const folder = new URL('module/WsusBot/', import.meta.url);
const loading = /^\. \$PSScriptRoot\/([A-Za-z-]+\.ps1)$/gm;

let shipped: ShippedModule | undefined;

/** The PowerShell module that this bot ships, read once. */
export function shippedModule(): ShippedModule {
  shipped ??= readModule();
  return shipped;
}

function readModule(): ShippedModule {
  const text = read('WsusBot.psm1').replace(loading, (_line, file: string) => read(file));
  return { text, sha256: createHash('sha256').update(text).digest('hex') };
}

const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8').replaceAll('\r\n', '\n');
