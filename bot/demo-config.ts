import { join } from 'node:path';
import type { PracticeServer } from '../remote/practice/practice-server.ts';
import type { Policy } from './changes/policy.ts';
import type { Config } from './config.ts';
import { defaultAudit } from './config-audit.ts';
import { Secret } from './secret.ts';
import { sqliteFile } from './store/store-config.ts';

/** The tenant that Microsoft 365 Agents Playground speaks for. */
export const demoTenantId = '00000000-0000-0000-0000-0000000000001';

/** The approver is the person who writes in the playground; the requester can come in over HTTP. */
export const demoPeople = {
  approver: {
    id: 'user-id-0',
    aadObjectId: '00000000-0000-0000-0000-0000000000020',
    name: 'Alex Wilber',
  },
  requester: {
    id: 'user-id-1',
    aadObjectId: '00000000-0000-0000-0000-0000000000021',
    name: 'Megan Bowen',
  },
} as const;

/** The inventory of a demo: the practice servers, each with the account it was made for. What it keeps is in `folder`. */
export const demoConfig = (
  servers: readonly Pick<PracticeServer, 'name' | 'target'>[],
  folder: string,
  port: number,
): Config => {
  const policy: Policy = {
    requesters: 'everyone',
    approvers: [{ kind: 'person', id: demoPeople.approver.aadObjectId, name: demoPeople.approver.name }],
    approvals: 1,
    // Alone in the playground, the approver tries out what two people do elsewhere.
    fourEyes: false,
    validFor: 60 * 60_000,
    windows: [],
    outsideWindows: 'refuse',
    breakGlass: [],
  };
  return {
    role: 'all',
    cloud: 'Public',
    tenant: demoTenantId,
    bot: {
      appId: undefined,
      type: 'SingleTenant',
      password: undefined,
      certificate: undefined,
      otherTenants: [],
      listen: { host: '127.0.0.1', port },
    },
    servers: servers.map(({ name, target }) => ({
      name,
      host: target.host,
      port: target.port,
      endpoint: target.endpoint,
      account: {
        domain: target.account.domain,
        user: target.account.user,
        password: new Secret(target.account.password),
      },
      policy,
    })),
    groups: [],
    policy,
    autoCheck: true,
    store: sqliteFile(join(folder, 'wsus-bot.sqlite')),
    activation: 'IISReset',
    freezeFile: join(folder, 'freeze'),
    audit: defaultAudit(folder),
  };
};
