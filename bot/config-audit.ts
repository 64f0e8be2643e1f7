import { resolve } from 'node:path';
import type { AuditEntries } from './config-audit-schema.ts';
import type { ConfigDocument } from './config-document.ts';
import type { ConfigProblem } from './config-error.ts';
import { secretFromFile } from './config-secrets.ts';
import type { SecretSources } from './config-servers.ts';
import { parseDuration } from './duration.ts';
import { Secret } from './secret.ts';

interface WebhookConfig {
  readonly url: string;
  /** Signs what is sent. Undefined: nothing holds it yet; `serve` refuses to start. */
  readonly secret: Secret | undefined;
}

/** Who vouches for the audit, and who gets it. Paths are absolute. */
export interface AuditConfig {
  readonly keyFile: string;
  readonly headsFile: string;
  /** Milliseconds. */
  readonly headEvery: number;
  readonly webhook: WebhookConfig | undefined;
}

/** What stands without a block `audit:`, in a folder. */
export const defaultAudit = (folder: string): AuditConfig => ({
  keyFile: resolve(folder, 'audit-key.pem'),
  headsFile: resolve(folder, 'audit-heads.jsonl'),
  headEvery: 10 * 60_000,
  webhook: undefined,
});

/** The block `audit:` with its secret. Adds to `problems` what the schema alone cannot see. */
export function readAudit(
  { keyFile, headsFile, headEvery, webhook }: AuditEntries,
  document: ConfigDocument,
  secrets: SecretSources,
  problems: ConfigProblem[],
): AuditConfig {
  return {
    keyFile: resolve(secrets.folder, keyFile),
    headsFile: resolve(secrets.folder, headsFile),
    headEvery: parseDuration(headEvery) ?? 10 * 60_000,
    webhook: webhook && { url: webhook.url, secret: readSecret(webhook, document, secrets, problems) },
  };
}

const leastSecret = 16;

function readSecret(
  { secretEnv, secretFile }: NonNullable<AuditEntries['webhook']>,
  document: ConfigDocument,
  { env, folder }: SecretSources,
  problems: ConfigProblem[],
): Secret | undefined {
  const report = (key: string, text: string) => {
    problems.push({ ...document.at(['audit', 'webhook', key]), text });
    return undefined;
  };
  if ((secretEnv === undefined) === (secretFile === undefined))
    return report('url', 'the webhook needs a secret to sign with: secretFile or secretEnv, one of them');
  if (env === undefined) return undefined;
  if (secretEnv !== undefined) {
    const value = env[secretEnv];
    if (!value) return undefined;
    return value.length < leastSecret
      ? report('secretEnv', `${secretEnv} is shorter than ${leastSecret} characters`)
      : new Secret(value);
  }
  const answer = secretFromFile(secretFile ?? '', folder);
  if ('problem' in answer) return report('secretFile', answer.problem);
  return (answer.secret?.reveal().length ?? 0) < leastSecret
    ? report('secretFile', `the secret in it is shorter than ${leastSecret} characters`)
    : answer.secret;
}
