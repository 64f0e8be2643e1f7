import { demoPeople, demoTenantId } from './demo-config.ts';

/** The conversations of the demo, as the playground names them. The channel "General" has the id of its team. */
export const demoChats = {
  personal: 'demo-personal-chat',
  group: 'demo-group-chat',
  team: 'demo-team',
} as const;

const { approver, requester } = demoPeople;

/** Who is in the group chat and the team beside the approver, who writes in the playground: it wants five. */
const others = [
  requester,
  ...['Adele Vance', 'Isaiah Langer', 'Patti Fernandez', 'Lynne Robbins'].map((name, index) => ({
    id: `user-id-${index + 2}`,
    aadObjectId: `00000000-0000-0000-0000-000000000002${index + 2}`,
    name,
  })),
];

/** The file in which Microsoft 365 Agents Playground looks for people and chats, in the folder where it runs. */
export const playgroundFileName = '.m365agentsplayground.yml';

/** What stands in that file. JSON is YAML. */
export const playgroundFile = (): string =>
  JSON.stringify({
    version: '0.1.1',
    tenantId: demoTenantId,
    bot: { id: '00000000-0000-0000-0000-00000000000011', name: 'WSUS Bot' },
    currentUser: account(approver),
    users: others.map(account),
    personalChat: { id: demoChats.personal },
    groupChat: { id: demoChats.group, name: 'Server team' },
    team: {
      id: demoChats.team,
      name: 'Operations',
      aadGroupId: '00000000-0000-0000-0000-000000000031',
      channels: [{ id: 'demo-channel', name: 'Changes' }],
    },
  });

const account = (person: { readonly id: string; readonly aadObjectId: string; readonly name: string }) => {
  const [givenName = '', surname = ''] = person.name.split(' ');
  const address = `${givenName}.${surname}@contoso.example`.toLowerCase();
  return { ...person, userPrincipleName: address, givenName, surname, email: address };
};
