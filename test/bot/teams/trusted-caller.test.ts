import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cloudNames, clouds } from '../../../bot/registration/cloud.ts';
import type { Trust } from '../../../bot/teams/trust.ts';
import { distrustOf } from '../../../bot/teams/trusted-caller.ts';
import {
  activityOf,
  sampleExtension,
  sampleFrom,
  sampleMessage,
  samplePress,
  tenantId,
} from './sample-activity.ts';

const inTeams: Trust = { tenantId, loopbackOnly: false };
const inDemo: Trust = { tenantId, loopbackOnly: true };

const distrust = (fields: Record<string, unknown>, trust = inTeams) =>
  distrustOf(activityOf({ ...sampleMessage(), ...fields }), trust);

const conversation = (fields: Record<string, unknown>) => ({
  conversation: { id: 'a:1', conversationType: 'personal', ...fields },
});

test('a message and a press of a person of the tenant are worked on', () => {
  assert.equal(distrust({}), undefined);
  assert.equal(distrustOf(activityOf(samplePress()), inTeams), undefined);
});

describe('the tenant', () => {
  test('is compared without case', () => {
    assert.equal(distrust({}, { ...inTeams, tenantId: tenantId.toUpperCase() }), undefined);
  });

  for (const [what, fields] of [
    ['another one', conversation({ tenantId: 'eeeeeeee-0000-4000-8000-00000000000e' })],
    ['none', { ...conversation({}), channelData: undefined }],
    ['no text', { ...conversation({ tenantId: 5 }), channelData: undefined }],
    ['another one beside ours', { channelData: { tenant: { id: 'eeeeeeee-0000-4000-8000-00000000000e' } } }],
    ['ours inside another text', conversation({ tenantId: `${tenantId} ` })],
    [
      'another one of the person, as of a guest in a shared channel',
      { from: { ...sampleFrom, tenantId: 'x' } },
    ],
    ['an empty one', { ...conversation({ tenantId: '' }), channelData: {} }],
  ] as const) {
    test(`${what} is refused`, () => assert.equal(distrust(fields), 'tenant'));
  }

  test('may be another one of the list', () => {
    const other = 'eeeeeeee-0000-4000-8000-00000000000e';
    const fields = {
      ...conversation({ tenantId: other.toUpperCase() }),
      channelData: { tenant: { id: other } },
    };
    assert.equal(distrust(fields, { ...inTeams, otherTenantIds: [other] }), undefined);
    assert.equal(distrust(fields, { ...inTeams, otherTenantIds: [tenantId] }), 'tenant');
  });

  test('must be the same everywhere, though both are of the list', () => {
    const other = 'eeeeeeee-0000-4000-8000-00000000000e';
    const trust = { ...inTeams, otherTenantIds: [other] };
    assert.equal(distrust({ channelData: { tenant: { id: other } } }, trust), 'tenant');
  });

  test('may stand in the channel data alone', () => {
    assert.equal(distrust(conversation({})), undefined);
  });

  test('is not taken from channel data of another shape', () => {
    for (const channelData of [null, 'x', 5, { tenant: null }, { tenant: 'x' }, { tenant: { id: 5 } }]) {
      assert.equal(distrust({ ...conversation({}), channelData }), 'tenant');
    }
  });
});

test('a conversation that is a list is of no shape, whatever stands on it', () => {
  assert.equal(distrust({ conversation: Object.assign([], { id: 'a:1', tenantId }) }), 'shape');
});

test('another channel is refused', () => {
  for (const channelId of ['emulator', 'webchat', 'MSTEAMS', undefined, null, 5]) {
    assert.equal(distrust({ channelId }), 'channel');
  }
});

describe('the address to answer to', () => {
  for (const serviceUrl of [
    'https://smba.trafficmanager.net/emea/',
    'https://SMBA.TrafficManager.net/amer/',
    'https://smba.infra.gcc.teams.microsoft.com/teams/',
    'https://smba.onyx.prod.teams.trafficmanager.net/',
  ]) {
    test(`${serviceUrl} is the service's own`, () => assert.equal(distrust({ serviceUrl }), undefined));
  }

  for (const serviceUrl of [
    'https://evil.botframework.com.evil.com',
    'https://botframework.com.evil.com/',
    'https://webchat.botframework.com/',
    'https://smba.infra.gov.teams.microsoft.us/gcch/',
    'https://smba.trafficmanager.net:8443/emea/',
    'https://user@smba.trafficmanager.net/emea/',
    'https://:secret@smba.trafficmanager.net/emea/',
    'https://evil.trafficmanager.net/',
    'https://smba.trafficmanager.net.evil.com/',
    'https://smba.trafficmanager.net@evil.com/',
    'https://evil.com/smba.trafficmanager.net',
    'https://evil.com#smba.trafficmanager.net',
    'https://evil.com?x=.botframework.com',
    'http://smba.trafficmanager.net/emea/',
    'ftp://smba.trafficmanager.net/',
    'file://botframework.com/x',
    'https://127.0.0.1/',
    'https://localhost/',
    'https://[::1]/',
    'smba.trafficmanager.net',
    '//smba.trafficmanager.net/',
    '',
    undefined,
    null,
    5,
    {},
  ]) {
    test(`${JSON.stringify(serviceUrl)} is refused`, () =>
      assert.equal(distrust({ serviceUrl }), 'service-url'));
  }
});

describe('the address to answer to in another cloud', () => {
  for (const [cloud, host] of [
    ['GCCHigh', 'smba.infra.gov.teams.microsoft.us'],
    ['DoD', 'smba.infra.dod.teams.microsoft.us'],
    ['21Vianet', 'frontend.botapi.msg.infra.teams.microsoftonline.cn'],
  ] as const) {
    test(`is that of ${cloud} alone`, () => {
      const trust = { ...inTeams, cloud: clouds[cloud] };
      assert.equal(distrust({ serviceUrl: `https://${host}/teams/` }, trust), undefined);
      for (const other of cloudNames.filter((name) => name !== cloud)) {
        const serviceUrl = `https://${clouds[other].connectorHosts[0]}/teams/`;
        assert.equal(distrust({ serviceUrl }, trust), 'service-url', other);
      }
    });
  }
});

describe('the address to answer to in the demo', () => {
  for (const serviceUrl of [
    'http://localhost:56150/_connector',
    'http://127.0.0.1:1234/',
    'http://127.1.2.3/',
    'http://[::1]:1234/',
    'https://localhost/',
  ]) {
    test(`${serviceUrl} is this machine`, () => assert.equal(distrust({ serviceUrl }, inDemo), undefined));
  }

  for (const serviceUrl of [
    'https://smba.trafficmanager.net/emea/',
    'http://localhost.evil.com/',
    'http://127.0.0.1.evil.com/',
    'http://127.0.0.1@evil.com/',
    'http://evil.com/127.0.0.1',
    'http://10.0.0.1/',
    'http://0.0.0.0/',
    'http://[::ffff:10.0.0.1]/',
    'http://169.254.169.254/',
    'file://localhost/etc/passwd',
    'ftp://127.0.0.1/',
  ]) {
    test(`${serviceUrl} is refused`, () => assert.equal(distrust({ serviceUrl }, inDemo), 'service-url'));
  }
});

describe('another bot', () => {
  for (const from of [
    { ...sampleFrom, role: 'bot' },
    { ...sampleFrom, role: 'skill' },
    { ...sampleFrom, id: '28:bot' },
    { ...sampleFrom, id: '28:eeeeeeee-0000-4000-8000-00000000000e' },
  ]) {
    test(`${from.id} with the role ${'role' in from ? from.role : 'of nobody'} is not spoken with`, () => {
      assert.equal(distrust({ from }), 'bot');
      assert.equal(distrust({ from, type: 'messageUpdate' }), 'bot');
    });
  }
});

test('the message extension is heard where Teams names no conversation, and nothing else is', () => {
  const nowhere = { ...sampleExtension(), conversation: undefined };
  assert.equal(distrustOf(activityOf(nowhere), inTeams), undefined);
  assert.equal(distrustOf(activityOf({ ...nowhere, channelData: {} }), inTeams), 'tenant');
  assert.equal(distrustOf(activityOf({ ...nowhere, from: { id: '29:1' } }), inTeams), 'person');
  assert.equal(distrust({ conversation: undefined }), 'shape');
  assert.equal(distrustOf(activityOf({ ...samplePress(), conversation: undefined }), inTeams), 'shape');
});

test('an edit needs a person, as what it changes did', () => {
  assert.equal(distrust({ type: 'messageUpdate', from: { id: '29:1' } }), 'person');
});

describe('the person', () => {
  for (const from of [
    undefined,
    null,
    {},
    { id: '29:1' },
    { aadObjectId: '' },
    { aadObjectId: 5 },
    { aadObjectId: ['bbbbbbbb-0000-4000-8000-000000000002'] },
    { aadObjectId: ' bbbbbbbb-0000-4000-8000-000000000002' },
    { aadObjectId: '../../groups' },
    'x',
  ]) {
    test(`${JSON.stringify(from)} may neither write nor press`, () => {
      assert.equal(distrust({ from }), 'person');
      assert.equal(distrustOf(activityOf({ ...samplePress(), from }), inTeams), 'person');
    });
  }

  test('need not be known when the bot is installed', () => {
    assert.equal(distrust({ type: 'installationUpdate', action: 'add', from: { id: '29:1' } }), undefined);
  });
});

describe('a bot', () => {
  for (const [what, fields] of [
    ['that says it is one', { from: { ...sampleFrom, role: 'bot' } }],
    ['that calls as a skill', { from: { ...sampleFrom, role: 'skill' } }],
    ['that is this one', { from: { ...sampleFrom, id: '28:bot' } }],
    ['of another tenant', { ...conversation({ tenantId: 'x' }), from: { ...sampleFrom, role: 'bot' } }],
  ] as const) {
    test(`${what} is not worked on, in its message and in its press`, () => {
      assert.equal(distrust(fields), 'bot');
      assert.equal(distrustOf(activityOf({ ...samplePress(), ...fields }), inTeams), 'bot');
    });
  }
});

test('what has not the shape of an activity is refused', () => {
  for (const fields of [
    { conversation: undefined },
    { conversation: null },
    { conversation: {} },
    { conversation: { id: 5 } },
    { conversation: { id: 'x'.repeat(1_001), tenantId } },
    { conversation: 'x' },
    { type: undefined },
    { type: 5 },
  ]) {
    assert.equal(distrust(fields), 'shape');
  }
});

describe('an id', () => {
  const names = [
    '',
    '.',
    '..',
    '19:\u00fc',
    '\ud800',
    'a\r\nX-Header: y',
    'x'.repeat(1_001),
    { length: { toString: 1 } },
  ];

  test('of a conversation that cannot stand in an address is none', () => {
    for (const id of names)
      assert.equal(distrust(conversation({ id, tenantId })), 'shape', JSON.stringify(id));
  });

  test('of a team that cannot stand in an address is none, and a chat has none', () => {
    const inTeam = (id: unknown) => distrust({ channelData: { tenant: { id: tenantId }, team: { id } } });
    for (const id of names.slice(1)) assert.equal(inTeam(id), 'shape', JSON.stringify(id));
    for (const id of [undefined, null, '', '19:team@thread.tacv2']) assert.equal(inTeam(id), undefined);
  });

  test('of a sender is needed to ask Teams who it is', () => {
    for (const id of [undefined, ...names]) {
      assert.equal(distrust({ from: { ...sampleFrom, id } }), 'person', JSON.stringify(id));
    }
    assert.equal(distrust({ type: 'installationUpdate', from: { id: undefined } }), undefined);
  });
});
