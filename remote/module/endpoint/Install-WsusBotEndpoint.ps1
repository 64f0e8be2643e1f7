<#
.SYNOPSIS
Sets up the endpoint of WSUS Bot on a WSUS server, brings it up to date, or takes it away.
.DESCRIPTION
Run it once on the server, as an administrator, in Windows PowerShell 5.1. It
- makes %ProgramData%\WsusBot, for administrators only;
- copies the module to %ProgramFiles%\WindowsPowerShell\Modules\WsusBot;
- registers the session configuration WsusBot: a restricted endpoint (JEA) with a virtual account and transcripts;
- restarts WinRM, which ends the remote sessions of this server.
Each is done only where something has changed, and said in one line. The same command again brings an endpoint up to date.
.PARAMETER DiagnoseGroup
Accounts or groups (DOMAIN\name) that may read: Get-WsusBotReport.
.PARAMETER RepairGroup
Accounts or groups (DOMAIN\name) that may read, raise a limit, restart and take back.
.PARAMETER Uninstall
Takes away the session configuration and the module. Backups and transcripts stay; it says where.
.PARAMETER ComputerName
Does all this on these servers, over PowerShell remoting as you, with one line for each. With -WhatIf it only names them.
.PARAMETER NoServiceRestart
Leaves the restart of WinRM to you. The endpoint answers after it.
.EXAMPLE
.\Install-WsusBotEndpoint.ps1 -RepairGroup 'CONTOSO\wsus-bot' -WhatIf
.EXAMPLE
.\Install-WsusBotEndpoint.ps1 -RepairGroup 'CONTOSO\wsus-bot' -ComputerName wsus01, wsus02
.EXAMPLE
.\Install-WsusBotEndpoint.ps1 -Uninstall
#>
[CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'Install')]
param(
    [Parameter(ParameterSetName = 'Install')][ValidateNotNullOrEmpty()][string[]]$DiagnoseGroup = @(),
    [Parameter(ParameterSetName = 'Install')][ValidateNotNullOrEmpty()][string[]]$RepairGroup = @(),
    [Parameter(ParameterSetName = 'Uninstall', Mandatory = $true)][switch]$Uninstall,
    [ValidatePattern('^[A-Za-z0-9][A-Za-z0-9.-]*$')][string[]]$ComputerName = @(),
    [switch]$NoServiceRestart
)

Microsoft.PowerShell.Core\Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

. $PSScriptRoot/../WsusBot/windows.ps1
. $PSScriptRoot/../WsusBot/windows-program.ps1
. $PSScriptRoot/../WsusBot/report-part.ps1
. $PSScriptRoot/../WsusBot/refusal.ps1
. $PSScriptRoot/../WsusBot/file-security.ps1
. $PSScriptRoot/../WsusBot/state-folder.ps1
. $PSScriptRoot/endpoint-windows.ps1
. $PSScriptRoot/change.ps1
. $PSScriptRoot/preconditions.ps1
. $PSScriptRoot/roles.ps1
. $PSScriptRoot/session-configuration.ps1
. $PSScriptRoot/module-folder.ps1
. $PSScriptRoot/endpoint.ps1
. $PSScriptRoot/server-list.ps1

$request = @{
    DiagnoseGroup = $DiagnoseGroup
    RepairGroup = $RepairGroup
    Uninstall = [bool]$Uninstall
    NoServiceRestart = [bool]$NoServiceRestart
    # What is copied: the folder that holds WsusBot and endpoint.
    Source = [IO.Path]::GetDirectoryName($PSScriptRoot)
}
try {
    if ($ComputerName.Count -gt 0) { Invoke-OnServerList $ComputerName $request }
    elseif ($Uninstall) { Uninstall-Endpoint $request }
    else { Install-Endpoint $request }
} catch {
    # One sentence, and not the place in the script where it was thrown.
    $PSCmdlet.ThrowTerminatingError($_)
}
