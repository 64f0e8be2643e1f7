# Refusals: the answers of functions that changed nothing, with a reason out of the contract.

$script:RefusalReasons = 'stale', 'too-late', 'busy', 'after-hash-differs', 'key-not-editable', 'file-not-readable',
    'file-not-writable', 'backup-missing', 'backup-differs', 'not-wsus'

# Answers what the block answers. What it throws without a reason of the contract becomes a refusal for this one.
function Invoke-OrRefuse([string]$Reason, [string]$Doing, [scriptblock]$Block) {
    try { $answer = & $Block } catch {
        $failure = Get-CodedError $_
        if ($script:RefusalReasons -contains $failure.Code) { throw }
        $text = $failure.Reason
        # Errors of our own say already what was being done.
        if ('access-denied', 'not-found', 'not-readable' -contains $failure.Code) { $text = "${Doing}: $text" }
        throw (New-CodedError $Reason $text)
    }
    return , $answer
}

# The answer for what a function threw, or $null when that is no refusal.
function ConvertTo-Refusal($ErrorRecord) {
    $failure = Get-CodedError $ErrorRecord
    if ($script:RefusalReasons -notcontains $failure.Code) { return $null }
    return [ordered]@{ outcome = 'refused'; reason = $failure.Code; text = $failure.Reason }
}
