import { createPublicKey, type KeyObject } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { linesOf, readExportedLine, storedLine } from '../../audit/exported-lines.ts';
import { readHeads } from '../../audit/heads-file.ts';
import type { TrustedKey } from '../../audit/known-keys.ts';
import type { SignedHead } from '../../audit/signed-head.ts';
import {
  type AuditVerdict,
  type ChainLine,
  type VerifyOptions,
  verifyAudit,
} from '../../audit/verify-audit.ts';
import { loadConfig } from '../../config.ts';
import { storedChain } from '../../store/audit-rows.ts';
import type { CommandLine, RunCommand } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { FileError } from '../file-error.ts';
import { numberOption } from '../number-option.ts';
import { withStore } from '../open-store.ts';
import { auditDocument, printAudit } from '../print-audit.ts';
import { Printer } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { toJsonLine } from '../visible-text.ts';

export const run: RunCommand = async (line, terminal) => {
  const trusted = trustedKey(line);
  const options = trusted === undefined ? {} : { trusted };
  const { file } = line.values;
  if (file === undefined && line.values.from !== undefined)
    throw new UsageError('--from goes with --file: the entries of the store are read from the first one');
  const verdict =
    file === undefined
      ? await verifyStore(line, terminal.env, options)
      : await verifyFile(file, line, options);
  if (line.json) terminal.stdout.write(`${toJsonLine(auditDocument(verdict))}\n`);
  else printAudit(new Printer(terminal.stdout), verdict);
  return verdict.findings.length === 0 ? exitCodes.fine : exitCodes.auditBroken;
};

const verifyStore = (
  line: CommandLine,
  env: NodeJS.ProcessEnv,
  options: VerifyOptions,
): Promise<AuditVerdict> => {
  const config = loadConfig(line.config, env, { secrets: 'store' });
  return withStore(config, async (database) => {
    // Heads are read first: those that are signed meanwhile vouch for entries that are read.
    const heads = await headsOf(line.values.heads ?? config.audit.headsFile, line.values.heads !== undefined);
    const { rows, end } = storedChain(database);
    return verifyAudit(storedLines(rows), { ...options, heads, end });
  });
};

async function* storedLines(rows: ReturnType<typeof storedChain>['rows']): AsyncGenerator<ChainLine> {
  for await (const row of rows) yield storedLine(row);
}

const verifyFile = async (file: string, line: CommandLine, options: VerifyOptions): Promise<AuditVerdict> => {
  const first = numberOption('from', line.values.from) ?? 1;
  const { heads: headsFile } = line.values;
  const heads = headsFile === undefined ? [] : await headsOf(headsFile, true);
  try {
    return await verifyAudit(exportedLines(file), { ...options, heads, after: { seq: first - 1, hash: '' } });
  } catch (error) {
    throw new FileError('cli.file-not-readable', `reading ${file}`, error);
  }
};

async function* exportedLines(file: string): AsyncGenerator<ChainLine> {
  for await (const line of linesOf(createReadStream(file))) yield readExportedLine(line);
}

/** A file that was asked for has to be there; that of the configuration may not have been begun. */
const headsOf = (file: string, isAsked: boolean): Promise<(SignedHead | undefined)[]> => {
  if (isAsked && !existsSync(file)) {
    const missing = Object.assign(new Error(), { code: 'ENOENT' });
    throw new FileError('cli.file-not-readable', `reading ${file}`, missing);
  }
  return readHeads(file);
};

const trustedKey = ({ values }: CommandLine): TrustedKey | undefined => {
  const { 'public-key': file, 'key-id': keyId } = values;
  if (file !== undefined && keyId !== undefined)
    throw new UsageError('--public-key and --key-id are both given; one of them is expected');
  if (keyId !== undefined && !/^[0-9a-f]{16,64}$/.test(keyId))
    throw new UsageError('--key-id expects 16 to 64 hex digits in lower case');
  if (file !== undefined) return { publicKey: publicKeyOf(file) };
  return keyId === undefined ? undefined : { keyId };
};

const publicKeyOf = (file: string): KeyObject => {
  let pem: Buffer;
  try {
    pem = readFileSync(file);
  } catch (error) {
    throw new FileError('cli.file-not-readable', `reading ${file}`, error);
  }
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below, for whatever else it is as well.
  }
  throw new UsageError(`${file} holds no Ed25519 public key in PEM`);
};
