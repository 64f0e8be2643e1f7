# The faults that SoftwareDistribution.log tells of. The rules are those of remote/practice/host/log-evidence.ts.

$script:LogTailLength = 16MB
$script:LogNewestLines = 20
$script:LogLongestLine = 4000
# Beyond it nothing is looked for: what a line holds comes from clients.
$script:LogLineLimit = 64KB

# A line ends where its line feed is; what no rule lets through is left out by hand, since classes like \s are not the same
# in every language of regular expressions.
$script:FaultCodePattern = [regex]'ThrowException: [Aa]ctor = [^\n\r\u2028\u2029]*?(?<![A-Za-z0-9_])ErrorCode=([A-Za-z0-9_]+)'
$script:RefusalPattern = [regex]('ErrorCode=InvalidParameters, Message=parameters\.InstalledNonLeafUpdateIDs, Client=' +
    '([^\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff,]*)')
$script:LogTimePattern = [regex]'^([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}) UTC\t'

# Answers that only make a client repeat a step of its sign-in ([MS-WUSP] 2.2.2.4).
$script:HandshakeCodes = @('ConfigChanged', 'CookieExpired', 'RegistrationRequired', 'FileLocationChanged')

# @{ path; lines; count; clients; firstSeenAt; lastSeenAt } of the log's newest part. Throws 'not-found'.
function Get-ServerLogEvidence([string]$TargetDir) {
    $path = [IO.Path]::Combine($TargetDir, 'LogFiles', 'SoftwareDistribution.log')
    if (-not [IO.File]::Exists($path)) { throw (New-CodedError 'not-found' "reading the log: $path is not there") }
    $tail = Read-LogTail $path $script:LogTailLength
    $evidence = Find-LogEvidence $tail.Text $tail.FirstLine
    $evidence['path'] = $path
    return $evidence
}

# The newest part of a file that another process writes to, from the start of a line: @{ Text; FirstLine }, where FirstLine is
# the number of that line.
function Read-LogTail([string]$Path, [long]$Length) {
    $stream = Microsoft.PowerShell.Utility\New-Object IO.FileStream $Path, 'Open', 'Read', 'ReadWrite, Delete'
    try {
        $end = $stream.Length
        $lineFeeds = 0
        if ($end -gt $Length) { $lineFeeds = Move-LogReader $stream ($end - $Length) }
        $bytes = Microsoft.PowerShell.Utility\New-Object byte[] ($end - $stream.Position)
        $read = 0
        do {
            $piece = $stream.Read($bytes, $read, $bytes.Length - $read)
            $read += $piece
        } while ($piece -gt 0)
        return @{ Text = [Text.Encoding]::UTF8.GetString($bytes, 0, $read); FirstLine = $lineFeeds + 1 }
    } finally { $stream.Dispose() }
}

# Goes to the first start of a line at or after the offset; answers how many lines were passed.
function Move-LogReader([IO.FileStream]$Stream, [long]$Offset) {
    $buffer = Microsoft.PowerShell.Utility\New-Object byte[] 1MB
    $latin1 = [Text.Encoding]::GetEncoding(28591)
    $lineFeeds = 0
    # The byte before the offset tells whether a line starts at it.
    $left = $Offset - 1
    while ($left -gt 0) {
        $read = $Stream.Read($buffer, 0, [Math]::Min($left, $buffer.Length))
        if ($read -eq 0) { break }
        $left -= $read
        $lineFeeds += Measure-LineFeed $latin1.GetString($buffer, 0, $read)
    }
    do { $byte = $Stream.ReadByte() } while ($byte -ne 10 -and $byte -ge 0)
    return $lineFeeds + 1
}

# The evidence in a text whose first line has this number.
function Find-LogEvidence([string]$Text, [int]$FirstLine) {
    $starts = Microsoft.PowerShell.Utility\New-Object 'Collections.Generic.Queue[int]'
    $clients = Microsoft.PowerShell.Utility\New-Object 'Collections.Generic.HashSet[string]'
    $count = 0
    $first = $null
    $last = $null
    for ($at = Find-Fault $Text 0; $at -ge 0; $at = Find-Fault $Text $end) {
        $start = $Text.LastIndexOf([char]10, $at) + 1
        $end = $Text.IndexOf([char]10, $at)
        if ($end -lt 0) { $end = $Text.Length }
        $line = $Text.Substring($start, [Math]::Min($end - $start, $script:LogLineLimit))
        $fault = $script:FaultCodePattern.Match($line)
        if (-not $fault.Success -or $script:HandshakeCodes -ccontains $fault.Groups[1].Value) { continue }
        $starts.Enqueue($start)
        if ($starts.Count -gt $script:LogNewestLines) { $null = $starts.Dequeue() }
        $refusal = $script:RefusalPattern.Match($line)
        if (-not $refusal.Success) { continue }
        $count++
        $null = $clients.Add($refusal.Groups[1].Value.ToLowerInvariant())
        $time = $script:LogTimePattern.Match($line)
        if (-not $time.Success) { continue }
        $seen = $time.Value
        if ($null -eq $first -or [string]::CompareOrdinal($seen, $first) -lt 0) { $first = $seen }
        if ($null -eq $last -or [string]::CompareOrdinal($seen, $last) -gt 0) { $last = $seen }
    }
    return [ordered]@{
        lines = @(Get-NumberedLine $Text $FirstLine $starts.ToArray())
        count = $count
        clients = $clients.Count
        firstSeenAt = Format-LogTime $first
        lastSeenAt = Format-LogTime $last
    }
}

function Find-Fault([string]$Text, [int]$From) {
    return $Text.IndexOf('ThrowException: ', $From, [StringComparison]::Ordinal)
}

# Of '2026-11-25 03:48:27.123 UTC' and a tab, ISO 8601.
function Format-LogTime($Time) {
    if ($null -eq $Time) { return $null }
    return $script:LogTimePattern.Replace($Time, '$1T$2Z')
}

# Numbers are worked out for the lines that are shown, not for each that is passed.
function Get-NumberedLine([string]$Text, [int]$FirstLine, [int[]]$Starts) {
    $number = $FirstLine
    $counted = 0
    foreach ($start in $Starts) {
        $number += Measure-LineFeed $Text.Substring($counted, $start - $counted)
        $counted = $start
        $end = $Text.IndexOf([char]10, $start)
        if ($end -lt 0) { $line = $Text.Substring($start) }
        # A carriage return belongs to the end of a line only before its line feed.
        elseif ($end -gt $start -and $Text[$end - 1] -eq "`r") { $line = $Text.Substring($start, $end - 1 - $start) }
        else { $line = $Text.Substring($start, $end - $start) }
        [ordered]@{ line = $number; text = $line.Substring(0, [Math]::Min($line.Length, $script:LogLongestLine)) }
    }
}

# By methods of .NET: a loop over the characters takes seconds.
function Measure-LineFeed([string]$Text) { return $Text.Length - $Text.Replace("`n", '').Length }
