import type { Ask } from './diagnosis.ts';
import type { Fault } from './fault.ts';
import type { SignatureId } from './signature.ts';
import { isCutShort } from './signatures/soap-rules.ts';

const serverCommand = [
  'cd "$env:ProgramFiles\\Update Services\\LogFiles"',
  'Select-String ThrowException SoftwareDistribution.log | Select-Object -Last 20',
];
const clientCommand = [
  'Get-WindowsUpdateLog',
  "cd ([Environment]::GetFolderPath('Desktop'))",
  "Select-String 'ErrorCode|FAILED' WindowsUpdate.log | Select-Object -Last 20",
];

const serverLog: Ask = {
  id: 'server-log',
  where: 'server',
  file: 'SoftwareDistribution.log',
  what: 'From the server, the lines with ThrowException in SoftwareDistribution.log.',
  command: serverCommand,
};

const clientLog: Ask = {
  id: 'client-log',
  where: 'client',
  file: 'WindowsUpdate.log',
  what: 'From a failing client, the lines with ErrorCode in WindowsUpdate.log. On Windows 10 and later Get-WindowsUpdateLog puts that file on the desktop.',
  command: clientCommand,
};

const wholeServerLine: Ask = {
  ...serverLog,
  id: 'whole-line',
  what: 'The whole line once more, from ThrowException to its end: actor, ErrorCode and Message must be in it.',
};
const wholeClientLine: Ask = {
  ...clientLog,
  id: 'whole-line',
  what: 'The whole line once more: ErrorCode, Message and Method must be in it.',
};

const needDetail: ReadonlySet<SignatureId> = new Set(['not-enough-evidence', '8024400D', '8024400E']);

/** @returns what to send before the cause can be named; empty when the verdict needs nothing more from a log. */
export function asksFor(verdict: SignatureId, faults: readonly Fault[]): Ask[] {
  if (!needDetail.has(verdict)) return [];
  const cut = faults.find(isCutShort);
  if (cut === undefined) return [serverLog, clientLog];
  return cut.source === 'SoftwareDistribution.log'
    ? [wholeServerLine, clientLog]
    : [wholeClientLine, serverLog];
}
