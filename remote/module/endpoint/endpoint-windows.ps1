# What only Windows has, for setting up the endpoint: each a call and nothing more. Windows PowerShell 5.1.

# @{ Version; IsDesktop; IsNative }: Windows PowerShell rather than PowerShell 7, and not its 32-bit build on 64-bit Windows.
function Get-WindowsPowerShell {
    return @{
        Version = $PSVersionTable.PSVersion
        IsDesktop = $PSVersionTable.PSVersion.Major -lt 6
        IsNative = [Environment]::Is64BitProcess -or -not [Environment]::Is64BitOperatingSystem
    }
}

function Test-WindowsElevated {
    $principal = Microsoft.PowerShell.Utility\New-Object Security.Principal.WindowsPrincipal ([Security.Principal.WindowsIdentity]::GetCurrent())
    return $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
}

# Whether this is run over PowerShell remoting.
function Test-WindowsRemoteSession {
    return $null -ne (Microsoft.PowerShell.Utility\Get-Variable -Name PSSenderInfo -Scope Global -ErrorAction SilentlyContinue)
}

# The SID of an account or a group, or $null when Windows does not know the name.
function Get-WindowsAccountSid([string]$Name) {
    $account = Microsoft.PowerShell.Utility\New-Object Security.Principal.NTAccount $Name
    try {
        return $account.Translate([Security.Principal.SecurityIdentifier]).Value
    } catch [Security.Principal.IdentityNotMappedException] {
        return $null
    }
}

# SIDs of those who are in the group Administrators themselves, without those in groups in it.
function Get-WindowsAdministratorSid {
    return @(Microsoft.PowerShell.LocalAccounts\Get-LocalGroupMember -SID 'S-1-5-32-544' |
            Microsoft.PowerShell.Core\ForEach-Object { $_.SID.Value })
}

function Get-WindowsProgramFiles { return [Environment]::GetFolderPath('ProgramFiles') }

# What the session configuration was registered from, or $null when there is none of this name.
function Get-WindowsEndpointText([string]$Name) {
    $endpoint = Microsoft.PowerShell.Core\Get-PSSessionConfiguration -Name $Name -ErrorAction SilentlyContinue
    if ($null -eq $endpoint) { return $null }
    $file = $endpoint.PSObject.Properties['ConfigFilePath']
    if ($null -eq $file -or -not [IO.File]::Exists($file.Value)) { return '' }
    return [IO.File]::ReadAllText($file.Value)
}

function Test-WindowsEndpointFile([string]$Path) { return Microsoft.PowerShell.Core\Test-PSSessionConfigurationFile -Path $Path }

function Register-WindowsEndpoint([string]$Name, [string]$Path) {
    $null = Microsoft.PowerShell.Core\Register-PSSessionConfiguration -Name $Name -Path $Path -Force -NoServiceRestart -Confirm:$false -WarningAction SilentlyContinue
}

function Unregister-WindowsEndpoint([string]$Name) {
    $null = Microsoft.PowerShell.Core\Unregister-PSSessionConfiguration -Name $Name -Force -NoServiceRestart -Confirm:$false -WarningAction SilentlyContinue
}

function Restart-WindowsRemoting { Microsoft.PowerShell.Management\Restart-Service -Name WinRM -Force -Confirm:$false }

# Restarts WinRM a moment after this session has ended: by a process outside of the session, which would not outlive it.
function Start-WindowsRemotingRestart([int]$Seconds) {
    $shell = [IO.Path]::Combine($PSHOME, 'powershell.exe')
    $line = "`"$shell`" -NoProfile -NonInteractive -Command `"Start-Sleep -Seconds $Seconds; Restart-Service -Name WinRM -Force`""
    $started = CimCmdlets\Invoke-CimMethod -ClassName Win32_Process -MethodName Create -Confirm:$false -Arguments @{ CommandLine = $line }
    if ($started.ReturnValue -ne 0) { throw "starting the restart of WinRM: code $($started.ReturnValue)" }
}

function Open-WindowsSession([string]$ComputerName) { return Microsoft.PowerShell.Core\New-PSSession -ComputerName $ComputerName }
