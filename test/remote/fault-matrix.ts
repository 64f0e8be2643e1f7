import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { inspect } from 'node:util';
import { connectWsusServer } from '../../remote/connect-wsus-server.ts';
import type { MessageKind, Misdeed } from '../../remote/practice/misbehaviour.ts';
import type { StartedPracticeServer } from '../../remote/practice/start-practice-servers.ts';
import { RemoteError } from '../../remote/remote-error.ts';
import type { WsusServer } from '../../remote/wsus-server.ts';
import { messages, misdeeds } from './misdeeds.ts';
import { practiceServer } from './practice/front/practice.ts';

const calls = ['report', 'apply', 'restart', 'restore'] as const;
type Call = (typeof calls)[number];

export interface Cell {
  readonly name: string;
  readonly on: MessageKind;
  readonly nth: number;
  readonly call: Call;
  readonly misdeed: Misdeed;
}

/** Every fault on every message of every call, on its first and its second such message. */
export const cells: readonly Cell[] = Object.entries(misdeeds).flatMap(([does, misdeed]) =>
  messages.flatMap((on) =>
    calls.flatMap((call) =>
      [1, 2].map((nth) => ({ name: `${does} on ${on} ${nth} of ${call}`, on, nth, call, misdeed })),
    ),
  ),
);

/** They meet a session that is there already: only there could a call be tempted to try again. */
const warmMessages: ReadonlySet<MessageKind> = new Set(['Command', 'Receive', 'Signal']);

/** Reads until one reading went well: on a busy machine the short times of the matrix may be over before. */
async function warmUp(wsus: WsusServer): Promise<void> {
  for (let time = 1; time <= 5; time++) {
    const isThere = await wsus.report({ brief: true }).then(
      () => true,
      () => false,
    );
    if (isThere) return;
  }
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** What is on the disk, and how often something was done to it. */
const stateOf = ({ webConfig, stats }: StartedPracticeServer) => ({
  file: sha256(readFileSync(webConfig)),
  ...stats(),
});

/**
 * Makes one call through one fault and holds what it claims against what happened: a result is true, `not-sent` and `refused` mean
 * that nothing happened, and nothing happens twice. @throws AssertionError
 */
export async function runCell(t: TestContext, { on, nth, call, misdeed }: Cell): Promise<void> {
  const server = await practiceServer(t);
  const wsus = connectWsusServer(server.target, { operationTimeout: 300, answerMargin: 300 });
  t.after(() => wsus.close());
  const request = await prepared(server, wsus, call);
  if (warmMessages.has(on)) await warmUp(wsus);
  const before = stateOf(server);
  server.misbehave([{ on, nth, misdeed }]);
  const end = await request().then(
    (result) => ({ ok: true as const, result }),
    (error: unknown) => ({ ok: false as const, error }),
  );
  await wsus.close();
  server.misbehave([]);
  const after = await atRest(server);
  const done = {
    restarts: after.restarts - before.restarts,
    writes: after.writes - before.writes,
  };
  assert.ok(done.restarts <= 1 && done.writes <= 1, `done twice: ${inspect(done)}`);
  if (end.ok) {
    const acted = 'outcome' in end.result && end.result.outcome !== 'refused';
    assert.deepEqual(done, {
      restarts: acted && call === 'restart' ? 1 : 0,
      writes: acted && call !== 'restart' ? 1 : 0,
    });
    return;
  }
  assert.ok(end.error instanceof RemoteError, inspect(end.error));
  if (call === 'report' || end.error.outcome !== 'unknown') {
    assert.deepEqual(after, before, `${end.error.code} claims ${end.error.outcome}`);
  }
}

/** The call with what has to come before it; a restore needs something to take back. */
async function prepared(server: StartedPracticeServer, wsus: WsusServer, call: Call) {
  const original = readFileSync(server.webConfig);
  const raised = Buffer.from(original.toString('latin1').replace('value="400"', 'value="800"'), 'latin1');
  const apply = {
    changeId: randomUUID(),
    notAfter: new Date(Date.now() + 600_000).toISOString(),
    sha256Before: sha256(original),
    sha256After: sha256(raised),
    edits: { maxInstalledPrerequisites: 800 },
  };
  const deadline = { deadline: 20_000 };
  switch (call) {
    case 'report':
      return () => wsus.report({ deadline: 3_000 });
    case 'apply':
      return () => wsus.apply(apply, deadline);
    case 'restart':
      return () => wsus.restart({ ...apply, activation: 'IISReset' }, deadline);
    case 'restore': {
      const patient = connectWsusServer(server.target);
      const applied = await patient.apply(apply);
      await patient.close();
      assert.ok(applied.outcome === 'written');
      const back = { sha256Before: apply.sha256After, sha256After: apply.sha256Before };
      return () => wsus.restore({ ...apply, ...back, backup: applied.backup.name }, deadline);
    }
  }
}

/** What is there when nothing runs any more. */
async function atRest(server: StartedPracticeServer) {
  const looking = connectWsusServer(server.target);
  try {
    for (;;) {
      const { activity } = await looking.report({ brief: true });
      if (activity.ok && activity.running === null) return stateOf(server);
    }
  } finally {
    await looking.close();
  }
}
