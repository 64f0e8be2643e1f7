# What WSUS Bot may do on a WSUS server: four functions, each answering one JSON string (remote/contract.ts).
# Windows PowerShell 3.0 to 5.1, and PowerShell 7. Only windows.ps1 calls what Windows alone has.

Microsoft.PowerShell.Core\Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

. $PSScriptRoot/windows.ps1
. $PSScriptRoot/windows-program.ps1
. $PSScriptRoot/report-part.ps1
. $PSScriptRoot/json.ps1
. $PSScriptRoot/time.ps1
. $PSScriptRoot/hash.ps1
. $PSScriptRoot/plain-file.ps1
. $PSScriptRoot/web-config-text.ps1
. $PSScriptRoot/web-config-edit.ps1
. $PSScriptRoot/module-identity.ps1
. $PSScriptRoot/refusal.ps1
. $PSScriptRoot/mending-command.ps1
. $PSScriptRoot/file-security.ps1
. $PSScriptRoot/state-folder.ps1
. $PSScriptRoot/journal.ps1
. $PSScriptRoot/acting.ps1
. $PSScriptRoot/backups.ps1
. $PSScriptRoot/file-replacement.ps1
. $PSScriptRoot/iis-state.ps1
. $PSScriptRoot/wsus-place.ps1
. $PSScriptRoot/web-request.ps1
. $PSScriptRoot/web-service.ps1
. $PSScriptRoot/service-restart.ps1
. $PSScriptRoot/server-log.ps1
. $PSScriptRoot/counters.ps1
. $PSScriptRoot/susdb.ps1
. $PSScriptRoot/report-contents.ps1
. $PSScriptRoot/Set-WsusBotLimit.ps1
. $PSScriptRoot/Restore-WsusBotBackup.ps1
. $PSScriptRoot/Get-WsusBotReport.ps1
. $PSScriptRoot/Restart-WsusBotService.ps1

Microsoft.PowerShell.Core\Export-ModuleMember -Function Get-WsusBotReport, Set-WsusBotLimit, Restart-WsusBotService, Restore-WsusBotBackup
