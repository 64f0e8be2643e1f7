import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { look, StillActing } from '../../../bot/changes/look.ts';
import type { Report } from '../../../remote/contract.ts';
import { RemoteError } from '../../../remote/remote-error.ts';
import { createScene, remoteError, type Scene, serverTime } from './scene.ts';

const running = (scene: Scene) => ({
  functionName: 'Restart-WsusBotService',
  changeId: 'x',
  startedAt: serverTime(scene.world),
});

/** Looks, and counts how often; before each look after the first `between` may change the server. */
const lookAt = async (
  scene: Scene,
  { notAfter, enough = () => true }: { notAfter?: string; enough?: (report: Report) => boolean },
  between: (looks: number) => void = () => undefined,
) => {
  let looks = 1;
  const { pause } = scene.runtime;
  const runtime = {
    ...scene.runtime,
    pause: async (milliseconds: number) => {
      await pause(milliseconds);
      between(looks);
      looks += 1;
    },
  };
  const began = scene.world.now.getTime();
  const seen = await look(scene.server, runtime, { notAfter, enough });
  return { seen, looks, took: scene.world.now.getTime() - began };
};

describe('a look', () => {
  test('at a server that is idle and says what is hoped for comes back at once', async () => {
    const { seen, looks } = await lookAt(createScene(), {});
    assert.ok(!(seen instanceof RemoteError));
    assert.equal(looks, 1);
  });

  test('waits until the function that acts on the server has ended', async () => {
    const scene = createScene();
    scene.world.running = running(scene);
    const { seen, looks } = await lookAt(scene, {}, (count) => {
      if (count === 5) scene.world.running = null;
    });
    assert.ok(!(seen instanceof RemoteError));
    assert.equal(looks, 6);
  });

  test('does not take a report that hides whether something acts', async () => {
    const { seen } = await lookAt(createScene({ running: 'not-readable' }), {});
    assert.ok(seen instanceof RemoteError);
    assert.equal(seen.outcome, 'unknown');
  });

  test('goes on while what is hoped for is not there, until patience ends, then takes what is', async () => {
    const scene = createScene();
    const { seen, took } = await lookAt(scene, { enough: () => false });
    assert.ok(!(seen instanceof RemoteError));
    assert.equal(took, scene.runtime.settings.patience);
  });

  test('is over as soon as what is hoped for is there', async () => {
    const scene = createScene({ service: 'silent' });
    const { looks } = await lookAt(
      scene,
      { enough: (report) => report.health.ok && report.health.getConfigStatus === 200 },
      (count) => {
        if (count === 3) scene.world.service = 'answers';
      },
    );
    assert.equal(looks, 4);
  });

  test('goes by the clock of the server for the last moment of a lost request', async () => {
    const ahead = createScene({ skew: 3_600_000 });
    const past = await lookAt(ahead, { notAfter: '2026-11-25T02:30:00.000Z', enough: () => false });
    assert.ok(!(past.seen instanceof RemoteError));
    const behind = createScene({ skew: -3_600_000 });
    const before = await lookAt(behind, { notAfter: '2026-11-25T02:00:15.000Z', enough: () => false });
    assert.ok(before.seen instanceof RemoteError, 'a lost request may still begin there');
  });

  test('meets silence with patience', async () => {
    const scene = createScene();
    const { report } = scene.server;
    let silent = true;
    scene.server.report = (options) => (silent ? Promise.reject(remoteError('not-sent')) : report(options));
    const { seen, looks } = await lookAt(scene, {}, (count) => {
      if (count === 10) silent = false;
    });
    assert.ok(!(seen instanceof RemoteError));
    assert.equal(looks, 11);
  });

  test('at a server that stays silent answers the last error as a value', async () => {
    const scene = createScene();
    const error = remoteError('not-sent', 'remote.unreachable');
    scene.server.report = () => Promise.reject(error);
    const { seen, took } = await lookAt(scene, {});
    assert.equal(seen, error);
    assert.equal(took, scene.runtime.settings.patience);
  });

  test('at a function that does not end says that it waited for it', async () => {
    const scene = createScene();
    scene.world.running = running(scene);
    const { seen } = await lookAt(scene, {});
    assert.ok(seen instanceof StillActing);
    assert.equal(seen.code, 'remote.timed-out');
    assert.equal(seen.seenAt, serverTime(scene.world), 'it was not silent');
  });

  test('lets a defect through', async () => {
    const scene = createScene();
    scene.server.report = () => Promise.reject(new TypeError('a defect'));
    await assert.rejects(lookAt(scene, {}), TypeError);
  });
});
