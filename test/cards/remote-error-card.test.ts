import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type RemoteErrorKind, remoteErrorCard, remoteErrorCommand } from '../../cards/remote-error-card.ts';
import { remoteErrorWords } from '../../cards/remote-error-words.ts';
import { remoteErrors } from '../../remote/remote-error.ts';
import { at, pressesOf, view, wordsOf } from './sample-values.ts';

const cardOf = (kind: RemoteErrorKind) =>
  remoteErrorCard({
    view,
    kind,
    server: 'wsus05',
    host: 'wsus05.corp.contoso.com',
    port: 5985,
    account: 'CONTOSO\\svc-wsusbot',
    endpoint: 'WsusBot',
    at: at('02:16:03'),
    answer: 'fault 5',
    checkAgain: 'c',
    commandAsText: 't',
  });

it('has words for every remote error there is', () => {
  assert.deepEqual(
    Object.keys(remoteErrorWords)
      .map((kind) => `remote.${kind}`)
      .sort(),
    Object.keys(remoteErrors).sort(),
  );
});

it('says what was tried, with which account, and what came back', () => {
  assert.match(
    wordsOf(cardOf('access-denied')),
    /^✕ Access denied · wsus05\nThe server does not let my account in\n[^\n]+ Nothing was read, nothing was changed\.\nServer\nwsus05\ncorp\.contoso\.com\nAccount\nCONTOSO\\svc-wsusbot\nAnswer\nAccess denied \(fault 5\) at 02:16:03 UTC\n/,
  );
});

it('shows the command that it answers as text', () => {
  const place = { host: 'wsus05.corp.contoso.com', port: 5985, endpoint: 'WsusBot' };
  const command = remoteErrorCommand({ kind: 'unreachable', ...place });
  assert.equal(command, 'Test-NetConnection wsus05.corp.contoso.com -Port 5985');
  assert.ok(wordsOf(cardOf('unreachable')).replaceAll('\n', ' ').includes(command));
  assert.deepEqual(pressesOf(cardOf('unreachable')), { 'Check again': 'c', 'Command as text': 't' });
});

it('has no command button where there is no command', () => {
  assert.equal(remoteErrorCommand({ kind: 'sign-in-refused', host: 'h', port: 1, endpoint: 'e' }), undefined);
  assert.deepEqual(pressesOf(cardOf('sign-in-refused')), { 'Check again': 'c' });
});

it('lists the three usual reasons for a refused sign-in and claims none of them', () => {
  assert.match(
    wordsOf(cardOf('sign-in-refused')),
    /The server does not tell why\.[\s\S]*\n1\. [^\n]+\n2\. [^\n]+\n3\. /,
  );
});
