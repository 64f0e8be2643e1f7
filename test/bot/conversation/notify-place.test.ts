import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { auditPage } from '../../../bot/store/audit-rows.ts';
import { notifiedPlaces } from '../../../bot/store/notified.ts';
import { approver, requester } from '../changes/sample-change.ts';
import { cardIn, type DeskScene, group, personal, startDesk, wordsOn } from './desk-scene.ts';

const says = async (scene: DeskScene, text: string, who = approver, where = group('g')) =>
  wordsOn(cardIn(await scene.say(text, who, where)).card);
const entries = async ({ desk }: DeskScene) =>
  (await auditPage(desk.database, 0, 100)).map(({ entryJson }) => JSON.parse(entryJson));

describe('notify', () => {
  test('here makes this the place, by an approver, and off ends it', async (t) => {
    const scene = await startDesk(t);
    assert.match(await says(scene, 'notify here'), /I announce changes here from now on/);
    const [place] = await notifiedPlaces(scene.desk.database);
    assert.deepEqual([place?.where.conversationId, place?.by], ['g', approver]);
    assert.match(await says(scene, 'notify here'), /already.*Alex Wilber/s);
    assert.match(await says(scene, 'NOTIFY  OFF'), /no more changes here/);
    assert.deepEqual(await notifiedPlaces(scene.desk.database), []);
    assert.match(await says(scene, 'notify off'), /nothing to end/);
  });

  test('alone says where, to everybody', async (t) => {
    const scene = await startDesk(t);
    assert.match(await says(scene, 'notify', requester), /nowhere yet/);
    await says(scene, 'notify here');
    await says(scene, 'notify here', approver, personal('p'));
    assert.match(await says(scene, 'notify', requester), /2 places: here, by Alex Wilber.*a personal chat/s);
    assert.match(await says(scene, 'notify', requester, group('other')), /and not here/);
  });

  test('is not for those who may only ask, and the refusal is on record', async (t) => {
    const scene = await startDesk(t);
    for (const text of ['notify here', 'notify off']) {
      assert.match(await says(scene, text, requester), /You may not choose.*Alex Wilber may/s);
    }
    assert.deepEqual(await notifiedPlaces(scene.desk.database), []);
    const [refused] = await entries(scene);
    assert.deepEqual(
      [refused.kind, refused.actor.name, refused.detail.wanted],
      ['refused', 'Megan Bowen', 'notify'],
    );
  });

  test('is on record, with who and where', async (t) => {
    const scene = await startDesk(t);
    await says(scene, 'notify here');
    await says(scene, 'notify off');
    assert.deepEqual(
      (await entries(scene)).map(({ kind, actor, detail }) => [
        kind,
        actor.name,
        detail.place,
        detail.conversation,
      ]),
      [
        ['notify-on', 'Alex Wilber', 'group', 'g'],
        ['notify-off', 'Alex Wilber', 'group', 'g'],
      ],
    );
  });

  test('with other words is no command', async (t) => {
    const scene = await startDesk(t);
    await says(scene, 'notify me please');
    assert.deepEqual(await notifiedPlaces(scene.desk.database), []);
  });
});
