import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { demoChats } from '../../bot/demo-chats.ts';
import { cardOf } from '../kit/card-reader.ts';
import { whyNoChromium } from '../kit/chromium.ts';
import type { ShownMessage } from '../kit/fake-connector.ts';
import { CardPage, type Drawn } from '../rendering/card-page.ts';
import { type SeveralPeople, startSeveralPeople } from './several-people-scene.ts';

const skip = (await whyNoChromium()) ?? false;

/** A group chat and a channel in Microsoft 365 Agents Playground, where people may do different things. */
suite('several people in the playground', { skip }, () => {
  let scene: SeveralPeople;
  let cards: CardPage;
  /** The plan, as it stands in the group chat. */
  let plan: ShownMessage;

  before(async () => {
    [scene, cards] = await Promise.all([startSeveralPeople(), CardPage.open()]);
  });
  after(async () => {
    await cards?.close();
    await scene?.close();
  });

  /** A card that one person alone sees, drawn as Teams draws it. */
  const draw = async (json: Record<string, unknown> | undefined, name: string): Promise<Drawn> => {
    assert.ok(json !== undefined, 'there is a card');
    const [drawn] = await cards.drawAll([{ in: () => ({ json, summary: '' }) }], 'light', 480, false);
    assert.ok(drawn !== undefined);
    const folder = fileURLToPath(new URL('../../test-output/playground/', import.meta.url));
    await cards.picture(`${folder}${name}.png`);
    return drawn;
  };

  test('a channel becomes the place for announcements', async () => {
    const { alex } = scene;
    await alex.open('Changes');
    await alex.mention('notify here', 'post');
    await alex.see('I announce changes here from now on');
    await alex.picture('20-notify-here');
  });

  test('in a group chat who asked sees the card of all, and nobody decides on it', async () => {
    const { alex } = scene;
    await alex.open('Server team');
    await alex.mention('check wsus01', 'chat');
    await alex.see('Limit too low. Raise it from 400 to 800?');
    plan = await alex.shown(demoChats.group, /^Waiting for approval/);
    assert.deepEqual(await alex.buttons(), ['Review', 'Details']);
    await alex.picture('21-group');
  });

  test('who may approve gets the card with the buttons, by Review and by the refresh of the client', async () => {
    const pressed = await draw((await scene.megan.press(plan, 'Review')).card, '22-own-card-approver');
    assert.deepEqual(pressed.buttons.slice(0, 2), ['Approve and run', 'Decline']);
    assert.deepEqual(pressed.problems, []);
    const refreshed = await draw((await scene.megan.refresh(plan)).card, '22-own-card-refreshed');
    assert.deepEqual(refreshed.buttons, pressed.buttons);
  });

  test('who may not approve is told who may, and keeps the card of all', async () => {
    const { card, text } = await scene.adele.press(plan, 'Review');
    assert.equal(card, undefined);
    assert.match(
      text ?? '',
      /^You may not approve changes on this server\. Alex Wilber or Megan Bowen may\.$/,
    );
    await assert.rejects(scene.adele.refresh(plan), /and not user-id-2/);
    const { buttons } = await draw(cardOf(plan.activity), '23-card-of-all');
    assert.deepEqual(buttons.slice(0, 2), ['Review', 'Details']);
  });

  test('who asked may withdraw, and still not approve', async () => {
    const { alex } = scene;
    await alex.press('Review');
    await alex.see('You asked for this, so somebody else approves it.');
    assert.deepEqual(await alex.buttons(), ['Withdraw', 'Details']);
    await alex.picture('24-own-card-requester');
  });

  test('the yes of one shows the proof to all, in the chat and where it was announced', async () => {
    const { alex, megan } = scene;
    const before = scene.webConfig();
    const own = (await megan.press(plan, 'Review')).card;
    await megan.press({ ...plan, activity: own ?? {} }, 'Approve and run');
    await alex.see('The limit is now 800. Clients can scan again.');
    await alex.picture('25-group-done');
    assert.equal(scene.webConfig().length, before.length);
    assert.notDeepEqual(scene.webConfig(), before);
    await alex.open('Changes');
    await alex.see('A change is done and proven');
    await alex.picture('26-announced');
  });

  test('in a channel the answer stands in the thread of the question', async () => {
    const { alex } = scene;
    await alex.open('General');
    await alex.mention('locks', 'post');
    await alex.see('No server is locked');
    await alex.mention('check wsus01', 'thread');
    await alex.see('Healthy');
    await alex.picture('27-thread');
  });

  test('Diagnose names the cause in a message, and posts it when one wants', async () => {
    const { alex } = scene;
    await alex.open('Server team');
    await alex.say(
      'Clients fail. ThrowException: actor = http://wsus01:8530/ClientWebService/client.asmx, ErrorCode=InvalidParameters, Message=parameters.OtherCachedUpdateIDs',
    );
    await alex.openDiagnose('Clients fail.');
    await alex.see('Same code, another limit: maxCachedUpdates');
    await alex.picture('28-diagnose');
    await alex.press('Post here');
    await alex.press('Send Message');
    await alex.see('Same code, another limit: maxCachedUpdates');
    await alex.picture('29-diagnose-posted');
    await alex.openDiagnose();
    await alex.see('Paste the lines around the failure');
    await alex.write('Error 0x80244007 and nothing more');
    await alex.press('Diagnose');
    await alex.see('80244007 alone does not name the cause');
    await alex.picture('30-diagnose-window');
    await alex.press('Close');
  });

  test('a narrow screen shows the whole width of a card', async () => {
    const { alex } = scene;
    assert.equal(await alex.narrow(390), 0);
    await alex.picture('31-narrow');
  });
});
