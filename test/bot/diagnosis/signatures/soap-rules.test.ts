import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isSyncUpdates } from '../../../../bot/diagnosis/signatures/soap-rules.ts';
import { aFault } from '../a-fault.ts';

const namespace = 'http://www.microsoft.com/SoftwareDistribution/Server';
const clientActor = 'http://wsus01.corp.example:8530/ClientWebService/client.asmx';

describe('the call SyncUpdates of ClientWebService', () => {
  test('is known by the method of the client’s log', () => {
    assert.ok(isSyncUpdates(aFault({ method: `${namespace}/ClientWebService/SyncUpdates` })));
  });

  test('is known by the actor of the server’s log, which names no method', () => {
    assert.ok(isSyncUpdates(aFault({ actor: clientActor })));
  });

  test('is known by both where the method is cut short', () => {
    assert.ok(isSyncUpdates(aFault({ actor: clientActor, method: `${namespace}/ClientWebService/SyncUpd` })));
  });

  for (const method of [
    'ClientWebService/GetExtendedUpdateInfo',
    'SimpleAuthWebService/GetAuthorizationCookie',
  ]) {
    test(`is not ${method}, whatever actor stands beside it`, () => {
      assert.ok(!isSyncUpdates(aFault({ actor: clientActor, method: `${namespace}/${method}` })));
    });
  }

  test('is not a call to Microsoft’s own service', () => {
    assert.ok(
      !isSyncUpdates(
        aFault({
          method: `${namespace}/ClientWebService/SyncUpdates`,
          host: 'fe2.update.microsoft.com',
        }),
      ),
    );
  });
});
