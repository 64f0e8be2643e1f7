import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoPeople } from '../../bot/demo-config.ts';
import { buttonsOf, textOf } from '../kit/card-reader.ts';
import type { ShownMessage } from '../kit/fake-connector.ts';
import { startInventory } from '../kit/inventory.ts';

const german = { locale: 'de-DE' };
const summaryOf = ({ activity }: ShownMessage): string => String(activity.summary);
const titlesOf = ({ activity }: ShownMessage): readonly string[] =>
  buttonsOf(activity).map(({ title }) => title);

test('a person whose client is German is answered in German, and goes on in it', async (t) => {
  const { connector, person } = await startInventory(t, { names: ['wsus01'] });
  const approver = person({ who: demoPeople.approver, conversationId: 'a:german', ...german });
  await approver.say('check wsus01', { localTimezone: 'Europe/Berlin' });
  const plan = await connector.until((m) => /^Genehmigung nötig: /.test(summaryOf(m)), 'the plan');
  assert.match(String(plan.versions[0]?.summary), /^Ich lese wsus01/);
  assert.deepEqual(titlesOf(plan), ['Genehmigen, ausführen', 'Ablehnen']);
  assert.match(textOf(plan.activity), /Gültig bis \d\d:\d\d\u00a0MEZ/);
  const { card } = await approver.press(plan, 'Genehmigen, ausführen');
  assert.match(textOf(card ?? {}), /Läuft/);
  const done = await connector.until((m) => /^Fertig und nachgewiesen/.test(summaryOf(m)), 'the proof');
  assert.equal(done.id, plan.id);
});

test('each of two people in one chat has answers to presses in the own language, and one without a catalogue has English', async (t) => {
  const { connector, person } = await startInventory(t, { names: ['wsus01'] });
  const asker = person({
    who: demoPeople.requester,
    conversationId: '19:group',
    conversationType: 'groupChat',
    ...german,
  });
  await asker.say('<at>WSUS Bot</at> check wsus01');
  const plan = await connector.until((m) => /^Wartet auf Genehmigung/.test(summaryOf(m)), 'the plan');
  assert.deepEqual(titlesOf(plan), ['Ansehen']);
  const french = person({
    who: demoPeople.approver,
    conversationId: '19:group',
    conversationType: 'groupChat',
    locale: 'fr-FR',
  });
  const { card } = await french.press(plan, 'Ansehen');
  assert.match(textOf(card ?? {}), /Needs approval/);
});
