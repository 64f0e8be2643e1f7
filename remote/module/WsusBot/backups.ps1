# Backups of Web.config: its bytes, and beside them how the file was. The newest ten are kept.

$script:KeptBackups = 10
$script:BackupName = '\AWeb\.config\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.bak\z'

# Writes a backup and reads it back. One of that name is never written over. Answers its path.
function Write-Backup([string]$Name, [byte[]]$Bytes, [string]$From, $State) {
    $folder = Get-StatePath 'backups'
    $path = [IO.Path]::Combine($folder, $Name)
    $sha256 = Get-BytesSha256 $Bytes
    foreach ($left in [IO.Directory]::GetFiles($folder, '*.tmp')) { [IO.File]::Delete($left) }
    if (-not [IO.File]::Exists($path)) {
        $about = [ordered]@{ path = $From; sha256 = $sha256; sddl = $State.sddl; attributes = $State.attributes }
        # First what is about it: a backup without would not be complete.
        Write-StateFile "$path.json" ([Text.Encoding]::UTF8.GetBytes((ConvertTo-ResultJson $about)))
        Write-StateFile $path $Bytes
    }
    if ((Get-FileSha256 $path) -ne $sha256) { throw "another backup named $Name is there" }
    Remove-OldBackup $folder $Name
    return $path
}

# @{ Bytes; State } of a backup. Throws 'backup-missing', 'backup-differs'.
function Read-Backup([string]$Name, [string]$Sha256) {
    $path = [IO.Path]::Combine((Get-StatePath 'backups'), $Name)
    if (-not [regex]::IsMatch($Name, $script:BackupName) -or -not [IO.File]::Exists($path)) {
        throw (New-CodedError 'backup-missing' 'there is no backup of this name')
    }
    $bytes = Read-PlainFile $path $script:WebConfigLimit
    if ((Get-BytesSha256 $bytes) -ne $Sha256) {
        throw (New-CodedError 'backup-differs' 'the backup is not the file that was saved')
    }
    return @{ Bytes = $bytes; State = Read-BackupState "$path.json" $Sha256 }
}

function Read-BackupState([string]$Path, [string]$Sha256) {
    try {
        $text = [Text.Encoding]::UTF8.GetString((Read-PlainFile $Path 1MB))
        $about = Microsoft.PowerShell.Utility\ConvertFrom-Json -InputObject $text
        $isComplete = $about.sha256 -eq $Sha256 -and $about.sddl -is [string] -and $about.attributes -is [string]
    } catch { $isComplete = $false }
    if (-not $isComplete) {
        throw (New-CodedError 'backup-differs' "what owner, DACL and attributes the backup had is not in $Path")
    }
    return $about
}

function Remove-OldBackup([string]$Folder, [string]$Newest) {
    $old = [IO.Directory]::GetFiles($Folder, '*.bak') | Microsoft.PowerShell.Core\Where-Object {
        $name = [IO.Path]::GetFileName($_)
        $name -ne $Newest -and [regex]::IsMatch($name, $script:BackupName)
    } | Microsoft.PowerShell.Utility\Sort-Object -Property { [IO.File]::GetLastWriteTimeUtc($_) } -Descending
    foreach ($path in @($old) | Microsoft.PowerShell.Utility\Select-Object -Skip ($script:KeptBackups - 1)) {
        [IO.File]::Delete($path)
        [IO.File]::Delete("$path.json")
    }
}
