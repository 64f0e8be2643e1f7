import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withoutPowershell } from './in-module.ts';
import { type KilledFunction, KillScene } from './kill-scene.ts';

const functions = ['Set-WsusBotLimit', 'Restore-WsusBotBackup'] as const;
const moments = 200;

/** Takes long: each kill costs a PowerShell. */
describe('a function whose process is killed', { skip: withoutPowershell }, () => {
  for (const name of functions) {
    test(`${name}, at every crossing between two functions of the module`, async (context) => {
      const scene = await KillScene.start();
      context.after(() => scene.close());
      const found = { before: 0, after: 0 };
      let crossing = 1;
      for (; ; crossing++) {
        await scene.prepare(name);
        const answer = await scene.killAt(name, crossing);
        if (answer !== 'killed') {
          assert.equal(answer.boundaries, crossing - 1);
          assert.match(answer.result ?? '', /"outcome":"(?:written|restored)"/);
          break;
        }
        const file = await at(`crossing ${crossing}`, () => scene.assertTruth(name));
        found[file]++;
        await at(`crossing ${crossing}`, () => scene.assertMends(file, name));
      }
      assert.ok(found.before > 0 && found.after > 0);
      context.diagnostic(
        `${crossing - 1} kills: ${found.before} left the old file, ${found.after} the new one`,
      );
    });
  }

  test(`${moments} times at a random moment, most of them over what the one before left`, async (context) => {
    const scene = await KillScene.start([]);
    context.after(() => scene.close());
    await scene.prepare('Set-WsusBotLimit');
    const duration = await scene.measure('Set-WsusBotLimit');
    const found = { before: 0, after: 0, ended: 0 };
    let name: KilledFunction = 'Set-WsusBotLimit';
    await scene.prepare(name);
    for (let moment = 0; moment < moments; moment++) {
      const milliseconds = Math.random() * duration;
      const place = `${milliseconds.toFixed(1)} ms into ${name}`;
      if ((await scene.killAfter(name, milliseconds)) !== 'killed') found.ended++;
      const file = await at(place, () => scene.assertTruth(name));
      found[file]++;
      if (file === 'after') name = scene.turn(name);
      if (moment % 10 !== 9) continue;
      await at(place, () => scene.assertMends('before', name));
      name = 'Set-WsusBotLimit';
      await scene.prepare(name);
    }
    assert.ok(found.before > 0 && found.after > 0);
    context.diagnostic(`within ${duration.toFixed(0)} ms: ${JSON.stringify(found)}`);
  });
});

/** Names the place in what goes wrong there. */
async function at<Value>(place: string, action: () => Promise<Value>): Promise<Value> {
  try {
    return await action();
  } catch (error) {
    throw new Error(`killed at ${place}`, { cause: error });
  }
}
