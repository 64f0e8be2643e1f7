# What the acting function at work has begun, written down before it is done, so that the next one and the next report know
# what a killed one left. A record: functionName, changeId, startedAt, step; path, sha256Before, sha256After of the file;
# temporary, a file of ours to be removed; targets, what has to be put back (New-Target); earlier, records of interrupted
# functions whose targets could not be put back yet.

$script:Journal = $null

function Get-JournalPath { return Get-StatePath 'journal.json' }

# The record that is on the disk, or $null. Again for a moment, since it may just be replaced. Throws 'not-readable'.
function Read-Journal {
    $path = Get-JournalPath
    for ($try = 1; ; $try++) {
        try { return Read-JournalRecord $path } catch {
            if ($try -ge 5) { throw (New-CodedError 'not-readable' "reading ${path}: $((Get-CodedError $_).Reason)") }
        }
        Microsoft.PowerShell.Utility\Start-Sleep -Milliseconds 50
    }
}

function Read-JournalRecord([string]$Path) {
    if (-not [IO.File]::Exists($Path)) { return $null }
    $text = [Text.Encoding]::UTF8.GetString((Read-PlainFile $Path 16MB))
    $record = Microsoft.PowerShell.Utility\ConvertFrom-Json -InputObject $text
    foreach ($one in @($record) + @($record.earlier)) {
        # PowerShell 7 makes a DateTime of it.
        if ($one.startedAt -is [DateTime]) { $one.startedAt = Format-UtcTime $one.startedAt }
    }
    return $record
}

function Save-JournalRecord($Record) {
    Write-StateFile (Get-JournalPath) ([Text.Encoding]::UTF8.GetBytes((ConvertTo-ResultJson $Record)))
}

function Save-Journal { Save-JournalRecord $script:Journal }

# Begins a record, then mends what the one before left.
function Start-Journal([string]$FunctionName, [string]$ChangeId, [string]$Sha256Before, [string]$Sha256After) {
    $interrupted = Read-Journal
    $script:Journal = @{
        functionName = $FunctionName
        changeId = $ChangeId
        startedAt = Format-UtcTime ([DateTime]::UtcNow)
        step = 'start'
        path = ''
        sha256Before = $Sha256Before
        sha256After = $Sha256After
        temporary = ''
        targets = @()
        earlier = @()
        isPutBack = $false
    }
    if ($null -ne $interrupted) {
        $earlier = @($interrupted.earlier)
        $interrupted.earlier = @()
        $script:Journal.earlier = @($earlier + $interrupted)
    }
    Save-Journal
    if ($null -eq $interrupted) { return }
    $script:Journal.earlier = @($script:Journal.earlier | Microsoft.PowerShell.Core\Where-Object { @(Repair-Record $_).Count -ne 0 })
    Save-Journal
}

# Ends the record. What is not put back already is put back now; if that cannot be done the record stays, and the answer is
# what is left different.
function Complete-Journal {
    if ($null -eq $script:Journal) { return }
    $record = $script:Journal
    if (-not $record.isPutBack) { $left = @(Repair-Record $record) } else { $left = @() }
    $script:Journal = $null
    if ($left.Count -ne 0) { return $left }
    # The youngest of the interrupted ones takes the place, if there is still anything to be put back.
    $stay = @($record.earlier | Microsoft.PowerShell.Core\Where-Object { @(Get-RecordDifference $_).Count -ne 0 })
    if ($stay.Count -eq 0) {
        [IO.File]::Delete((Get-JournalPath))
        return
    }
    $youngest = $stay[-1]
    $youngest.earlier = @($stay | Microsoft.PowerShell.Utility\Select-Object -First ($stay.Count - 1))
    Save-JournalRecord $youngest
}

# Removes our temporary file, puts the targets back, and tells what stays different.
function Repair-Record($Record) {
    if ($Record.temporary -ne '') { Remove-TemporaryFile $Record.temporary }
    foreach ($target in @($Record.targets)) { Restore-Target $target }
}

function Remove-TemporaryFile([string]$Path) {
    try { [IO.File]::Delete($Path) } catch { "The file $Path of WSUS Bot is left over ($((Get-CodedError $_).Reason)): del `"$Path`"" }
}

function Get-RecordDifference($Record) {
    foreach ($target in @($Record.targets)) { Get-TargetDifference $target }
}
