import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { isInSharePoint } from '../../bot/download/file-places.ts';
import { textOf } from '../kit/card-reader.ts';
import {
  brokenOff,
  type FakeFileHost,
  pieces,
  redirectTo,
  stalled,
  startFakeFileHost,
  status,
  tenantHost,
  whole,
} from '../kit/fake-file-host.ts';
import { type InventoryOptions, startInventory } from '../kit/inventory.ts';
import { says } from '../kit/main-job.ts';
import { serverLine, simpleAuth } from './diagnosis/samples.ts';

const start = async (t: TestContext, options: InventoryOptions = {}) => {
  const host = await startFakeFileHost();
  t.after(() => host.close());
  const inventory = await startInventory(t, {
    names: ['wsus01'],
    ...options,
    download: { mayFetch: isInSharePoint, agent: host.agent, silence: 5_000, ...options.download },
  });
  return { ...inventory, host };
};

test('a file in OneDrive is fetched over TLS, read, and leads on to the server it names', async (t) => {
  const { person, connector, host } = await start(t);
  host.give('server.log', whole(serverLine({ host: 'wsus01' })));
  assert.equal(await person().sendFile('SoftwareDistribution.log', host.url('server.log')), 200);
  const cause = await connector.until(says(/^Cause found: KB 4096317/), 'the cause');
  assert.match(textOf(cause.activity), /SoftwareDistribution\.log/);
  await connector.until(
    ({ versions }) => String(versions[0]?.summary).startsWith('Reading wsus01'),
    'the reading of the server',
  );
  assert.deepEqual(
    host.requests.map(({ path, headers }) => [path, headers.host, headers.authorization, headers.cookie]),
    [['server.log', tenantHost, undefined, undefined]],
  );
});

test('a long file has a card that says how far it is, and the answer replaces it', async (t) => {
  const { person, connector, host } = await start(t);
  const rest = Promise.withResolvers<void>();
  const first = 'x'.repeat(60_000);
  const second = `\n${simpleAuth}`;
  host.give(
    'long.log',
    pieces(
      (async function* () {
        yield first;
        await rest.promise;
        yield second;
      })(),
      first.length + Buffer.byteLength(second),
    ),
  );
  await person().sendFile('long.log', host.url('long.log'));
  const reading = await connector.until(says(/^Reading the file long\.log/), 'the card about reading');
  rest.resolve();
  const answer = await connector.until(says(/^Cause found, and it is not/), 'the answer');
  assert.equal(answer.id, reading.id);
  assert.equal(connector.messages.length, 1);
});

test('Stop reading ends it, and the connection to its host', async (t) => {
  const { person, connector, host } = await start(t);
  host.give('long.log', stalled('x'));
  const someone = person();
  await someone.sendFile('long.log', host.url('long.log'));
  const reading = await connector.until(says(/^Reading the file/), 'the card about reading');
  const { text } = await someone.press(reading, 'Stop reading');
  assert.match(text ?? '', /I stop reading/);
  await connector.until(says(/reading was stopped/), 'the end');
  await host.idle();
});

describe('a file that cannot be had', () => {
  const cases: [string, (host: FakeFileHost) => string, RegExp, InventoryOptions['download']?][] = [
    ['lies elsewhere', () => 'https://files.evil.example/a.log', /I fetch only what lies in the SharePoint/],
    ['is not there', (host) => host.url('missing.log'), /does not work any more/],
    ['has a link that ran out', (host) => host.url('expired.log'), /does not work any more/],
    ['sends on elsewhere', (host) => host.url('moved.log'), /sends me on to another place/],
    ['breaks off', (host) => host.url('broken.log'), /broke off before its end/],
    ['stops', (host) => host.url('stalled.log'), /stopped sending/, { silence: 30 }],
    ['is too large', (host) => host.url('large.log'), /larger than 100 KB/, { most: 102_400 }],
  ];
  for (const [what, urlOf, words, download] of cases) {
    test(`because it ${what} says so, and what to do`, async (t) => {
      const { person, connector, host } = await start(t, download === undefined ? {} : { download });
      host.give('expired.log', status(401));
      host.give('moved.log', redirectTo('https://evil.sharepoint.com/a'));
      host.give('broken.log', brokenOff('x'));
      host.give('stalled.log', stalled('x'));
      host.give('large.log', whole('x'.repeat(200_000)));
      await person().sendFile('a.log', urlOf(host));
      const shown = await connector.until(says(/^Not done: I did not read a\.log/), 'the refusal');
      const text = textOf(shown.activity).replaceAll('\u00a0', ' ');
      assert.match(text, words);
      assert.match(text, /Next\n./);
    });
  }
});

describe('a file in a group or a channel', () => {
  for (const conversationType of ['groupChat', 'channel'] as const) {
    test(`${conversationType}: the bot says how to send it`, async (t) => {
      const { person, connector } = await start(t);
      await person({ conversationType }).say('<at>WSUS Bot</at> look', {
        recipient: { id: '28:dddddddd-0000-4000-8000-00000000000d', name: 'WSUS Bot' },
        attachments: [
          {
            contentType: 'text/html',
            content:
              '<div><span itemtype="http://schema.skype.com/Mention" itemid="0">WSUS Bot</span> look</div><attachment id="6c0b0a4e"></attachment>',
          },
        ],
      });
      const shown = await connector.until(says(/^Not done/), 'the answer');
      assert.match(textOf(shown.activity), /personal chat/);
      assert.match(
        JSON.stringify(shown.activity),
        /https:\/\/teams\.microsoft\.com\/l\/chat\/0\/0\?users=28:dddddddd-0000-4000-8000-00000000000d/,
      );
    });
  }
});

test('a picture is answered with words', async (t) => {
  const { person, connector } = await start(t);
  await person().say('', {
    attachments: [
      {
        contentType: 'image/*',
        contentUrl: 'https://smba.trafficmanager.net/emea/v3/attachments/1/views/original',
      },
      {
        contentType: 'text/html',
        content: '<p><img src="https://x" itemtype="http://schema.skype.com/AMSImage"></p>',
      },
    ],
  });
  const shown = await connector.until(says(/^Not done/), 'the answer');
  assert.match(textOf(shown.activity), /I cannot read pictures/);
});

test('in the demo a file comes from this machine, and from nowhere else', async (t) => {
  const host = await startFakeFileHost();
  t.after(() => host.close());
  const { person, connector } = await startInventory(t, { names: ['wsus01'] });
  host.give('a.log', whole(simpleAuth));
  await person().sendFile('a.log', host.loopbackUrl('a.log'));
  await connector.until(says(/^Cause found, and it is not/), 'the answer');
  await person().sendFile('b.log', host.url('a.log'));
  await connector.until(says(/^Not done: I did not read b\.log/), 'the refusal');
});

test('a bot that stops does not wait for a file', async (t) => {
  const host = await startFakeFileHost();
  t.after(() => host.close());
  host.give('long.log', stalled('x'));
  let asked = false;
  await t.test('while one is read', async (inner) => {
    const { person } = await startInventory(inner, { names: ['wsus01'] });
    await person().sendFile('long.log', host.loopbackUrl('long.log'));
    while (host.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    asked = true;
  });
  assert.ok(asked);
  await host.idle();
});
