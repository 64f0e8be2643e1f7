/** What every advanced function and cmdlet takes; -PipelineVariable (4.0) and -InformationAction (5.0) are not among it. */
export const commonParameters = fold([
  'Verbose',
  'Debug',
  'ErrorAction',
  'WarningAction',
  'ErrorVariable',
  'WarningVariable',
  'OutVariable',
  'OutBuffer',
  'WhatIf',
  'Confirm',
]);

/** Attributes with their arguments as 3.0 has them. */
export const attributes: Readonly<Record<string, readonly string[]>> = {
  cmdletbinding: ['SupportsShouldProcess', 'ConfirmImpact', 'DefaultParameterSetName', 'PositionalBinding'],
  parameter: ['Mandatory', 'ParameterSetName', 'Position', 'ValueFromPipeline', 'HelpMessage'],
  alias: [],
  outputtype: [],
  validateset: ['IgnoreCase'],
  validatepattern: ['Options'],
  validaterange: [],
  validatelength: [],
  validatecount: [],
  validatescript: [],
  validatenotnull: [],
  validatenotnullorempty: [],
  allownull: [],
  allowemptystring: [],
  allowemptycollection: [],
};

/** What turns text into code, starts things that outlive the call, or compiles. */
export const forbiddenCommands = fold([
  'Invoke-Expression',
  'Invoke-Item',
  'Start-Process',
  'Start-Job',
  'New-Service',
  'Set-Alias',
  'New-Alias',
]);
export const forbiddenMembers = fold([
  'InvokeScript',
  'NewScriptBlock',
  'ExpandString',
  'Invoke',
  'InvokeReturnAsIs',
]);

/** Approved verbs of 3.0. */
export const verbs = fold(
  `Add Approve Assert Backup Block Checkpoint Clear Close Compare Complete Compress Confirm Connect ConvertFrom ConvertTo Copy Debug Deny
  Disable Disconnect Dismount Edit Enable Enter Exit Expand Export Find Format Get Grant Group Hide Import Initialize Install Invoke Join
  Limit Lock Measure Merge Mount Move New Open Optimize Out Ping Pop Protect Publish Push Read Receive Redo Register Remove Rename Repair
  Request Reset Resize Resolve Restart Restore Resume Revoke Save Search Select Send Set Show Skip Split Start Step Stop Submit Suspend
  Switch Sync Test Trace Unblock Undo Uninstall Unlock Unprotect Unpublish Unregister Update Use Wait Watch Write`.split(
    /\s+/,
  ),
);

/** Names are the same in any case. */
export function fold(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => name.toLowerCase()));
}
