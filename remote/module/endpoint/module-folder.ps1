# The module's files on this server. In the module's folder and not in one named after the version: Windows PowerShell looks
# for role capabilities in <module>\RoleCapabilities only.

function Get-ModuleFolder {
    return [IO.Path]::Combine((Get-WindowsProgramFiles), 'WindowsPowerShell', 'Modules', 'WsusBot')
}

# Version in the manifest of a module's folder.
function Get-ModuleVersion([string]$Folder) {
    return (Microsoft.PowerShell.Utility\Import-PowerShellDataFile -LiteralPath ([IO.Path]::Combine($Folder, 'WsusBot.psd1'))).ModuleVersion
}

# SHA-256 by the path of each file below a folder; empty when it is not there.
function Get-FolderHash([string]$Folder) {
    $hashes = @{}
    if (-not [IO.Directory]::Exists($Folder)) { return $hashes }
    foreach ($file in [IO.Directory]::GetFiles($Folder, '*', 'AllDirectories')) {
        $hashes[$file.Substring($Folder.Length + 1)] = (Microsoft.PowerShell.Utility\Get-FileHash -LiteralPath $file -Algorithm SHA256).Hash
    }
    return $hashes
}

function Test-SameFolder([string]$Left, [string]$Right) {
    $one, $other = (Get-FolderHash $Left), (Get-FolderHash $Right)
    if ($one.Count -ne $other.Count) { return $false }
    foreach ($name in $one.Keys) { if ($one[$name] -ne $other[$name]) { return $false } }
    return $true
}

# Puts the folder in its place whole: a session that opens meanwhile gets the old module or the new one.
function Copy-ModuleFolder([string]$Source, [string]$Target) {
    $new, $old = "$Target.new", "$Target.old"
    foreach ($left in $new, $old) { if ([IO.Directory]::Exists($left)) { [IO.Directory]::Delete($left, $true) } }
    foreach ($file in [IO.Directory]::GetFiles($Source, '*', 'AllDirectories')) {
        $copy = [IO.Path]::Combine($new, $file.Substring($Source.Length + 1))
        $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($copy))
        # The bytes alone: a mark of the web that came along would keep Windows from running the copy.
        [IO.File]::WriteAllBytes($copy, [IO.File]::ReadAllBytes($file))
    }
    if (-not (Test-SameFolder $Source $new)) { throw "copying the module: what is in $new is not what is in $Source" }
    if ([IO.Directory]::Exists($Target)) { [IO.Directory]::Move($Target, $old) }
    [IO.Directory]::Move($new, $Target)
    if ([IO.Directory]::Exists($old)) { [IO.Directory]::Delete($old, $true) }
}
