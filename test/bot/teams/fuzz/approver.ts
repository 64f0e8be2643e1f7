import { demoPeople, demoTenantId } from '../../../../bot/demo-config.ts';
import type { FuzzConnector } from './fuzz-connector.ts';
import { postActivity } from './post-activity.ts';
import { type Activity, type Button, botId } from './samples.ts';

/** The one person whose activities nobody mutates. */
export interface Approver {
  /** Has the bot show cards of all sorts, the one of a plan for wsus01 among them. Their buttons. */
  openCards(): Promise<readonly Button[]>;
  /** Presses the button that starts the change. */
  approve(): Promise<void>;
}

const conversationId = 'a:approver';

export const approverAt = (endpoint: string, connector: FuzzConnector, token: string): Approver => {
  connector.known.add(conversationId);
  let last = 0;
  const send = async (fields: Activity): Promise<void> => {
    last += 1;
    const activity = {
      id: `own-${last}`,
      timestamp: new Date().toISOString(),
      channelId: 'msteams',
      serviceUrl: connector.serviceUrl,
      from: demoPeople.approver,
      recipient: { id: botId, name: 'WSUS Bot' },
      conversation: { id: conversationId, conversationType: 'personal', tenantId: demoTenantId },
      ...fields,
    };
    const { status } = await postActivity(endpoint, Buffer.from(JSON.stringify(activity)), token);
    if (status !== 200) throw new Error(`the approver was answered with ${status}`);
  };
  /** The buttons that come until one of this title is there. */
  const until = async (wanted: RegExp, work: () => Promise<void>): Promise<readonly Button[]> => {
    const shown: Button[] = [];
    connector.keepButtons(shown);
    await work();
    while (!shown.some(({ title }) => wanted.test(title))) await connector.moved();
    connector.keepButtons(undefined);
    return shown.filter((button) => button.conversationId === conversationId);
  };
  const say = (text: string, wanted: RegExp) => until(wanted, () => send({ type: 'message', text }));
  return {
    openCards: async () => {
      const all: Button[] = [];
      for (const [text, wanted] of [
        ['help', /./],
        ['servers', /./],
        ['check wsus02', /Plan/],
        ['check wsus01', /^Approve/],
      ] as const) {
        all.push(...(await say(text, wanted)));
      }
      return all;
    },
    approve: async () => {
      await send({ type: 'message', text: 'thaw' });
      const buttons = await say('check wsus01', /^Approve/);
      const data = { token: buttons.find(({ title }) => /^Approve/.test(title))?.token };
      const action = { type: 'Action.Execute', verb: 'press', data };
      await until(/^Roll back/, () =>
        send({ type: 'invoke', name: 'adaptiveCard/action', value: { action, trigger: 'manual' } }),
      );
    },
  };
};
