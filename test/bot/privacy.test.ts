import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { chatPerson } from '../kit/chat-person.ts';
import { startDemoWith } from '../kit/demo-process.ts';
import { startFakeConnector } from '../kit/fake-connector.ts';
import {
  brokenOff,
  packed,
  redirectTo,
  stalled,
  startFakeFileHost,
  status,
  whole,
} from '../kit/fake-file-host.ts';
import { says } from '../kit/main-job.ts';
import { clientLog, serverLine, simpleAuth } from './diagnosis/samples.ts';

const marker = 'Swordfish-7c1e';

/** Files below a folder that hold the marker, in whatever bytes a program writes text. */
const holding = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const bytes = readFileSync(path);
      return (
        bytes.includes(marker) || bytes.includes(Buffer.from(marker, 'utf16le')) || path.includes(marker)
      );
    });

test('of text and files that people send nothing is on the disk or in the log, whatever became of them', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'wsus-bot-privacy-'));
  const demo = await startDemoWith(['--no-playground'], { TMPDIR: folder, TMP: folder, TEMP: folder });
  const connector = await startFakeConnector();
  const host = await startFakeFileHost();
  t.after(async () => {
    await host.close();
    await connector.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const { endpoint } = demo.ready;
  let chats = 0;
  /** Each in a chat of its own, so that one answer does not go on from another. */
  const someone = (conversationType: 'personal' | 'groupChat' = 'personal') =>
    chatPerson({ endpoint, connector, conversationType, conversationId: `chat ${chats++}` });
  const answered = async (chat: ReturnType<typeof chatPerson>, words: RegExp): Promise<void> => {
    await connector.until(
      (message) => message.conversationId === chat.conversationId && says(words)(message),
      `${words}`,
    );
  };
  const marked = (line: string): string => `${line} ${marker}`;

  const texts: readonly [string, RegExp, Record<string, unknown>?][] = [
    [marked(serverLine({ host: 'wsus01' })), /^Needs approval/],
    [marked(serverLine({ host: `${marker}.example`.toLowerCase() })), /^Cause found: KB/],
    [clientLog().replaceAll('wsus01', `wsus01 ${marker}`), /^Cause found: KB/],
    [marked(simpleAuth), /^Cause found, and it is not/],
    [marked('80244007'), /^Not enough/],
    [marked('2026-11-24 21:00:00.000 UTC\tInfo\tw3wp.1\tnothing'), /^No fault/],
    [marked('how are you'), /^Help/],
    [`check ${marker}`, /^Unknown server|^Which server/],
    [
      '',
      /^Cause found: KB/,
      {
        attachments: [
          {
            contentType: 'text/html',
            content: `<blockquote itemtype="http://schema.skype.com/Reply"><p itemprop="copy">${marked(serverLine({ host: 'other.example' }))}</p></blockquote><p>${marker}</p>`,
          },
        ],
      },
    ],
  ];
  for (const [text, words, extra] of texts) {
    const chat = someone();
    await chat.say(text, extra);
    await answered(chat, words);
  }

  const log = marked(serverLine({ host: 'other.example' }));
  const files: readonly [string, Parameters<typeof host.give>[1], RegExp][] = [
    ['plain', whole(log), /^Cause found: KB/],
    ['quiet', whole(marked('nothing')), /^No fault/],
    ['gone', status(404), /does not work any more/],
    ['not-given', status(500), /does not give it/],
    ['moved', redirectTo(`https://evil.example/${marker}`), /sends me on/],
    ['broken', brokenOff(log), /broke off/],
    ['packed', packed(gzipSync(log)), /does not give it/],
  ];
  for (const [name, answer, words] of files) {
    const chat = someone();
    host.give(`${marker}-${name}`, answer);
    await chat.sendFile(`${marker} ${name}.log`, host.loopbackUrl(`${marker}-${name}`));
    await answered(chat, words);
  }
  const elsewhere = someone();
  await elsewhere.sendFile(`${marker}.log`, `https://evil.example/${marker}`);
  await answered(elsewhere, /I fetch only/);

  const group = someone('groupChat');
  await group.say(marker, {
    attachments: [
      { contentType: 'text/html', content: `<p>${marker}</p><attachment id="${marker}"></attachment>` },
    ],
  });
  await answered(group, /^Not done/);

  // One is being read while the bot stops.
  const stopped = someone();
  host.give(`${marker}-stalled`, stalled(log));
  await stopped.sendFile(`${marker} stalled.log`, host.loopbackUrl(`${marker}-stalled`));
  await answered(stopped, /^Reading the file/);

  assert.deepEqual(holding(folder), []);
  assert.ok(readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith('.sqlite')));
  assert.equal(await demo.stop(), 0);
  assert.match(demo.log(), /"fetching a file"/, 'the log tells of files that could not be had');
  assert.doesNotMatch(demo.log(), new RegExp(marker, 'i'));
  assert.ok(
    JSON.stringify(connector.messages).includes(marker),
    'the marker was there to be found: cards show it',
  );
});
