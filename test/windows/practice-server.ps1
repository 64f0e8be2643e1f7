# Stands in for the Windows of a server that the endpoint is set up on: global aliases of the functions of endpoint-windows.ps1
# and of those of windows.ps1 that the setup uses. What it is, and what was done to it, is in $global:Server.

function global:Initialize-PracticeServer([string]$Folder) {
    $global:Server = @{
        PowerShell = @{ Version = [Version]'5.1.17763.1'; IsDesktop = $true; IsNative = $true }
        Elevated = $true
        RemoteSession = $false
        WinRM = 'Running'
        Sids = @{
            'CONTOSO\wsus-bot' = 'S-1-5-21-1-2-3-1104'
            'CONTOSO\wsus-readers' = 'S-1-5-21-1-2-3-1105'
            'CONTOSO\server-admins' = 'S-1-5-21-1-2-3-1106'
            'CONTOSO\Domain Admins' = 'S-1-5-21-1-2-3-512'
            'CONTOSO\Domain Users' = 'S-1-5-21-1-2-3-513'
            'BUILTIN\Administrators' = 'S-1-5-32-544'
            'BUILTIN\Users' = 'S-1-5-32-545'
            'NT AUTHORITY\Authenticated Users' = 'S-1-5-11'
        }
        Administrators = @('S-1-5-21-1-2-3-500', 'S-1-5-21-1-2-3-1106')
        AdministratorsReadable = $true
        Registry = @{ TargetDir = 'C:\Program Files\Update Services\'; ProductType = 'ServerNT' }
        Security = @{}
        ProgramFiles = "$Folder/Program Files"
        ProgramData = "$Folder/ProgramData"
        EndpointFileAccepted = $true
        RegistrationError = $null
        Endpoint = $null
        Calls = [Collections.Generic.List[string]]@()
        Sessions = @{}
    }
    foreach ($name in 'ProgramFiles', 'ProgramData') { $null = [IO.Directory]::CreateDirectory($global:Server[$name]) }
}

$replacements = @{
    'Get-WindowsPowerShell' = { $Server.PowerShell }
    'Test-WindowsElevated' = { $Server.Elevated }
    'Test-WindowsRemoteSession' = { $Server.RemoteSession }
    'Get-WindowsServiceStatus' = { param($Name) if ($Name -eq 'WinRM') { $Server.WinRM } }
    'Get-WindowsAccountSid' = { param($Name) $Server.Sids[$Name] }
    'Get-WindowsAdministratorSid' = {
        if (-not $Server.AdministratorsReadable) { throw 'Failed to compare two elements in the array.' }
        $Server.Administrators
    }
    'Get-WindowsRegistryValue' = { param($Path, $Name) $Server.Registry[$Name] }
    'Get-WindowsProgramFiles' = { $Server.ProgramFiles }
    'Get-WindowsProgramData' = { $Server.ProgramData }
    'Get-WindowsFileSecurity' = {
        param($Path)
        if ($Server.Security.ContainsKey($Path)) { return $Server.Security[$Path] }
        @{ Owner = 'CONTOSO\somebody'; Sddl = 'O:S-1-5-21-1-2-3-1200G:BUD:AI(A;ID;FA;;;S-1-5-21-1-2-3-1200)' }
    }
    'Set-WindowsFileSecurity' = {
        param($Path, $Sddl)
        $Server.Calls.Add("secure $Path")
        # The folder gets its name when it is closed.
        foreach ($name in $Path, ($Path -replace '\.[0-9a-f-]{36}$', '')) { $Server.Security[$name] = @{ Owner = 'BUILTIN\Administrators'; Sddl = $Sddl } }
    }
    'Get-WindowsEndpointText' = { param($Name) $Server.Endpoint }
    'Test-WindowsEndpointFile' = { param($Path) $Server.EndpointFileAccepted }
    'Register-WindowsEndpoint' = {
        param($Name, $Path)
        if ($null -ne $Server.RegistrationError) { throw $Server.RegistrationError }
        if ($null -ne $Server.Endpoint) { throw 'there is one of this name' }
        $Server.Calls.Add("register $Name")
        $Server.Endpoint = [IO.File]::ReadAllText($Path)
    }
    'Unregister-WindowsEndpoint' = { param($Name) $Server.Calls.Add("unregister $Name"); $Server.Endpoint = $null }
    'Restart-WindowsRemoting' = { $Server.Calls.Add('restart WinRM') }
    'Start-WindowsRemotingRestart' = { param($Seconds) $Server.Calls.Add("restart WinRM in $Seconds s") }
    'Open-WindowsSession' = { param($ComputerName) & $Server.Sessions[$ComputerName] }
}
foreach ($name in $replacements.Keys) {
    Set-Item -LiteralPath "function:global:Practice-$name" -Value $replacements[$name]
    Set-Alias -Scope Global -Name $name -Value "Practice-$name"
}

function global:Remove-PracticeServer {
    foreach ($name in @(Get-Command -Name 'Practice-*' -CommandType Function).Name) {
        Remove-Item -LiteralPath "Alias:$($name -replace '^Practice-')", "Function:$name"
    }
    Remove-Variable -Scope Global -Name Server
    Remove-Item -LiteralPath Function:Initialize-PracticeServer, Function:Remove-PracticeServer
}
