import assert from 'node:assert/strict';
import { it } from 'node:test';
import { closedCard } from '../../cards/closed-card.ts';
import { fileRefusedCard } from '../../cards/file-refused-card.ts';
import { healthyCard } from '../../cards/healthy-card.ts';
import { noFaultCard } from '../../cards/no-fault-card.ts';
import { notActiveCard } from '../../cards/not-active-card.ts';
import {
  askCommands,
  type NotEnoughEvidenceCardData,
  notEnoughEvidenceCard,
} from '../../cards/not-enough-evidence-card.ts';
import { readingCard } from '../../cards/reading-card.ts';
import { welcomeCard } from '../../cards/welcome-card.ts';
import { whichServerCard } from '../../cards/which-server-card.ts';
import type { RefusalCode } from '../../remote/web-config-refusal.ts';
import { at, change, inputsOf, pressesOf, view, wordsOf, yesterday } from './sample-values.ts';

const common = {
  view,
  server: 'wsus01',
  readAt: at('02:16:00'),
  way: { way: 'endpoint', endpoint: 'WsusBot', module: 'shipped' },
  checkAgain: 'c',
} as const;

it('welcomes with what this person may do, and a list of the inventory', () => {
  const card = welcomeCard({
    person: 'Mara Lindqvist',
    role: { kind: 'reader', approvers: ['Tomasz Nowak'] },
    servers: ['wsus01', 'wsus02'],
    check: 'c',
    allServers: 'a',
  });
  assert.match(wordsOf(card), /^≡ Help · for Mara Lindqvist\n/);
  assert.match(
    wordsOf(card),
    /check wsus01\nI read that server\. No setting is changed\.\nservers\nAll 2 servers and their state\./,
  );
  assert.match(
    wordsOf(card),
    /You may read every server and ask for a change\.\nA change needs a yes from Tomasz Nowak\./,
  );
  assert.deepEqual(inputsOf(card), ['server']);
  assert.deepEqual(pressesOf(card), { Check: 'c', 'All servers': 'a' });
});

it('offers no check to a person without rights', () => {
  const role = { kind: 'none', approvers: ['Tomasz Nowak'] } as const;
  const card = welcomeCard({ role, servers: ['wsus01'], check: 'c', allServers: 'a' });
  assert.deepEqual(pressesOf(card), {});
  assert.deepEqual(inputsOf(card), []);
});

const asking = (changed: Partial<NotEnoughEvidenceCardData> = {}) =>
  notEnoughEvidenceCard({
    view,
    explanation: {
      heading: '80244007 alone does not name the cause',
      cause: ['Three known faults look like this.'],
      why: ['No line holds ErrorCode and Message.'],
      notes: [],
      steps: ['Send the lines.'],
      order: 'in order',
    },
    evidence: [{ text: 'error 0x80244007' }],
    lines: 1,
    seen: { servers: [], clients: 0, count: 1 },
    others: [],
    asks: [
      {
        where: 'server',
        what: 'From the server, the lines with ThrowException.',
        command: ['cd x', 'Select-String y'],
      },
      {
        where: 'client',
        what: 'From a failing client, the lines with ErrorCode.',
        command: ['Get-WindowsUpdateLog'],
      },
    ],
    commandsAsText: 't',
    ...changed,
  });

it('asks for the lines that decide, and shows the commands', () => {
  const words = wordsOf(asking({ checkServer: 'c' }));
  assert.match(words, /80244007 alone does not name the cause/);
  assert.match(
    words,
    /What your text shows\nNo line holds ErrorCode and Message\.\nYour text\nerror 0x80244007\n1 line read/,
  );
  assert.match(
    words,
    /Next: send me one of these\nSend the lines\.\n1\. From the server, the lines with ThrowException\.\ncd x\nSelect-String y\n2\. From a failing client/,
  );
  assert.deepEqual(pressesOf(asking({ checkServer: 'c' })), {
    'Check a server': 'c',
    'Commands as text': 't',
  });
});

it('offers the check of the server that the text names, in place of a list', () => {
  const card = asking({ check: { server: 'wsus01', token: 'w' } });
  assert.deepEqual(pressesOf(card), { 'Check wsus01': 'w', 'Commands as text': 't' });
});

it('gives the commands as they are typed, each with the machine to run it on', () => {
  const asks = [
    { where: 'server', what: 'a', command: ['cd x', 'dir'] },
    { where: 'client', what: 'b', command: ['Get-WindowsUpdateLog'] },
  ] as const;
  assert.equal(
    askCommands(asks),
    '# On the WSUS server\ncd x\ndir\n\n# On a failing client\nGet-WindowsUpdateLog',
  );
  assert.equal(askCommands(asks.slice(0, 1)), 'cd x\ndir');
});

const nothing = { heading: 'No fault in this text', cause: ['I found no error code.'], notes: [] };

it('answers talk with what to paste or type', () => {
  const card = noFaultCard({
    kind: 'small-talk',
    explanation: nothing,
    lines: 1,
    servers: ['wsus01'],
    check: 'c',
    help: 'h',
  });
  assert.match(wordsOf(card), /Next: paste lines, or let me look/);
  assert.doesNotMatch(wordsOf(card), /800/);
});

it('says of a log without a fault how much of it was read', () => {
  const card = noFaultCard({
    kind: 'no-fault-in-log',
    explanation: nothing,
    lines: 20_411,
    servers: [],
    check: 'c',
    help: 'h',
  });
  assert.match(wordsOf(card), /No fault in this text\nI read 20,411 lines\. I found no error code\./);
});

it('names the inventory and the nearest name for a server that it does not know', () => {
  const card = whichServerCard({
    asked: 'wsus99',
    nearest: { server: 'wsus09', token: 'n' },
    servers: ['wsus01', 'wsus09'],
    check: 'c',
  });
  assert.match(
    wordsOf(card),
    /^\? Unknown server · wsus99\nThis name is not in my inventory\n.*The nearest name is wsus09\.\nMy inventory: 2 servers\nwsus01, wsus09/,
  );
  assert.deepEqual(pressesOf(card), { 'Check wsus09': 'n', Check: 'c' });
});

it('shows the step of a reading and that no setting is changed', () => {
  const card = readingCard({
    view,
    server: 'wsus01',
    startedAt: at('02:14:02'),
    port: 5985,
    endpoint: 'WsusBot',
    steps: [
      { step: 'sign-in', state: 'done', milliseconds: 420 },
      { step: 'report', state: 'now', milliseconds: 3_000 },
    ],
  });
  assert.match(
    wordsOf(card),
    /^▸ Reading · wsus01 · started 02:14:02 UTC\nStep 2 of 2\. No setting is changed\.\n✓\nSigned in\nport 5985\n0\.4 s\n▸\nRead file/,
  );
});

it('calls a server healthy by what was seen', () => {
  const card = healthyCard({
    ...common,
    limit: 800,
    file: 'C:\\Web.config',
    line: 24,
    startedAt: yesterday,
    serviceStatus: 200,
    serviceMilliseconds: 210,
  });
  assert.match(
    wordsOf(card),
    /^✓ Healthy · wsus01 · read 02:16 UTC\nThe limit is 800 and in use\n✓\nValue in the file\n800, line 24 of web\.config\n✓\nIn use\nprocess started 24 Nov 21:40 UTC\n✓\nService answers\nHTTP 200 in 210 ms/,
  );
});

it('does not say in use by a process when there is none', () => {
  assert.match(
    wordsOf(healthyCard({ ...common, limit: 800, file: '' })),
    /–\nIn use\nthe pool has no process now/,
  );
});

it('plans the restart of a limit that is raised and not active', () => {
  const card = notActiveCard({
    ...common,
    limit: 800,
    writtenAt: at('01:00:00'),
    startedAt: yesterday,
    planRestart: 'p',
  });
  assert.match(wordsOf(card), /800, written 01:00 UTC\nService\nruns since 24 Nov 21:40 UTC/);
  assert.deepEqual(Object.keys(pressesOf(card)), ['Plan the restart', 'Check again']);
});

/** Whether a check can meet it: two are about the new value that was asked for. The type keeps the list whole. */
const refusals: Readonly<Record<RefusalCode, boolean>> = {
  'too-large': true,
  'not-a-plain-file': true,
  'unknown-encoding': true,
  malformed: true,
  dtd: true,
  'not-a-configuration': true,
  'config-source': true,
  encrypted: true,
  'key-missing': true,
  'key-commented-out': true,
  'key-duplicated': true,
  'key-in-location': true,
  'key-misplaced': true,
  'key-disguised': true,
  'clear-or-remove': true,
  'not-an-integer': true,
  'already-high': false,
  'target-out-of-range': true,
  'no-edits': false,
  'readers-disagree': true,
};
const refused = (reason: string) =>
  wordsOf(fileRefusedCard({ ...common, reason, file: '', clientsRefused: false }));

for (const [reason] of Object.entries(refusals).filter(([, isMet]) => isMet)) {
  it(`has a sentence of its own for a file refused as ${reason}`, () => {
    assert.notEqual(refused(reason), refused('a code that nobody knows'));
  });
}

it('says how a plan was closed and that nothing was changed', () => {
  const closed = (state: Parameters<typeof closedCard>[0]['state']) =>
    closedCard({ view, change, state, at: at('02:30:00'), askedBy: 'Mara Lindqvist', again: 'a' });
  assert.match(
    wordsOf(closed({ kind: 'declined', by: 'Tomasz Nowak' })),
    /^– Declined · wsus01\nNothing was changed\nTomasz Nowak declined this plan\./,
  );
  assert.match(
    wordsOf(closed({ kind: 'expired', validMinutes: 60 })),
    /Nobody answered in 60 min\. Nothing was changed/,
  );
  assert.match(
    wordsOf(closed({ kind: 'stale' })),
    /The file changed after the approval\. Nothing was written/,
  );
  assert.deepEqual(pressesOf(closed({ kind: 'superseded' })), {});
  assert.deepEqual(pressesOf(closed({ kind: 'stale' })), { 'Check again': 'a' });
});
