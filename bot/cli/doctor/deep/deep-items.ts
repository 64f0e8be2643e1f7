/**
 * What only a real server can show and can be seen without changing it: how it is asked, and what is expected. The same
 * rows as in docs/deep-check.md.
 */
export const deepItems = {
  winrm: {
    how: 'Create, Receive, Command, Signal and Delete are sent as WS-Man envelopes',
    expected: 'a session opens and its shell is deleted, without a fault',
  },
  receives: {
    how: 'the Receives until the runspace pool says that it is open are counted',
    expected: 'any number; 3 were recorded of Server 2016',
  },
  protocol: {
    how: 'the server names its PSRP version when the pool opens',
    expected: '2.2 before Windows PowerShell 5.1, else 2.3',
  },
  'quiet-receive': {
    how: 'a Receive is sent that has nothing to bring for 2 s',
    expected: 'the server ends it by a time-out (fault 2150858793), and the session goes on',
  },
  loading: {
    how: 'agentless: the module is sent as one script in several fragments',
    expected: 'it is taken and loaded; the session is in FullLanguage',
  },
  script: {
    how: 'endpoint: the script "1 + 1" is sent',
    expected: 'refused: ScriptsNotAllowed',
  },
  'unlisted-command': {
    how: 'endpoint: Get-Date is called, which no role lists',
    expected: 'refused: CommandNotFoundException',
  },
  report: {
    how: 'Get-WsusBotReport is called',
    expected: 'one JSON text of the shape of remote/contract.ts',
  },
  parts: {
    how: 'the parts of the report that could not be read are listed',
    expected: 'none',
  },
  module: {
    how: 'the module names its version and hash',
    expected: 'the hash of the module that this bot ships',
  },
  clock: {
    how: "the report's time is held against this machine's clock",
    expected: 'at most 60 s apart',
  },
  'web-config': {
    how: 'the real Web.config is read by both readers of this bot',
    expected: 'both find maxInstalledPrerequisites once, with a number',
  },
  owner: {
    how: 'the owner of Web.config is read',
    expected: 'NT SERVICE\\TrustedInstaller (S-1-5-80-956008885-…)',
  },
  sddl: {
    how: 'its access list is read as SDDL',
    expected: 'TrustedInstaller has full access (FA), Users (BU) have no right to write',
  },
  'hard-links': {
    how: 'the names of the file are counted',
    expected:
      '2 while it is the one that Windows put there (the other name is in WinSxS), 1 after the first change',
  },
  iis: {
    how: 'sites, pool and worker process are read out of what appcmd prints',
    expected:
      'one site with ClientWebService and its ports, the pool Started, its process with its start time',
  },
  'get-config': {
    how: 'GetConfig is posted to ClientWebService on the server itself, and wusserverversion.xml is fetched',
    expected: 'HTTP 200 twice, and SOAP',
  },
  certificate: {
    how: 'with SSL, the same over https with the name of the certificate',
    expected: 'the certificate is accepted',
  },
  counters: {
    how: 'the counters "Maximum non leaf updates" and "Max other cached update IDs" are read',
    expected: 'two numbers',
  },
  susdb: {
    how: 'updates are counted in SUSDB, read-only',
    expected: 'three numbers, within the time of a report',
  },
  log: {
    how: 'the newest part of SoftwareDistribution.log is read',
    expected: 'its path; lines with their true numbers, where clients were refused',
  },
  activity: {
    how: 'the lock and the journal of the acting functions are read',
    expected: 'nothing at work, nothing interrupted',
  },
  stop: {
    how: 'a report is started and stopped at once (Signal), then another is asked for',
    expected: 'the first ends as stopped, the second is answered',
  },
} as const;

export type DeepItemName = keyof typeof deepItems;

/** What was seen of one item. `seen` may hold text from the server: outside text. */
export interface DeepResult {
  readonly item: DeepItemName;
  readonly outcome: 'pass' | 'differs' | 'not-tried';
  readonly seen: string;
}

export function pass(item: DeepItemName, seen: string): DeepResult {
  return { item, outcome: 'pass', seen };
}

export function differs(item: DeepItemName, seen: string): DeepResult {
  return { item, outcome: 'differs', seen };
}

export function notTried(item: DeepItemName, why: string): DeepResult {
  return { item, outcome: 'not-tried', seen: why };
}

/** Passes when what was seen is as expected. */
export function compared(item: DeepItemName, isExpected: boolean, seen: string): DeepResult {
  return isExpected ? pass(item, seen) : differs(item, seen);
}
