/** Commands that cards show; the button "Command as text" is answered with a plain message that holds only one of these. */
export const commands = {
  findFaultLines: [
    'cd "$env:ProgramFiles\\Update Services\\LogFiles"',
    'Select-String ThrowException SoftwareDistribution.log | Select-Object -Last 20',
  ].join('\n'),
} as const;
