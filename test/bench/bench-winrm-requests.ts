import { selfSignedCertificate } from '../kit/self-signed-certificate.ts';
import { whyNoWinrmClient } from '../witness/winrm-client.ts';
import { type Client, type Errand, type Fleet, startFleet, startOurs, startPython } from './fleet/fleet.ts';
import { table } from './table.ts';

/** HTTP requests of one check by WSUS Bot and by python3-winrm, as the same practice server counts them, for each way to sign in. */
export const benchWinrmRequests = async (): Promise<string> => {
  const why = whyNoWinrmClient();
  if (why !== undefined) return why;
  const { key, cert: certificate } = selfSignedCertificate(['localhost']);
  const https = { tls: { key, certificate, basic: true } };
  return table(
    [
      'sign-in',
      'WSUS Bot: no connection yet',
      'python3-winrm: `run_ps`',
      'WSUS Bot: connection open',
      'python3-winrm: shell kept open',
    ],
    [
      ['NTLM over HTTP, sealed', ...(await countAll(await startFleet(1)))],
      ['NTLM over HTTPS', ...(await countAll(await startFleet(1, 'ntlm', https)))],
      ['Basic over HTTPS', ...(await countAll(await startFleet(1, 'basic', https)))],
    ],
  );
};

const countAll = async (fleet: Fleet): Promise<string[]> => {
  const ours = startOurs();
  const python = startPython(fleet);
  const counted = async (client: Client, errand: Errand): Promise<string> => {
    const before = await fleet.figures();
    await client.run(errand);
    return String((await fleet.figures()).requests - before.requests);
  };
  try {
    for (const client of [ours, python]) await client.connect(fleet, 1);
    const cold = [await counted(ours, 'check'), await counted(python, 'check')];
    await python.run('open');
    return [...cold, await counted(ours, 'check-warm'), await counted(python, 'check-warm')];
  } finally {
    await Promise.all([ours.stop(), python.stop()]);
    await fleet.stop();
  }
};
