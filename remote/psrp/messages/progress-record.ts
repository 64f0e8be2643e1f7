import {
  type ClixmlValue,
  displayText,
  enumObject,
  extendedObject,
  numberOf,
  propertyOf,
} from '../clixml-value.ts';

export interface Progress {
  readonly activity: string;
  readonly status: string;
  /** 0 to 100, or -1 when nobody knows. */
  readonly percent: number;
}

/** PROGRESS_RECORD, MS-PSRP 2.2.2.25. */
export function progressRecordData(progress: Progress): ClixmlValue {
  return extendedObject({
    Activity: progress.activity,
    ActivityId: 0,
    StatusDescription: progress.status,
    CurrentOperation: null,
    ParentActivityId: -1,
    PercentComplete: progress.percent,
    Type: enumObject('System.Management.Automation.ProgressRecordType', 'Processing', 0),
    SecondsRemaining: -1,
  });
}

export function readProgressRecord(data: ClixmlValue): Progress {
  return {
    activity: displayText(propertyOf(data, 'Activity')),
    status: displayText(propertyOf(data, 'StatusDescription')),
    percent: numberOf(propertyOf(data, 'PercentComplete')) ?? -1,
  };
}
