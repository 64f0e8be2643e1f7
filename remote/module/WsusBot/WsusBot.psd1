@{
    RootModule = 'WsusBot.psm1'
    ModuleVersion = '1.0.0'
    GUID = '0b8a32f7-0d02-4e62-b934-2cfb4665dbe6'
    Author = 'WSUS Bot'
    Description = 'What WSUS Bot may do on a WSUS server: report, raise a limit of ClientWebService, restart it, take the change back.'
    PowerShellVersion = '3.0'
    FunctionsToExport = @(
        'Get-WsusBotReport'
        'Set-WsusBotLimit'
        'Restart-WsusBotService'
        'Restore-WsusBotBackup'
    )
    CmdletsToExport = @()
    AliasesToExport = @()
    VariablesToExport = @()
}
