import {
  type Activity,
  CloudAdapter,
  type ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
  type InvokeResponse,
  TurnContext,
} from 'botbuilder';
import { AttemptFailed } from '../sending/attempt-failed.ts';
import type { Admitted } from './admit.ts';
import { ForeignAddress } from './service-address.ts';

type Connector = Awaited<
  ReturnType<ReturnType<ConfigurationBotFrameworkAuthentication['createConnectorFactory']>['create']>
>;

/** Connectors that are kept: Teams has one address for each part of the world. */
const mostConnectors = 50;

/** The SDK's adapter: given a caller that was let in before, it prints and answers nothing itself; and it can send outside a turn. */
export class TeamsAdapter extends CloudAdapter {
  readonly #appId: string;
  readonly #connectors = new Map<string, Promise<Connector>>();

  /** @param appId Empty in the demo, where authentication is off. */
  constructor(authentication: ConfigurationBotFrameworkAuthentication, appId: string) {
    super(authentication);
    this.#appId = appId;
  }

  /** @returns the answer to an invoke; undefined for everything else. */
  run(
    admitted: Admitted,
    activity: Activity,
    turn: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(admitted, activity, turn);
  }

  /** Posts a new message, once. Its id; empty when the connector names none. Throws an AttemptFailed. */
  post(reference: Partial<ConversationReference>, message: Partial<Activity>): Promise<string> {
    return this.#attempt(reference, message, async ({ conversations }, conversation, activity) => {
      const { replyToId } = activity;
      return replyToId === undefined
        ? await conversations.sendToConversation(conversation, activity)
        : await conversations.replyToActivity(conversation, replyToId, activity);
    });
  }

  /** Puts a message in the place of another one, once. Throws an AttemptFailed. */
  replace(
    reference: Partial<ConversationReference>,
    id: string,
    message: Partial<Activity>,
  ): Promise<string> {
    return this.#attempt(reference, { ...message, id }, ({ conversations }, conversation, activity) =>
      conversations.updateActivity(conversation, id, activity),
    );
  }

  async #attempt(
    reference: Partial<ConversationReference>,
    message: Partial<Activity>,
    send: (connector: Connector, conversation: string, activity: Activity) => Promise<{ id?: string }>,
  ): Promise<string> {
    try {
      const activity = TurnContext.applyConversationReference({ ...message }, reference) as Activity;
      const connector = await this.#connectorAt(reference.serviceUrl ?? '');
      return (await send(connector, activity.conversation.id, activity)).id ?? '';
    } catch (error) {
      if (error instanceof AttemptFailed) throw error;
      // As if the host had refused: time does not heal it.
      if (error instanceof ForeignAddress) throw new AttemptFailed({ status: 403 }, error);
      // A token that was not to be had, for one. Once the request is on its way, `connectorHttp` says how it went.
      throw new AttemptFailed({ mayHaveArrived: false }, error);
    }
  }

  #connectorAt(serviceUrl: string): Promise<Connector> {
    const known = this.#connectors.get(serviceUrl);
    if (known !== undefined) return known;
    const [oldest] = this.#connectors.keys();
    if (oldest !== undefined && this.#connectors.size >= mostConnectors) this.#connectors.delete(oldest);
    const made = this.botFrameworkAuthentication
      .createConnectorFactory(this.createClaimsIdentity(this.#appId))
      .create(serviceUrl);
    this.#connectors.set(serviceUrl, made);
    made.catch(() => this.#connectors.delete(serviceUrl));
    return made;
  }
}
