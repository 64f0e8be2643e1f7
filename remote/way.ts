/**
 * How a server's functions are reached. `endpoint`: a session configuration of WSUS Bot's own (JEA), which lists them and nothing
 * else. `agentless`: one of Windows' own endpoints with an administrator's account, to which the module's text is sent.
 */
export type Way = 'endpoint' | 'agentless';

/** Session configurations that Windows PowerShell and PowerShell 7 register themselves (`Enable-PSRemoting`). */
const ofWindows = /^(?:microsoft\.powershell(?:32)?|powershell\.7.*)$/i;

/** The way that an endpoint's name in the configuration means. */
export function wayOf(endpoint: string): Way {
  return ofWindows.test(endpoint) ? 'agentless' : 'endpoint';
}
