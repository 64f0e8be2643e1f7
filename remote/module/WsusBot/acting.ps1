# The frame of every function that acts: what all of them refuse, one at a time, and what a killed one left.

$script:ActingFunction = ''

# Runs the block alone on this server and answers its result as JSON. The block answers an ordered dictionary; what it throws
# with a reason of the contract as its code ('stale', 'file-not-writable', ...) becomes a refusal. The hashes are those of the
# file that a function replaces.
function Invoke-ActingFunction {
    param(
        [string]$FunctionName, [string]$ChangeId, [string]$NotAfter, [scriptblock]$Action,
        [string]$Sha256Before = '', [string]$Sha256After = ''
    )
    $script:ActingFunction = $FunctionName
    $script:Journal = $null
    $lock = $null
    try {
        Assert-MayAct $NotAfter
        Initialize-StateFolder
        $lock = Open-ActingLock
        $result = Invoke-Journalled $Action {
            Start-Journal $FunctionName $ChangeId.ToLowerInvariant() $Sha256Before $Sha256After
        }
    } catch {
        $result = ConvertTo-Refusal $_
        if ($null -eq $result) { throw }
    } finally {
        if ($null -ne $lock) { $lock.Dispose() }
    }
    return ConvertTo-ResultJson $result
}

function Assert-MayAct([string]$NotAfter) {
    if (-not (Find-Wsus).Installed) { throw (New-CodedError 'not-wsus' 'WSUS is not installed on this server') }
    if ([DateTime]::UtcNow -gt (ConvertFrom-UtcTime $NotAfter)) {
        throw (New-CodedError 'too-late' 'the call came after the time it was good for')
    }
}

function Invoke-Journalled([scriptblock]$Action, [scriptblock]$Begin) {
    try {
        $null = Invoke-OrRefuse 'file-not-writable' 'writing the journal' $Begin
        return & $Action
    } catch {
        $failure = $_
        $left = @(Complete-Journal)
        if ($left.Count -eq 0) { throw }
        # It changed something, so this is no refusal.
        throw "$($failure.Exception.Message) Left different: $($left -join ' ')"
    } finally {
        # Also when the pipeline is stopped.
        $null = Complete-Journal
    }
}

# The lock is a file that nobody else can open. A report may hold it for a moment.
function Open-ActingLock {
    for ($try = 1; ; $try++) {
        try { return Invoke-OrRefuse 'file-not-writable' 'taking the lock' { Open-LockFile } } catch {
            if ((Get-CodedError $_).Code -ne 'busy' -or $try -ge 20) { throw }
        }
        Microsoft.PowerShell.Utility\Start-Sleep -Milliseconds 50
    }
}

function Open-LockFile {
    try { return [IO.File]::Open((Get-StatePath 'acting.lock'), 'OpenOrCreate', 'ReadWrite', 'None') } catch [IO.IOException] {
        throw (New-CodedError 'busy' "$(Get-HolderName) is running on this server")
    }
}

function Get-HolderName {
    try { $holder = Read-Journal } catch { $holder = $null }
    if ($null -eq $holder) { return 'another function' }
    return $holder.functionName
}

# A step begins: a progress record, and a line of the journal.
function Write-Step([string]$Step) {
    if ($null -ne $script:Journal) {
        $script:Journal.step = $Step
        Save-Journal
    }
    Microsoft.PowerShell.Utility\Write-Progress -Activity $script:ActingFunction -Status $Step
}

# What acts on this server now, and what was interrupted, as the report's part `activity` has them.
function Get-Activity {
    $lock = $null
    try {
        try {
            $lock = [IO.File]::Open((Get-StatePath 'acting.lock'), 'Open', 'Read', 'ReadWrite')
            $isHeld = $false
        } catch [IO.FileNotFoundException], [IO.DirectoryNotFoundException] {
            $isHeld = $false
        } catch [IO.IOException] {
            $isHeld = $true
        }
        # While we hold the lock ourselves nobody begins.
        $record = Read-Journal
        if ($isHeld -and $null -eq $record) { throw (New-CodedError 'not-readable' 'a function begins or ends at this moment') }
        if ($isHeld) { return [ordered]@{ running = Get-ActingPart $record; interrupted = $null } }
        if ($null -eq $record) { return [ordered]@{ running = $null; interrupted = $null } }
        return [ordered]@{ running = $null; interrupted = Get-InterruptedPart $record }
    } finally {
        if ($null -ne $lock) { $lock.Dispose() }
    }
}

function Get-ActingPart($Record) {
    return [ordered]@{ functionName = $Record.functionName; changeId = $Record.changeId; startedAt = $Record.startedAt }
}

function Get-InterruptedPart($Record) {
    $part = Get-ActingPart $Record
    $part['step'] = $Record.step
    $part['file'] = Get-InterruptedFile $Record
    $part['leftDifferent'] = @(foreach ($one in @($Record.earlier) + @($Record)) { Get-RecordDifference $one })
    return $part
}

# What Web.config is now, beside what the function was called for.
function Get-InterruptedFile($Record) {
    if ($Record.sha256Before -eq '') { return 'unread' }
    $path = $Record.path
    if ($path -eq '') { try { $path = Find-WebConfig } catch { return 'unread' } }
    switch (Get-FileSha256 $path) {
        '' { return 'unread' }
        $Record.sha256Before { return 'before' }
        $Record.sha256After { return 'after' }
        default { return 'other' }
    }
}
