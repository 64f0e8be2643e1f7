import type { AlsoView, ExplanationView } from '../../cards/explanation-view.ts';
import type { FindingKind, TheirWords } from '../../cards/finding-card.ts';
import type { Diagnosis, Finding } from '../diagnosis/diagnosis.ts';
import { explain } from '../diagnosis/explain.ts';

/** What a diagnosis means, in words, as the cards take them. */
export const explanationView = (diagnosis: Diagnosis, finding?: Finding): ExplanationView => {
  const { link, ...words } = explain(diagnosis, finding);
  return link === null ? words : { ...words, link };
};

/** The findings behind the first one. What has recovered is told by that one alone. */
export const othersIn = (diagnosis: Diagnosis): AlsoView[] =>
  diagnosis.findings
    .slice(1)
    .map((finding) => ({ heading: explain(diagnosis, finding).heading, count: finding.count }));

/** Which card a finding has. */
export const findingKind = ({ signature, confidence, isExample }: Finding): FindingKind => {
  if (isExample && signature === 'kb4096317') return 'example';
  switch (signature) {
    case 'kb4096317':
    case 'recovered':
      return signature;
    case 'self-healing-fault':
      return 'passes';
    case 'test-detectoid-flood':
      return confidence === 'certain' ? 'flood' : 'flood-suspected';
    default:
      return /^8[0-9A-F]{7}$/.test(signature) ? 'other-code' : 'look-alike';
  }
};

/** The word of a look-alike that differs from KB 4096317's; undefined where the fault carries none. */
export const theirWords = ({ signature, detail }: Finding): TheirWords | undefined => {
  if (detail === null) return undefined;
  const { errorCode, message, method } = detail;
  switch (signature) {
    case 'other-cached-update-ids':
    case 'other-invalid-parameters':
      return message === null || message === '' ? undefined : { message };
    case 'simple-auth-fault':
      return method === null || method === '' ? { errorCode } : { method: shortMethod(method) };
    case 'server-fault':
    case 'self-healing-fault':
      return { errorCode };
    default:
      return undefined;
  }
};

/** "SimpleAuthWebService/GetAuthorizationCookie" out of the whole address, so that it stands beside "ClientWebService/SyncUpdates". */
const shortMethod = (method: string): string => method.replace(/["\s]/g, '').split('/').slice(-2).join('/');
