import { type Cloud, clouds } from '../registration/cloud.ts';

/** Who may speak to the bot, and where it may answer. */
export interface Trust {
  /** Of the registration. */
  readonly tenantId: string;
  /** Tenants whose people are answered too. */
  readonly otherTenantIds?: readonly string[];
  /** The public one when it is left out. */
  readonly cloud?: Cloud;
  /** The demo speaks with a chat on this machine, and with nothing else. */
  readonly loopbackOnly: boolean;
}

/** The cloud that is trusted. */
export const cloudOf = ({ cloud = clouds.Public }: Trust): Cloud => cloud;
