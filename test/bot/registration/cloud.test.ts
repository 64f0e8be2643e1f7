import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { clouds } from '../../../bot/registration/cloud.ts';

// What the Bot Framework itself is made of: it knows two of the clouds.
const connector = createRequire(import.meta.resolve('botbuilder'))('botframework-connector') as Record<
  'AuthenticationConstants' | 'GovernmentConstants',
  Record<string, string>
>;

for (const [names, constants] of [
  [['Public'], connector.AuthenticationConstants],
  [['GCCHigh', 'DoD'], connector.GovernmentConstants],
] as const) {
  for (const name of names) {
    test(`${name} signs in and believes as the Bot Framework does there`, () => {
      const { login, botTenant, channel, openIdMetadata } = clouds[name];
      assert.equal(`${login}/`, constants.ToChannelFromBotLoginUrlPrefix);
      assert.equal(botTenant, constants.DefaultChannelAuthTenant);
      assert.equal(channel, constants.ToChannelFromBotOAuthScope);
      assert.equal(channel, constants.ToBotFromChannelTokenIssuer);
      assert.equal(openIdMetadata, constants.ToBotFromChannelOpenIdMetadataUrl);
    });
  }
}

test('no cloud sends where another one does, and none over anything but HTTPS', () => {
  const all = Object.values(clouds);
  const hosts = all.flatMap(({ connectorHosts }) => connectorHosts);
  assert.equal(new Set(hosts).size, hosts.length);
  for (const { login, channel, openIdMetadata, graph } of all) {
    for (const address of [login, channel, openIdMetadata, graph]) assert.match(address, /^https:\/\/[^/]/);
  }
});
