import type { Relay } from '../psrp/relay.ts';
import { RemoteError } from '../remote-error.ts';

/** The commands of relay.ps1. */
export const powershellRelay: Relay = {
  command: ({ name, parameters }) => ({
    name: 'Invoke-WsusBotCommand',
    parameters: { Name: name, Parameters: parameters },
  }),
  script: (text) => ({ name: 'Invoke-WsusBotScript', parameters: { Script: text } }),
  loss: ({ fullyQualifiedErrorId: id, message }, doing) => {
    if (id === 'WsusBotSessionGone')
      return new RemoteError('remote.connection-lost', {
        doing,
        detail: 'the session was no longer open',
        outcome: 'not-sent',
      });
    const number = /^WsusBotSessionLost:(-?\d+):/.exec(id)?.[1];
    if (number === undefined) return undefined;
    return new RemoteError('remote.connection-lost', {
      doing,
      ...(number === '0' ? {} : { detail: `WinRM's number ${number}` }),
      serverText: message,
      outcome: 'unknown',
    });
  },
  ending: { name: 'Close-WsusBotSession', parameters: {} },
};
