import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sessionNotOpened } from '../../../remote/local/session-not-opened.ts';

const failure = (number: number, message = 'Connecting to remote server wsus01 failed.') => ({
  message,
  fullyQualifiedErrorId: `WsusBotSessionNotOpened:${number}:Anything,PSSessionOpenFailed`,
  target: 'wsus01',
});

for (const [number, code] of [
  [5, 'remote.access-denied'],
  [14, 'remote.out-of-memory'],
  [53, 'remote.name-not-found'],
  [1115, 'remote.restarting'],
  [1311, 'remote.identity-refused'],
  [1312, 'remote.identity-refused'],
  [1326, 'remote.identity-refused'],
  [1722, 'remote.not-winrm'],
  [12175, 'remote.tls-failed'],
  [-2147012721, 'remote.tls-failed'],
  [-2146893053, 'remote.kerberos-spn'],
  [-2144108526, 'remote.port-closed'],
  [-2144108270, 'remote.busy'],
  [-2144108269, 'remote.listener-missing'],
  [-2144108274, 'remote.sign-in-not-offered'],
  [-2144108276, 'remote.identity-refused'],
  [-2144108318, 'remote.identity-refused'],
  [-2144108316, 'remote.identity-refused'],
  [-2144108315, 'remote.identity-refused'],
  [-2144108250, 'remote.unreachable'],
  [-2144108176, 'remote.not-winrm'],
  [-2144108116, 'remote.shells-not-allowed'],
  [-2144108103, 'remote.name-not-found'],
  [-2144108101, 'remote.identity-refused'],
  [-2144108065, 'remote.virtual-account'],
  [-2144108061, 'remote.access-denied'],
  // Those that the server itself answered are told apart as over WinRM.
  [-2144108485, 'remote.endpoint-missing'],
  [170, 'remote.busy'],
  [-2144100000, 'remote.fault'],
] as const) {
  test(`WinRM's number ${number} is ${code}`, () => {
    const error = sessionNotOpened(failure(number), 'reading wsus01');
    assert.equal(error.code, code);
    assert.equal(error.serverText, 'Connecting to remote server wsus01 failed.');
  });
}

for (const [sspi, code] of [
  ['0x80090322', 'remote.kerberos-spn'],
  ['0x80090303', 'remote.kerberos-spn'],
  ['0x80090324', 'remote.kerberos-clock'],
  ['0x80090311', 'remote.identity-refused'],
  ['0x8009030E', 'remote.identity-refused'],
] as const) {
  test(`what Kerberos says counts for more than WinRM's number: ${sspi} is ${code}`, () => {
    const text = `Der folgende Fehler mit dem Fehlercode ${sspi} ist bei der Kerberos-Authentifizierung aufgetreten`;
    assert.equal(sessionNotOpened(failure(-2144108387, text), 'reading wsus01').code, code);
  });
}

test('without a number it is the PowerShell of this machine, in its own words', () => {
  const { code, outcome, serverText } = sessionNotOpened(failure(0, 'no WSMan'), 'reading wsus01');
  assert.deepEqual([code, outcome, serverText], ['remote.local-powershell', 'not-sent', 'no WSMan']);
  assert.equal(sessionNotOpened(undefined, 'reading wsus01').code, 'remote.local-powershell');
});
