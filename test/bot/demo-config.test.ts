import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoConfig, demoPeople } from '../../bot/demo-config.ts';

const target = {
  name: 'wsus01',
  host: '127.0.0.1',
  port: 5985,
  endpoint: 'WsusBot',
  account: { domain: 'LAB', user: 'svc', password: 'swordfish' },
};
const config = demoConfig([{ name: 'wsus01', target }], '/data', 3978);

test('a demo listens on this machine only, and has no credentials', () => {
  assert.deepEqual(config.bot.listen, { host: '127.0.0.1', port: 3978 });
  assert.equal(config.bot.appId, undefined);
  assert.equal(config.bot.password, undefined);
});

test('every practice server is in the inventory with the account it was made for', () => {
  const [server] = config.servers;
  assert.equal(server?.port, 5985);
  assert.equal(server?.account.user, 'svc');
  assert.equal(server?.account.password?.reveal(), 'swordfish');
});

test('one person may approve, the other may ask', () => {
  const ids = config.policy.approvers.map(({ id }) => id);
  assert.deepEqual(ids, [demoPeople.approver.aadObjectId]);
  assert.notEqual(demoPeople.requester.aadObjectId, demoPeople.approver.aadObjectId);
  assert.equal(config.policy.requesters, 'everyone');
});

test('a password does not show when the configuration is printed', () => {
  assert.doesNotMatch(JSON.stringify(config), /swordfish/);
});
