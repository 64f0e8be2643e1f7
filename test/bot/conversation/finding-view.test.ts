import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { evidenceOf, inventoryServersIn, seenOf } from '../../../bot/conversation/finding-view.ts';
import { diagnose } from '../../../bot/diagnosis/diagnose.ts';
import type { Finding } from '../../../bot/diagnosis/diagnosis.ts';
import { clientLog, serverLine } from '../diagnosis/samples.ts';
import { startDesk } from './desk-scene.ts';

const findingIn = (text: string): Finding => {
  const [finding] = diagnose(text).findings;
  assert.ok(finding !== undefined);
  return finding;
};

const servers = [
  { name: 'wsus01', host: 'wsus01.corp.example' },
  { name: 'wsus02', host: 'wsus02' },
  { name: 'main', host: '10.1.2.3' },
  { name: 'north', host: 'branch.north.example' },
  { name: 'south', host: 'branch.south.example' },
];

describe('the server of the inventory that a host in a log means', () => {
  for (const [host, names] of [
    ['wsus01.corp.example', ['wsus01']],
    ['WSUS01.CORP.EXAMPLE', ['wsus01']],
    ['wsus01', ['wsus01']],
    ['wsus02', ['wsus02']],
    ['wsus02.corp.example', ['wsus02']],
    ['10.1.2.3', ['main']],
    ['main', ['main']],
    ['north', ['north']],
    ['branch.south.example', ['south']],
    ['wsus01.other.example', []],
    ['main.corp.example', ['main']],
    ['wsus99', []],
    ['wsus0', []],
    ['branch', []],
    ['branch.west.example', []],
    ['10.1.2.4', []],
    ['corp.example', []],
  ] as const) {
    test(`${host} is ${names.join() || 'none'}`, async (t) => {
      const { desk } = await startDesk(t, { servers });
      const found = inventoryServersIn(desk, findingIn(serverLine({ host })));
      assert.deepEqual(
        found.map(({ name }) => name),
        names,
      );
    });
  }

  test('is named once, however often the log names it and by which name', async (t) => {
    const { desk } = await startDesk(t, { servers });
    const text = [
      serverLine({ host: 'wsus01', id: 1 }),
      serverLine({ host: 'wsus01.corp.example', id: 2 }),
      serverLine({ host: 'wsus02', id: 3 }),
    ].join('\n');
    assert.deepEqual(
      inventoryServersIn(desk, findingIn(text)).map(({ name }) => name),
      ['wsus01', 'wsus02'],
    );
  });
});

test('a server that is not in the inventory is shown by the name in the log', async (t) => {
  const { desk } = await startDesk(t, { servers });
  const seen = seenOf(desk, findingIn(serverLine({ host: 'other.example' })));
  assert.deepEqual(seen.servers, [{ name: 'other.example', inInventory: false }]);
});

test('a known server is shown by our name, with the host of the log when that is another', async (t) => {
  const { desk } = await startDesk(t, { servers });
  const seen = seenOf(desk, findingIn(serverLine({ host: 'wsus01.corp.example' })));
  assert.deepEqual(seen.servers, [{ name: 'wsus01', inInventory: true, host: 'wsus01.corp.example' }]);
});

test('hours without a fault are shown, and the hours at both ends are parts', async (t) => {
  const { desk } = await startDesk(t, { servers });
  const utc = [
    serverLine({ time: '2026-11-24 20:10:00.000', id: 1 }),
    serverLine({ time: '2026-11-24 22:30:00.000', id: 2 }),
  ].join('\n');
  assert.deepEqual(
    seenOf(desk, findingIn(utc)).perHour?.map(({ count, minutes }) => [count, minutes]),
    [
      [1, 50],
      [0, 60],
      [1, 30],
    ],
  );
});

test('hours of a zone that nobody names keep the clock of the log', async (t) => {
  const { desk } = await startDesk(t, { servers });
  const local = clientLog().replaceAll('22:40:12', '23:50:12').replaceAll('-000000000002', '-000000000003');
  const [hour] = seenOf(desk, findingIn(`${clientLog()}\n${local}`)).perHour ?? [];
  assert.deepEqual(hour?.startsAt, { asLogged: '2026-11-24 22:00:00' });
});

test('a line of evidence names its log only when that is known', () => {
  const [line] = findingIn(serverLine()).evidence;
  assert.ok(line !== undefined);
  assert.equal(evidenceOf({ ...line, source: 'unknown' }).source, undefined);
  assert.equal(evidenceOf(line).text, line.text);
});
