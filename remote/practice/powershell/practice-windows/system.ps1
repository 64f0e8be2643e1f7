# Registry, services, counters, database: what does not change while a practice server runs.

function Get-PracticeRegistryValue([string]$Path, [string]$Name) {
    $registry = Read-PracticeState 'registry'
    foreach ($key in $registry.Keys) {
        if ($key -ne $Path) { continue }
        foreach ($value in $registry[$key].Keys) { if ($value -eq $Name) { return $registry[$key][$value] } }
    }
    return $null
}

function Get-PracticeServiceStatus([string]$Name) { return (Read-PracticeState 'services')[$Name] }

# The first call of a report: a server that hangs while it is read hangs here.
function Get-PracticeComputerName {
    Wait-PracticeStep 'read'
    return (Read-PracticeState 'settings').computerName
}

function Get-PracticeProgramData { return (Read-PracticeState 'settings').programData }

function Get-PracticeCounter([string]$Category, [string]$Counter) {
    $value = (Read-PracticeState 'counters')["$Category\$Counter"]
    if ($null -eq $value) { throw "there is no counter $Counter in $Category" }
    return [long]$value
}

function Invoke-PracticeSusdbQuery([string]$Server, [string]$Database, [string]$Query, [int]$TimeoutSeconds) {
    return , @(Read-PracticeState 'updates')
}

# A practice service comes back sooner than a real one.
function Get-PracticeRestartWaitSeconds { return (Read-PracticeState 'settings').restartWaitSeconds }
function Get-PracticeWorkerWaitSeconds { return 1 }
function Get-PracticeRestartPauseMilliseconds { return 50 }
