import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { probeWinrm, type WinrmSeen } from '../../../remote/probe-winrm.ts';
import { RemoteError, remoteErrors } from '../../../remote/remote-error.ts';
import type { WinrmTarget } from '../../../remote/wsus-server.ts';
import type { StepResult } from './server-steps.ts';

type Place = Pick<WinrmTarget, 'name' | 'host' | 'port' | 'tls'>;

/** Name, port, TLS and HTTP, without a sign-in. Stops at the first that fails. @param timeout milliseconds for each */
export async function networkSteps(place: Place, timeout: number): Promise<StepResult[]> {
  const name = await nameStep(place.host);
  if (!name.ok) return [name];
  const portOpen: StepResult = { step: 'port', ok: true, text: `TCP port ${place.port} is open` };
  let passed: StepResult[] = [name];
  try {
    const seen = await probeWinrm(place, timeout, {
      onSecured: (tls) => {
        passed = [name, portOpen, tlsStep(tls)];
      },
    });
    return [...passed, httpStep(seen)];
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    const { code, reason, remedy, serverText } = error;
    const isConnected = code !== 'remote.port-closed' && code !== 'remote.unreachable';
    const before = passed.length === 1 && isConnected ? [name, portOpen] : passed;
    const step = (['name', 'port', 'tls', 'http'] as const)[before.length] ?? 'http';
    const text = step === 'port' ? `TCP port ${place.port}: ${reason}` : reason;
    return [
      ...before,
      { step, ok: false, text, code, remedy, ...(serverText !== undefined && { serverText }) },
    ];
  }
}

/** Whether a host has an address. */
export async function nameStep(host: string): Promise<StepResult> {
  if (isIP(host) !== 0) return { step: 'name', ok: true, text: `${host} is an address` };
  try {
    const addresses = await lookup(host, { all: true });
    const text = `${host} is ${addresses.map(({ address }) => address).join(', ')}`;
    return { step: 'name', ok: true, text };
  } catch {
    const code = 'remote.name-not-found';
    return {
      step: 'name',
      ok: false,
      text: `${host} does not resolve`,
      code,
      remedy: remoteErrors[code].remedy,
    };
  }
}

function tlsStep(tls: WinrmSeen['tls']): StepResult {
  const text =
    tls === undefined
      ? 'no TLS, so every message is sealed'
      : `${tls.version}, the certificate is trusted and valid until ${tls.validTo}`;
  return { step: 'tls', ok: true, text };
}

/** What Kerberos allows, in seconds. */
const allowedDifference = 300;

function httpStep({ offered, secondsAhead = 0 }: WinrmSeen): StepResult {
  const step = { step: 'http', ok: true } as const;
  const text = `WinRM answers and offers ${offered.join(', ') || 'no way to sign in'}`;
  if (Math.abs(secondsAhead) <= allowedDifference) return { ...step, text };
  const clock = `its clock is ${Math.abs(secondsAhead)} s ${secondsAhead > 0 ? 'ahead' : 'behind'}`;
  return {
    ...step,
    isWarning: true,
    text: `${text}; ${clock}`,
    remedy: remoteErrors['remote.kerberos-clock'].remedy,
  };
}
