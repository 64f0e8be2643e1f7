# Parts of a report, and errors that carry a code.

# An exception to throw, whose code tells the bot what it means: throw (New-CodedError 'not-wsus' 'WSUS is not installed').
function New-CodedError([string]$Code, [string]$Reason) {
    $exception = Microsoft.PowerShell.Utility\New-Object InvalidOperationException $Reason
    $exception.Data['WsusBotCode'] = $Code
    return $exception
}

# The code and the reason of what a catch block holds in $_: @{ Code; Reason }.
function Get-CodedError($ErrorRecord) {
    $exception = $ErrorRecord.Exception
    # Whatever a .NET method throws comes wrapped.
    for ($cause = $exception; $null -ne $cause; $cause = $cause.InnerException) {
        $exception = $cause
        if ($cause.Data.Contains('WsusBotCode')) {
            return @{ Code = $cause.Data['WsusBotCode']; Reason = $cause.Message }
        }
        if ($cause -is [UnauthorizedAccessException] -or $cause -is [Security.SecurityException]) {
            return @{ Code = 'access-denied'; Reason = $cause.Message }
        }
        if ($cause -is [IO.FileNotFoundException] -or $cause -is [IO.DirectoryNotFoundException]) {
            return @{ Code = 'not-found'; Reason = $cause.Message }
        }
    }
    return @{ Code = 'not-readable'; Reason = $exception.Message }
}

# A part of the report: what the block answers (a dictionary), or why that cannot be read.
function Read-ReportPart([scriptblock]$Read) {
    $part = [ordered]@{ ok = $true }
    try {
        $values = & $Read
        foreach ($name in $values.Keys) { $part[$name] = $values[$name] }
        return $part
    } catch {
        $failure = Get-CodedError $_
        return [ordered]@{ ok = $false; code = $failure.Code; reason = $failure.Reason }
    }
}
