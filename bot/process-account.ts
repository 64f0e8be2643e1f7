import { userInfo } from 'node:os';
import type { AccountConfig } from './config.ts';

/** The account that this process runs as; of a gMSA the name ends in "$". The domain is known on Windows only. */
export function processAccount(
  env: Readonly<Record<string, string | undefined>> = process.env,
  user: string = userInfo().username,
): AccountConfig {
  return { domain: env.USERDOMAIN ?? '', user, password: undefined };
}
