import type { TestContext } from 'node:test';
import { type PracticeState, practiceServers } from '../../../../remote/practice/practice-servers.ts';
import {
  type StartOptions,
  startPracticeServers,
} from '../../../../remote/practice/start-practice-servers.ts';
import { RawWinrmClient } from './raw-winrm-client.ts';

/** One practice server, closed after the test. */
export async function practiceServer(
  context: TestContext,
  state: PracticeState = 'limit-too-low',
  options: StartOptions = {},
) {
  const specs = practiceServers.filter((spec) => spec.state === state);
  const practice = await startPracticeServers({ ...options, specs });
  context.after(() => practice.close());
  const [server] = practice.servers;
  if (server === undefined) throw new Error(`no practice server is ${state}`);
  return server;
}

/** A client that has signed in and opened a shell whose pool messages it has taken. */
export async function openShell(context: TestContext, server: Awaited<ReturnType<typeof practiceServer>>) {
  const client = new RawWinrmClient(context, server.target);
  await client.signIn();
  await client.create();
  await client.receive();
  return client;
}
