import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeytabAccount } from './kerberos-settings.ts';
import { runProgram } from './run-program.ts';
import { KeytabTicketSupply, type TicketSupply } from './ticket-supply.ts';

/**
 * Goes before the machine's own krb5.conf: tickets of a domain do not fit into UDP, service names are taken as they are
 * written in wsus-bot.yaml, and session keys are AES.
 */
export const ownSettings = `[libdefaults]
  udp_preference_limit = 1
  dns_canonicalize_hostname = false
  rdns = false
  permitted_enctypes = aes256-cts-hmac-sha1-96 aes128-cts-hmac-sha1-96
`;

const supplies = new Map<string, TicketSupply>();
let folder: string | undefined;

/** The tickets that this process has for an account. Their folder goes when the process ends. */
export function processTickets(account: KeytabAccount): TicketSupply {
  const key = `${account.principal}\n${account.keytab}`;
  const known = supplies.get(key);
  if (known !== undefined) return known;
  folder ??= makeFolder();
  const machine = process.env.KRB5_CONFIG ?? '/etc/krb5.conf';
  const supply = new KeytabTicketSupply({
    keytab: account.keytab,
    principal: account.principal,
    folder,
    run: runProgram,
    env: {
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      KRB5_CONFIG: `${join(folder, 'krb5.conf')}:${machine}`,
    },
    now: Date.now,
  });
  supplies.set(key, supply);
  return supply;
}

/** Mode 0700, as mkdtemp makes it. */
function makeFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'wsus-bot-kerberos-'));
  writeFileSync(join(made, 'krb5.conf'), ownSettings, { mode: 0o600 });
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  return made;
}
