import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connectWsusServer } from '../../remote/connect-wsus-server.ts';
import { practiceServers } from '../../remote/practice/practice-servers.ts';
import { startPracticeServers } from '../../remote/practice/start-practice-servers.ts';
import { planEdit } from '../../remote/web-config.ts';
import { type Relay, startRelay } from '../remote/winrm/recording-relay.ts';
import { sha256Of } from './sha256-of.ts';
import { table } from './table.ts';

/** HTTP requests of each call on a server, counted on the wire between client and practice server. */
export const benchRequests = async (): Promise<string> => {
  const specs = practiceServers.filter(({ name }) => name === 'wsus01');
  const practice = await startPracticeServers({ specs });
  const server = practice.server('wsus01');
  const relay = await startRelay(server.target.port);
  const wsus = connectWsusServer({ ...server.target, port: relay.port });
  const counted = async (call: () => Promise<unknown>): Promise<string> => {
    const before = requestsThrough(relay);
    await call();
    return String(requestsThrough(relay) - before);
  };
  try {
    const before = readFileSync(server.webConfig);
    const edits = { maxInstalledPrerequisites: 800 };
    const plan = planEdit(before, edits);
    if (!plan.ok) throw new Error('planning the edit of the practice server: it was refused');
    const acting = () => ({ changeId, notAfter: new Date(Date.now() + 60_000).toISOString() });
    const changeId = randomUUID();
    const hashes = { sha256Before: sha256Of(before), sha256After: sha256Of(plan.after) };
    const back = { sha256Before: hashes.sha256After, sha256After: hashes.sha256Before };
    const backup = `Web.config.${changeId}.bak`;
    const rows = [
      ['check, no connection yet', await counted(() => wsus.report())],
      ['check, connection open', await counted(() => wsus.report())],
      ['apply (back up, write, verify)', await counted(() => wsus.apply({ ...acting(), ...hashes, edits }))],
      ['restart and wait', await counted(() => wsus.restart({ ...acting(), activation: 'IISReset' }))],
      ['restore a backup', await counted(() => wsus.restore({ ...acting(), ...back, backup }))],
      ['close the session', await counted(() => wsus.close())],
    ];
    return table(['call', 'HTTP requests'], rows);
  } finally {
    await wsus.close();
    await relay.close();
    await practice.close();
  }
};

const requestsThrough = (relay: Relay): number =>
  relay.recorded().fromClient.toString('latin1').split('POST /wsman HTTP/1.1\r\n').length - 1;
