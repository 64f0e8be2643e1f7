# Reading and writing whole files.

# The bytes of a file. Throws 'not-a-plain-file' (a link, a folder), 'too-large', and what .NET throws.
function Read-PlainFile([string]$Path, [long]$Limit) {
    $odd = [IO.File]::GetAttributes($Path) -band [IO.FileAttributes]'Directory, ReparsePoint'
    if ($odd -ne 0) {
        throw (New-CodedError 'not-a-plain-file' "reading ${Path}: it is a folder or a link, not a plain file ($odd)")
    }
    $stream = [IO.File]::Open($Path, 'Open', 'Read', 'ReadWrite, Delete')
    try {
        if ($stream.Length -gt $Limit) {
            throw (New-CodedError 'too-large' "reading ${Path}: it has $($stream.Length) bytes, more than the $Limit that are read")
        }
        $content = Microsoft.PowerShell.Utility\New-Object IO.MemoryStream
        $stream.CopyTo($content)
        return , $content.ToArray()
    } finally { $stream.Dispose() }
}

# The hash of a file, or '' when it is not there or cannot be read.
function Get-FileSha256([string]$Path) {
    try { return Get-BytesSha256 (Read-PlainFile $Path 16MB) } catch { return '' }
}

# Writes a file that must not be there yet, down to the disk.
function Write-NewFile([string]$Path, [byte[]]$Bytes) {
    $stream = [IO.File]::Open($Path, 'CreateNew', 'Write', 'None')
    try {
        $stream.Write($Bytes, 0, $Bytes.Length)
        $stream.Flush($true)
    } finally { $stream.Dispose() }
}

# Puts a file in the place of another in one rename, so that there is never a moment without the file. Both in one folder.
function Move-FileOver([string]$From, [string]$To) {
    if ($PSVersionTable.PSVersion.Major -ge 6) {
        [IO.File]::Move($From, $To, $true)
    } else {
        # MoveFileEx with REPLACE_EXISTING and WRITE_THROUGH, without C# to compile: AppLocker refuses that.
        Microsoft.PowerShell.Utility\Add-Type -AssemblyName Microsoft.VisualBasic
        [Microsoft.VisualBasic.FileIO.FileSystem]::MoveFile($From, $To, $true)
    }
}

# The same, for two seconds while somebody has the file open (a scanner, the indexer, IIS).
function Move-FileWithPatience([string]$From, [string]$To) {
    for ($try = 1; ; $try++) {
        try {
            Move-FileOver $From $To
            return
        } catch {
            if ($try -ge 10 -or -not [IO.File]::Exists($From)) { throw }
        }
        Microsoft.PowerShell.Utility\Start-Sleep -Milliseconds 200
    }
}
