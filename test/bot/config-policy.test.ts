import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { loadConfig } from '../../bot/config.ts';
import { ConfigError } from '../../bot/config-error.ts';
import { folderWith } from './config-folder.ts';

const ada = '{id: 11111111-1111-4111-8111-11111111111A, name: Ada}';
const kim = '{id: 22222222-2222-4222-8222-222222222222, name: Kim}';
const board = '{group: 33333333-3333-4333-8333-33333333333B, name: Board}';
const account = 'account: {user: svc}\n';

function load(t: TestContext, yaml: string) {
  return loadConfig(join(folderWith(t, { 'wsus-bot.yaml': account + yaml }), 'wsus-bot.yaml'), {});
}

/** The policy of the first server, with `yaml` at the top of the file. */
function policyOf(t: TestContext, yaml: string) {
  const policy = load(t, `${yaml}\nservers: [{name: wsus01}]\n`).servers[0]?.policy;
  assert.ok(policy !== undefined);
  return policy;
}

function problems(t: TestContext, yaml: string): string[] {
  try {
    load(t, yaml);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems.map(({ line, column, text }) => `${line}:${column} ${text}`);
  }
  assert.fail('the configuration was accepted');
}

test('without a word on policy: everybody asks, nobody approves, four eyes, an hour, at any time', (t) => {
  assert.deepEqual(policyOf(t, ''), {
    requesters: 'everyone',
    approvers: [],
    approvals: 1,
    fourEyes: true,
    validFor: 3_600_000,
    windows: [],
    outsideWindows: 'queue',
    breakGlass: [],
  });
});

test('a file with the keys of before there were policies says what it said', (t) => {
  const policy = policyOf(t, `approvers: [${ada}]\nrequesters: [${kim}]\nplanValidFor: 2 h`);
  assert.deepEqual(
    policy.approvers.map(({ kind, name }) => [kind, name]),
    [['person', 'Ada']],
  );
  assert.equal(policy.validFor, 7_200_000);
  assert.notEqual(policy.requesters, 'everyone');
});

test('a member is a person or a group, by an id in lower case', (t) => {
  const { approvers } = policyOf(t, `approvers: [${ada}, ${board}]`);
  assert.deepEqual(approvers, [
    { kind: 'person', id: '11111111-1111-4111-8111-11111111111a', name: 'Ada' },
    { kind: 'group', id: '33333333-3333-4333-8333-33333333333b', name: 'Board' },
  ]);
});

for (const [what, member] of [
  [
    'both ids',
    '{id: 11111111-1111-4111-8111-111111111111, group: 11111111-1111-4111-8111-111111111111, name: A}',
  ],
  ['no id', '{name: A}'],
] as const) {
  test(`a member with ${what} is refused`, (t) => {
    const [problem] = problems(t, `approvers: [${member}]\n`);
    assert.match(
      problem ?? '',
      /^2:13 approvers\[0\] is a mapping; expected: a person \(id and name\) or a group/,
    );
  });
}

test('a window has a list of days, and the general zone unless it names one', (t) => {
  const policy = policyOf(
    t,
    `zone: Europe/Berlin
windows:
  - {days: sunday, from: 02:00, to: "04:00"}
  - {days: [saturday, monday], from: "22:00", to: "02:00", zone: America/New_York}`,
  );
  assert.deepEqual(policy.windows, [
    { days: ['sunday'], from: '02:00', to: '04:00', zone: 'Europe/Berlin' },
    { days: ['saturday', 'monday'], from: '22:00', to: '02:00', zone: 'America/New_York' },
  ]);
});

test('a window without any zone is in UTC', (t) => {
  const { windows } = policyOf(t, 'windows: [{days: sunday, from: "02:00", to: "04:00"}]');
  assert.equal(windows[0]?.zone, 'UTC');
});

for (const [yaml, words] of [
  [
    'zone: W. Europe Standard Time',
    /^2:7 zone is .*expected: a time zone by its IANA name, like Europe\/Berlin/,
  ],
  ['zone: Europe/Atlantis', /expected: a time zone by its IANA name/],
  ['zone: "+02:00"', /expected: a time zone by its IANA name/],
  [
    'windows: [{days: sunday, from: "24:00", to: "04:00"}]',
    /windows\[0\]\.from is "24:00"; expected: a time of day like "02:00"/,
  ],
  [
    'windows: [{days: sunday, from: 2, to: "04:00"}]',
    /expected: a time of day like "02:00".*\(put it in quotes\)$/,
  ],
  ['windows: [{days: [], from: "02:00", to: "04:00"}]', /expected: .*at least one day/],
  ['windows: [{days: sundays, from: "02:00", to: "04:00"}]', /expected: a day of the week, like sunday/],
  ['windows: [{days: sunday, from: "02:00"}]', /windows\[0\]\.to is missing/],
  ['approvals: 0', /expected: a whole number from 1 to 5/],
  ['approvals: 6', /expected: a whole number from 1 to 5/],
  ['fourEyes: no', /expected: true or false/],
  ['outsideWindows: wait', /expected: queue or refuse/],
  ['breakGlass: everyone', /expected: a list of people and groups/],
] as const) {
  test(`refuses ${yaml}`, (t) => {
    assert.match(problems(t, `${yaml}\n`)[0] ?? '', words);
  });
}

test('of the same key the server wins over its group, and the group over the top of the file', (t) => {
  const { servers } = load(
    t,
    `approvals: 2
fourEyes: false
approvers: [${board}]
servers:
  - name: own
    approvals: 4
  - name: grouped
  - name: plain
groups:
  - name: both
    servers: [OWN, grouped]
    approvals: 3
    outsideWindows: refuse
`,
  );
  assert.deepEqual(
    servers.map(({ name, policy }) => [name, policy.approvals, policy.outsideWindows, policy.fourEyes]),
    [
      ['own', 4, 'refuse', false],
      ['grouped', 3, 'refuse', false],
      ['plain', 2, 'queue', false],
    ],
  );
});

test('two groups may hold one server, each with keys of its own', (t) => {
  const { servers, groups } = load(
    t,
    `servers: [{name: a}, {name: b}]
groups:
  - {name: one, servers: [b, A, a], fourEyes: false}
  - {name: two, servers: [a], outsideWindows: refuse}
`,
  );
  assert.deepEqual(groups, [
    { name: 'one', servers: ['a', 'b'] },
    { name: 'two', servers: ['a'] },
  ]);
  assert.deepEqual(
    servers.map(({ policy }) => [policy.fourEyes, policy.outsideWindows]),
    [
      [false, 'refuse'],
      [false, 'queue'],
    ],
  );
});

const rivals = (server: string) => `servers: [${server}]
groups:
  - {name: one, servers: [a], fourEyes: false}
  - {name: two, servers: [a], fourEyes: true}
`;

test('two groups that set the same key for one server are refused, with both lines', (t) => {
  assert.deepEqual(problems(t, rivals('{name: a}')), [
    '5:41 a is in the group one too, which sets fourEyes in line 4; let one group set it, or the entry of a',
  ]);
});

test('two groups may set the same key where the server sets it itself', (t) => {
  assert.equal(load(t, rivals('{name: a, fourEyes: false}')).servers[0]?.policy.fourEyes, false);
});

test('a group of an unknown server is refused, with the nearest name', (t) => {
  assert.deepEqual(
    problems(t, 'servers: [{name: wsus01}]\ngroups: [{name: g, servers: [wsus1, nowhere]}]\n'),
    [
      '3:30 wsus1 is not in the list of servers; nearest name: wsus01',
      '3:37 nowhere is not in the list of servers; add it there, or take it out here',
    ],
  );
});

test('the name of a group is no name or host of a server, and no name of another group', (t) => {
  const yaml = `servers:
  - {name: a, host: host.example}
groups:
  - {name: A, servers: [a]}
  - {name: HOST.example, servers: [a]}
  - {name: all, servers: [a]}
  - {name: ALL, servers: [a]}
`;
  assert.deepEqual(problems(t, yaml), [
    '5:12 the group A is named like the server of line 3; give it another name',
    '6:12 the group HOST.example is named like the server of line 3; give it another name',
    '8:12 the name ALL is taken by line 7; case makes no difference',
  ]);
});

test('more approvals than people are refused where the number stands, with the servers', (t) => {
  const yaml = `approvals: 2
approvers: [${ada}, ${kim}]
servers:
  - {name: fine}
  - {name: a, approvers: [${ada}]}
  - {name: b, approvers: [${kim}]}
  - {name: c, approvals: 3}
`;
  assert.deepEqual(problems(t, yaml), [
    '2:12 2 approvals are needed on a, b, where the approvers are 1 person; list more approvers, or ask for fewer approvals',
    '8:26 3 approvals are needed on c, where the approvers are 2 people; list more approvers, or ask for fewer approvals',
  ]);
});

test('the same person twice is one person', (t) => {
  assert.equal(problems(t, `approvals: 2\napprovers: [${ada}, ${ada}]\nservers: [{name: a}]\n`).length, 1);
});

test('a group of Entra may be of any size, and an empty list of approvers is a choice', (t) => {
  const yaml = `approvals: 5\napprovers: [${board}]\nservers: [{name: a}, {name: b, approvers: []}]\n`;
  assert.equal(load(t, yaml).servers.length, 2);
});

test('a key of the policy is offered in a group and in a server when it is misspelt', (t) => {
  assert.match(
    problems(t, 'servers: [{name: a, fourEye: true}]\n')[0] ?? '',
    /^2:21 unknown key "fourEye" in servers\[0\]; nearest known key: fourEyes$/,
  );
  assert.match(
    problems(t, 'servers: [{name: a}]\ngroups: [{name: g, servers: [a], window: []}]\n')[0] ?? '',
    /nearest known key: windows$/,
  );
});

test('the file that freezes lies relative to the folder of the configuration', (t) => {
  const folder = folderWith(t, { 'a.yaml': '', 'b.yaml': 'freezeFile: stop\n' });
  assert.equal(loadConfig(join(folder, 'a.yaml'), {}).freezeFile, join(folder, 'data', 'freeze'));
  assert.equal(loadConfig(join(folder, 'b.yaml'), {}).freezeFile, join(folder, 'stop'));
});
