import type { SourceLog } from '../faults/fault.ts';

const byName: Readonly<Record<string, SourceLog>> = {
  'softwaredistribution.log': 'SoftwareDistribution.log',
  'windowsupdate.log': 'WindowsUpdate.log',
  'wuahandler.log': 'WUAHandler.log',
  'scanagent.log': 'ScanAgent.log',
  'reportingevents.log': 'ReportingEvents.log',
};

/** @param name A file's name without its folder. @returns undefined for one that has no fixed name. */
export function sourceByName(name: string): SourceLog | undefined {
  return byName[name.toLowerCase()];
}

/** Text without a prefix still tells its log by words that no other log has. */
export function sourceByWords(line: string): SourceLog {
  if (line.length < 8) return 'unknown';
  if (/\bThrowException\b|\bw3wp\.\d|\bWsusService\.\d/.test(line)) return 'SoftwareDistribution.log';
  if (/\*FAILED\*|\bWS error:|\bSoap fault\b|\bPTError:|_WithRecovery\b|\bOnCallFailure\b/i.test(line)) {
    return 'WindowsUpdate.log';
  }
  if (/\bOnSearchComplete\b|\bScan failed with error\b/.test(line)) return 'WUAHandler.log';
  return /\[AGENT_DETECTION_F/.test(line) ? 'ReportingEvents.log' : 'unknown';
}
