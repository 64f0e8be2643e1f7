import { isOnThisMachine } from '../download/file-places.ts';
import { cloudOf, type Trust } from './trust.ts';

/**
 * Whether the bot sends there: the Bot Connector service of its cloud over HTTPS, in the demo this machine. What is sent
 * carries the bot's token, so nothing else will do.
 */
export const maySendTo = (address: unknown, trust: Trust): boolean => {
  if (typeof address !== 'string' || !URL.canParse(address)) return false;
  const url = new URL(address);
  if (trust.loopbackOnly) return isOnThisMachine(url);
  const { protocol, port, username, password, hostname } = url;
  return (
    protocol === 'https:' &&
    port === '' &&
    username === '' &&
    password === '' &&
    cloudOf(trust).connectorHosts.includes(hostname)
  );
};

/** Nothing is sent to an address that is not the service's: one that was kept before the cloud was changed, or a forged one. */
export class ForeignAddress extends Error {
  constructor() {
    super('sending to Teams: the address is not one of the Bot Connector service');
    this.name = 'ForeignAddress';
  }
}
