import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { diagnose } from '../../../bot/diagnosis/diagnose.ts';
import { explain } from '../../../bot/diagnosis/explain.ts';
import { articleServer, clientLog, serverLine, simpleAuth, upstream } from './samples.ts';

const told = (text: string) => explain(diagnose(text));
const words = (text: string) => {
  const { heading, cause, why, notes, steps } = told(text);
  return [heading, ...cause, ...why, ...notes, ...steps].join(' ');
};
const simpleAuthLine = (client: number, id: number) =>
  serverLine({ client, id, message: '' })
    .replace('/ClientWebService/client.asmx', '/SimpleAuthWebService/SimpleAuth.asmx')
    .replace('InvalidParameters', 'InternalServerError');

describe('an explanation', () => {
  test('says what happened, why, and what to do', () => {
    const { heading, cause, why, steps, link } = told(serverLine());
    assert.equal(heading, 'The server’s limit is too low for these clients');
    assert.match(cause.join(' '), /longer than its limit/);
    assert.match(why.join(' '), /InstalledNonLeafUpdateIDs/);
    assert.match(steps[0] ?? '', /maxInstalledPrerequisites.*400 to 800/);
    assert.equal(link?.title, 'KB 4096317');
  });

  test('of nothing says that nothing was found', () => {
    assert.match(words('good morning'), /no error code/i);
  });

  test('of the article’s example proposes a check and no change', () => {
    const { cause, steps } = told(articleServer);
    assert.match(cause.join(' '), /prove nothing about a server/);
    assert.equal(steps.length, 1);
    assert.match(steps[0] ?? '', /^Check a server/);
  });

  test('of the article’s example does not say that a server’s limit is too low', () => {
    assert.doesNotMatch(words(articleServer), /too low|refuses/);
  });

  test('of another article’s example keeps the words of its fault, and says that it proves nothing', () => {
    const { heading, notes } = told(
      upstream
        .replace('0a1b2c3d-0000-4000-8000-000000000077', '<ID>')
        .replace('2026-11-24 21:00:00.000 UTC', ''),
    );
    assert.match(heading, /between WSUS and its own source/);
    assert.match(notes.join(' '), /prove nothing about a server/);
  });

  test('of the test products tells a line that names one from a suspicion', () => {
    assert.match(
      told('Product Detectoid for ProductName TestProduct12 80244010').heading,
      /are on this server/,
    );
    const codes = ['80244010', '8024400E', '80244022', '80240439'].map(
      (code, index) => `2026-08-03\t2${index % 4}:10:12:073\t 880\t117c\tAgent\tWARNING: error = 0x${code}`,
    );
    const suspected = told(codes.join('\n'));
    assert.match(suspected.heading, /may be on this server/);
    assert.match(suspected.why.join(' '), /suspicion/);
  });

  test('of a text that was cut off says so', () => {
    assert.match(explain(diagnose(serverLine(), { cap: 100 })).notes.join(' '), /only its beginning/);
  });

  test('of one client alone says to look at that client', () => {
    const one = [1, 2, 3].map((id) => serverLine({ id, client: 7 })).join('\n');
    const many = [1, 2, 3].map((id) => serverLine({ id, client: id })).join('\n');
    assert.match(words(one), /Only one client is named/);
    assert.doesNotMatch(words(many), /Only one client is named/);
  });

  test('of SimpleAuth differs for one client, for all, for a full table and for a log that does not tell', () => {
    const one = [1, 2, 3].map((id) => simpleAuthLine(7, id)).join('\n');
    const many = [1, 2, 3].map((id) => simpleAuthLine(id, id)).join('\n');
    assert.match(told(one).steps[0] ?? '', /^Reset the update identity/);
    assert.match(told(many).steps[0] ?? '', /^One client: /);
    assert.match(told(simpleAuth).notes.at(-1) ?? '', /ask whether others/);
    assert.match(
      told('Exception in SimpleAuth constructor: System.IndexOutOfRangeException').steps[0] ?? '',
      /KB 3159706/,
    );
    assert.match(
      told('Message=DB has reached allowed max number of local computers').steps[0] ?? '',
      /cleanup/,
    );
  });

  test('of Microsoft’s general page says what it leaves out', () => {
    assert.match(
      words('80244007 SyncUpdates_WithRecovery failed, change maxInstalledPrerequisites from 400 to 800'),
      /leaves out the detail that decides/,
    );
  });

  test('of a code that nobody knows does not speak of three known faults', () => {
    assert.doesNotMatch(words('error 0x8024ABCD'), /Three known faults/);
  });

  test('of a limit beside codes of the test products names these first', () => {
    const codes = ['80244010', '8024400E', '80244022', '80240439']
      .map(
        (code, index) => `2026-08-03\t2${index % 4}:10:12:073\t 880\t117c\tAgent\tWARNING: error = 0x${code}`,
      )
      .join('\n');
    assert.match(told(`${codes}\n${serverLine()}`).cause[0] ?? '', /KB 5121986 first/);
    assert.doesNotMatch(words(serverLine()), /KB 5121986/);
  });

  test('of a restart after the last fault says what it proves', () => {
    const start =
      '2026-11-24 22:00:00.000 UTC\tInfo\tw3wp.13\tClientImplementation..ctor\tInitializing ClientWebService ProcessID = 380, Process Start Time = 11/24/2026 10:44:06 PM, Product Version = 10.0.14393.2969';
    assert.match(words(`${serverLine()}\n${start}`), /proves a restart, not a cure/);
  });

  test('of a scan that works on another server says that each server counts', () => {
    const url = (host: string, time: string) =>
      `2026-11-24\t${time}\t 880\t117c\tEP\tGot WSUS Client/Server URL: "http://${host}:8530/ClientWebService/client.asmx"`;
    const good = [
      url('wsus02', '23:40:00:000'),
      '2026-11-24\t23:40:12:073\t 880\t117c\tAgent\t  * Found 2 updates and 91 categories in search; evaluated appl. rules of 1187 out of 1894 deployed entities',
      '2026-11-24\t23:40:12:073\t 880\t117c\tAgent\t** END **  Agent: Finding updates [CallerId = AutomaticUpdates]',
    ].join('\r\n');
    const found = diagnose(`${clientLog()}\r\n${good}`);
    assert.equal(found.verdict, 'kb4096317');
    assert.deepEqual(found.findings[0]?.worksOn, ['wsus02']);
    assert.match(explain(found).notes[0] ?? '', /one unchanged server among several/);
  });

  test('of a log that holds numbers only says so, and what failing in turns means', () => {
    const line = (text: string, hour: number) =>
      `<![LOG[${text}]LOG]!><time="0${hour}:03:04.567-60" date="11-25-2026" component="WUAHandler" context="" type="3" thread="4711" file="wuahandler.cpp:1">`;
    const bad = 'Scan failed with error = 0x80244007.';
    const notes = told(
      [line(bad, 2), line('Successfully completed scan.', 4), line(bad, 6)].join('\n'),
    ).notes.join(' ');
    assert.match(notes, /repeats the number/);
    assert.match(notes, /in turns/);
    assert.doesNotMatch(told('80244007').notes.join(' '), /repeats the number|in turns/);
  });
});
