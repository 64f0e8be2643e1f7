# What WSUS Bot may do on a WSUS server: four functions, each answering one JSON string (remote/contract.ts).
# Windows PowerShell 3.0 to 5.1, and PowerShell 7. Only windows.ps1 calls what Windows alone has.

. $PSScriptRoot/windows.ps1
. $PSScriptRoot/module-identity.ps1
. $PSScriptRoot/Get-WsusBotReport.ps1

Microsoft.PowerShell.Core\Export-ModuleMember -Function Get-WsusBotReport
