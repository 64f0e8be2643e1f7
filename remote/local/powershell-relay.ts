import type { Relay } from '../psrp/relay.ts';

/** The commands of relay.ps1. */
export const powershellRelay: Relay = {
  command: ({ name, parameters }) => ({
    name: 'Invoke-WsusBotCommand',
    parameters: { Name: name, Parameters: parameters },
  }),
  script: (text) => ({ name: 'Invoke-WsusBotScript', parameters: { Script: text } }),
  ending: { name: 'Close-WsusBotSession', parameters: {} },
};
