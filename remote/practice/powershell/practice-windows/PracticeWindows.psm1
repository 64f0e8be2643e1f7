# A practice Windows: stands in for the functions of WsusBot's windows.ps1, and lets faults be set at its steps and files. An
# alias wins over a function of the same name in every scope, also inside a module, so the shipped module runs as it is.

$ErrorActionPreference = 'Stop'

. $PSScriptRoot/machine.ps1
. $PSScriptRoot/system.ps1
. $PSScriptRoot/iis.ps1
. $PSScriptRoot/file-security.ps1
. $PSScriptRoot/faults.ps1

$standIns = @{
    'Get-WindowsRegistryValue' = 'Get-PracticeRegistryValue'
    'Get-WindowsServiceStatus' = 'Get-PracticeServiceStatus'
    'Get-WindowsComputerName' = 'Get-PracticeComputerName'
    'Get-WindowsProgramData' = 'Get-PracticeProgramData'
    'Get-WindowsCounter' = 'Get-PracticeCounter'
    'Invoke-WindowsSusdbQuery' = 'Invoke-PracticeSusdbQuery'
    'Invoke-WindowsAppCmd' = 'Invoke-PracticeAppCmd'
    'Invoke-WindowsIisReset' = 'Invoke-PracticeIisReset'
    'Get-WindowsProcessStart' = 'Get-PracticeProcessStart'
    'Get-WindowsFileSecurity' = 'Get-PracticeFileSecurity'
    'Set-WindowsFileSecurity' = 'Set-PracticeFileSecurity'
    'Grant-WindowsFileAccess' = 'Grant-PracticeFileAccess'
    'Get-WindowsHardLink' = 'Get-PracticeHardLink'
    'Write-Step' = 'Write-PracticeStep'
    'Read-PlainFile' = 'Read-PracticeFile'
    'Write-NewFile' = 'Write-PracticeFile'
    'Move-FileOver' = 'Move-PracticeFile'
    'Get-RestartWaitSeconds' = 'Get-PracticeRestartWaitSeconds'
    'Get-WorkerWaitSeconds' = 'Get-PracticeWorkerWaitSeconds'
    'Get-RestartPauseMilliseconds' = 'Get-PracticeRestartPauseMilliseconds'
}
foreach ($name in $standIns.Keys) { Set-Alias -Name $name -Value $standIns[$name] -Scope Global }

Export-ModuleMember -Function @($standIns.Values)
