import type { Ask, Finding } from '../diagnosis.ts';
import type { SignatureId } from '../signature.ts';
import type { ClientSystem } from './client-system.ts';

const serverLog: Ask = {
  id: 'server-log',
  where: 'server',
  file: 'SoftwareDistribution.log',
  what: 'From the server, the lines with ThrowException in SoftwareDistribution.log. The registry names the folder WSUS is installed in.',
  command: [
    "$setup = Get-ItemProperty 'HKLM:\\SOFTWARE\\Microsoft\\Update Services\\Server\\Setup'",
    "cd (Join-Path $setup.TargetDir 'LogFiles')",
    'Select-String ThrowException SoftwareDistribution.log | Select-Object -Last 20',
  ],
};

const fromTraces = [
  'Get-WindowsUpdateLog',
  "cd ([Environment]::GetFolderPath('Desktop'))",
  "Select-String 'ErrorCode|FAILED' WindowsUpdate.log | Select-Object -Last 20",
];
const fromPlainFile = [
  'Select-String \'ErrorCode|WARNING|FATAL\' "$env:windir\\WindowsUpdate.log" | Select-Object -Last 40',
];

const clientLog: Ask = {
  id: 'client-log',
  where: 'client',
  file: 'WindowsUpdate.log',
  what: 'From a failing client, the lines with ErrorCode in WindowsUpdate.log. On Windows 10, Server 2016 and later Get-WindowsUpdateLog makes that file and puts it on the desktop. On Windows 7, 8.1 and Server 2012 R2 it lies in C:\\Windows: leave the first two lines out and search there.',
  command: fromTraces,
};
const clientLogOf: Readonly<Record<ClientSystem, Ask>> = {
  traced: {
    ...clientLog,
    what: 'From a failing client, the lines with ErrorCode in WindowsUpdate.log. This is Windows 10, Server 2016 or later, where Get-WindowsUpdateLog makes that file and puts it on the desktop.',
  },
  plain: {
    ...clientLog,
    what: 'From a failing client, the lines with ErrorCode in C:\\Windows\\WindowsUpdate.log. This is Windows 8.1, Server 2012 R2 or older, where that file is plain text.',
    command: fromPlainFile,
  },
};

const decodeTrace: Ask = {
  id: 'decode-trace',
  where: 'client',
  file: 'WindowsUpdate.log',
  what: 'The log decoded once more, with symbols. Get-WindowsUpdateLog of Windows 10 before version 1709 and of Server 2016 loads them from msdl.microsoft.com: run it where that host can be reached. Or copy C:\\Windows\\Logs\\WindowsUpdate to a newer Windows, which needs no symbols, into C:\\Traces, and decode it there.',
  command: [
    'Get-WindowsUpdateLog -ETLPath C:\\Traces -LogPath C:\\Traces\\WindowsUpdate.log',
    "Select-String 'ErrorCode|FAILED' C:\\Traces\\WindowsUpdate.log | Select-Object -Last 20",
  ],
};

const wholeServerLine: Ask = {
  ...serverLog,
  id: 'whole-line',
  what: 'The whole line once more, from ThrowException to its end: actor, ErrorCode and Message must be in it.',
};
const wholeClientLine = (client: Ask): Ask => ({
  ...client,
  id: 'whole-line',
  what: 'The whole line once more: ErrorCode, Message and Method must be in it.',
});

/** Each kind of line that is asked for. */
export const everyAsk: readonly Ask[] = [
  serverLog,
  clientLog,
  ...Object.values(clientLogOf),
  decodeTrace,
  wholeServerLine,
  wholeClientLine(clientLog),
];

const needDetail: ReadonlySet<SignatureId> = new Set(['not-enough-evidence', '8024400D', '8024400E']);

/**
 * @param first What explains the others.
 * @param system How the client of this text writes its log; undefined when the text does not tell.
 * @returns what to send before the cause can be named; empty when the answer needs nothing more from a log.
 */
export function asksFor(first: Finding | undefined, system: ClientSystem | undefined): Ask[] {
  if (first === undefined || !needDetail.has(first.signature)) return [];
  const client = system === undefined ? clientLog : clientLogOf[system];
  switch (first.variant) {
    case 'cut-short':
      return first.evidence[0]?.source === 'SoftwareDistribution.log'
        ? [wholeServerLine, client]
        : [wholeClientLine(client), serverLog];
    case 'undecoded':
      return [decodeTrace, serverLog];
    default:
      return [serverLog, client];
  }
}
