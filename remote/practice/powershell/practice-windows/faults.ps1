# Faults that are set on a practice server, at the steps of a function and at its files. What has no fault runs as shipped.

# A function of the module that an alias hides. The module is the one that calls: sent as text, it is in no list of modules.
function Get-HiddenFunction([string]$Name) {
    foreach ($frame in (Get-PSCallStack)) {
        $module = $frame.InvocationInfo.MyCommand.Module
        if ($null -ne $module -and $module.Name -eq 'WsusBot') {
            return & $module { Microsoft.PowerShell.Core\Get-Command -Name $args[0] -CommandType Function } $Name
        }
    }
}

function Find-PracticeFault([string]$Name) {
    foreach ($fault in (Read-PracticeState 'faults')) { if ($fault.host -eq $Name) { return $fault } }
}

function Write-PracticeStep([string]$Step) {
    & (Get-HiddenFunction 'Write-Step') $Step
    Wait-PracticeStep $Step
    $fault = Find-PracticeStepFault 'error-at-step' $Step
    if ($null -ne $fault) { throw $fault.text }
}

function Wait-PracticeStep([string]$Step) {
    $fault = Find-PracticeStepFault 'slow-step' $Step
    if ($null -ne $fault) { Start-Sleep -Milliseconds $fault.milliseconds }
}

function Find-PracticeStepFault([string]$Name, [string]$Step) {
    $faults = @(foreach ($fault in (Read-PracticeState 'faults')) { if ($fault.host -eq $Name -and $fault.step -eq $Step) { $fault } })
    if ($faults.Count -eq 0) { return }
    $running = (Get-PSCallStack).Command
    foreach ($fault in $faults) {
        if (-not $fault.ContainsKey('functionName') -or $running -contains $fault.functionName) { return $fault }
    }
}

function Read-PracticeFile([string]$Path, [long]$Limit) {
    if ((Test-WebConfig $Path) -and (Find-PracticeFault 'file-read-denied')) { throw (New-AccessDenied $Path) }
    return , (& (Get-HiddenFunction 'Read-PlainFile') $Path $Limit)
}

function Write-PracticeFile([string]$Path, [byte[]]$Bytes) {
    $write = Get-HiddenFunction 'Write-NewFile'
    if ((Test-Backup $Path) -and (Find-PracticeFault 'backup-write-denied')) { throw (New-AccessDenied $Path) }
    if (Test-BesideWebConfig $Path) {
        if (Find-PracticeFault 'file-write-denied') { throw (New-AccessDenied $Path) }
        if (Find-PracticeFault 'disk-full') {
            & $write $Path $Bytes[0..99]
            throw [IO.IOException]::new("There is not enough space on the disk. : '$Path'", 0x80070070)
        }
    }
    & $write $Path $Bytes
}

function Move-PracticeFile([string]$From, [string]$To) {
    if ((Test-WebConfig $To) -and (Find-PracticeFault 'file-locked')) {
        throw [IO.IOException]::new('The process cannot access the file because it is being used by another process.', 0x80070020)
    }
    & (Get-HiddenFunction 'Move-FileOver') $From $To
    if (Test-WebConfig $To) { [IO.File]::AppendAllText([IO.Path]::Combine($env:WSUS_BOT_PRACTICE, 'writes.log'), "$To`n") }
}

function New-AccessDenied([string]$Path) {
    return [UnauthorizedAccessException]::new("Access to the path '$Path' is denied.")
}

function Test-WebConfig([string]$Path) { return [IO.Path]::GetFileName($Path) -eq 'Web.config' }

function Test-BesideWebConfig([string]$Path) {
    return [IO.Path]::GetFileName([IO.Path]::GetDirectoryName($Path)) -eq 'ClientWebService'
}

function Test-Backup([string]$Path) { return [IO.Path]::GetFileName([IO.Path]::GetDirectoryName($Path)) -eq 'backups' }
