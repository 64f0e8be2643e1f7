import { type DecisionRow, decisionTable, type Layer } from '../../../remote/decision-table.ts';
import type { RemoteErrorCode } from '../../../remote/remote-error.ts';
import type { ServerStep } from './server-steps.ts';

type SessionStep = Extract<ServerStep, 'sign-in' | 'endpoint' | 'function'>;

/** What the network shows only now, though it had shown itself well before, is told where it stopped the sign-in. */
const steps: Readonly<Record<Layer, SessionStep>> = {
  name: 'sign-in',
  port: 'sign-in',
  tls: 'sign-in',
  http: 'sign-in',
  'sign-in': 'sign-in',
  session: 'endpoint',
  function: 'function',
};

/** Thrown where the table has nothing to decide. */
const others: Partial<Record<RemoteErrorCode, SessionStep>> = {
  'remote.module-not-loaded': 'function',
  'remote.broken-answer': 'function',
  'remote.local-powershell': 'sign-in',
  'remote.identity-refused': 'sign-in',
};

/** NTLM and Kerberos take two requests at most: what breaks in the third or later broke behind the sign-in. */
const signInRequests = 2;

/** The step of a session that an error belongs to: by its layer, and where it is at home in more than one, by how far the conversation had come. */
export function stepOfError(code: RemoteErrorCode, requests: number): SessionStep {
  const other = others[code];
  if (other !== undefined) return other;
  // It may take more requests than others do: another scheme, a new ticket.
  if (code.startsWith('remote.kerberos-')) return 'sign-in';
  const layers = (Object.keys(decisionTable) as Layer[]).filter((layer) =>
    decisionTable[layer].some((row: DecisionRow<never>) => row.code === code),
  );
  const [only, ...more] = layers;
  if (only !== undefined && more.length === 0) return steps[only];
  return requests > signInRequests ? 'endpoint' : 'sign-in';
}
