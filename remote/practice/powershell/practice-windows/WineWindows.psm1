# The registry and the services of the practice Windows become Wine's own, so that windows.ps1 reads them as it does on a
# server. What Wine does not have, or only pretends to have, stays as PracticeWindows.psm1 plays it. Loaded after that one.

$ErrorActionPreference = 'Stop'

. $PSScriptRoot/machine.ps1
. $PSScriptRoot/faults.ps1

# All practice servers share the one registry of the prefix: the one that is asked moves in first.
$script:ResidentKey = 'HKEY_LOCAL_MACHINE\SOFTWARE\WSUS Bot practice'
# Any program of Wine's that is a service under whatever name it is given.
$script:ServiceProgram = "$env:windir\system32\spoolsv.exe"

function Get-WineRegistryValue([string]$Path, [string]$Name) {
    Enter-WineSystem
    return & (Get-HiddenFunction 'Get-WindowsRegistryValue') $Path $Name
}

function Get-WineServiceStatus([string]$Name) {
    Enter-WineSystem
    return & (Get-HiddenFunction 'Get-WindowsServiceStatus') $Name
}

function Enter-WineSystem {
    if ([Microsoft.Win32.Registry]::GetValue($script:ResidentKey, 'Folder', $null) -eq $env:WSUS_BOT_PRACTICE) { return }
    Set-WineRegistry (Read-PracticeState 'registry')
    Set-WineService (Read-PracticeState 'services')
    [Microsoft.Win32.Registry]::SetValue($script:ResidentKey, 'Folder', $env:WSUS_BOT_PRACTICE)
}

function Set-WineRegistry([hashtable]$Keys) {
    $machine = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Registry64')
    $machine.DeleteSubKeyTree('SOFTWARE\Microsoft\Update Services', $false)
    foreach ($path in $Keys.Keys) {
        $key = $machine.CreateSubKey($path.Substring('HKLM:\'.Length))
        foreach ($name in $Keys[$path].Keys) {
            $value = $Keys[$path][$name]
            if ($value -is [string]) { $key.SetValue($name, $value, 'String') } else { $key.SetValue($name, [int]$value, 'DWord') }
        }
        $key.Dispose()
    }
    $machine.Dispose()
}

function Set-WineService([hashtable]$Status) {
    foreach ($name in 'W3SVC', 'WAS', 'WsusService') {
        $service = Get-Service -Name $name -ErrorAction Ignore
        if (-not $Status.ContainsKey($name)) {
            if ($null -ne $service) {
                if ($service.Status -ne 'Stopped') { Stop-Service -InputObject $service }
                Remove-Service -InputObject $service
            }
            continue
        }
        if ($null -eq $service) {
            # It also sets the delayed start, which Wine does not know and answers with an error.
            $null = New-Service -Name $name -BinaryPathName $script:ServiceProgram -StartupType Manual -ErrorAction Ignore
            $service = Get-Service -Name $name
        }
        if ([string]$service.Status -eq $Status[$name]) { continue }
        if ($Status[$name] -eq 'Running') { Start-Service -InputObject $service } else { Stop-Service -InputObject $service }
    }
}

Set-Alias -Name 'Get-WindowsRegistryValue' -Value 'Get-WineRegistryValue' -Scope Global
Set-Alias -Name 'Get-WindowsServiceStatus' -Value 'Get-WineServiceStatus' -Scope Global

Export-ModuleMember -Function Get-WineRegistryValue, Get-WineServiceStatus
