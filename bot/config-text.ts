import { readFileSync, statSync } from 'node:fs';
import { ConfigError } from './config-error.ts';

const maxBytes = 1024 * 1024;

/** The text of the configuration file: UTF-8, at most 1 MB, a BOM taken off. Throws a ConfigError. */
export function readConfigText(path: string, doing: string): string {
  try {
    if (statSync(path).size > maxBytes) throw new ConfigError('config.not-readable', { doing, file: path });
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new ConfigError(missing ? 'config.not-found' : 'config.not-readable', {
      doing,
      file: path,
      cause: error,
    });
  }
}
