# The folder of WSUS Bot on this server, and the one for backups in it: outside the web root, for administrators alone.

$script:StateFolderSddl = 'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'
# Administrators, the system, TrustedInstaller.
$script:TrustedOwners = 'BA', 'SY', 'S-1-5-32-544', 'S-1-5-18', 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464'

# The path of something in the folder; of the folder itself without a name.
function Get-StatePath([string]$Name) {
    $folder = [IO.Path]::Combine((Get-WindowsProgramData), 'WsusBot')
    if ($Name -eq '') { return $folder }
    return [IO.Path]::Combine($folder, $Name)
}

# Makes both folders, or looks whether they can be trusted. Throws 'file-not-writable'.
function Initialize-StateFolder {
    foreach ($path in (Get-StatePath), (Get-StatePath 'backups')) {
        $null = Invoke-OrRefuse 'file-not-writable' "preparing the folder $path" {
            if ([IO.Directory]::Exists($path)) { Assert-OwnFolder $path } else { New-OwnFolder $path }
        }
    }
}

# Users can make files in a new folder of ProgramData. So it gets its name when it is closed to them, and still empty.
function New-OwnFolder([string]$Path) {
    Remove-EmptyFolder $Path
    $new = "$Path.$([Guid]::NewGuid())"
    $null = [IO.Directory]::CreateDirectory($new)
    Set-WindowsFileSecurity -Path $new -Sddl $script:StateFolderSddl
    if ([IO.Directory]::GetFileSystemEntries($new).Length -ne 0) {
        throw (New-CodedError 'file-not-writable' "preparing the folder ${Path}: somebody else put files into $new")
    }
    [IO.Directory]::Move($new, $Path)
}

# What a killed one left of the above.
function Remove-EmptyFolder([string]$Path) {
    foreach ($left in [IO.Directory]::GetDirectories([IO.Path]::GetDirectoryName($Path), "$([IO.Path]::GetFileName($Path)).*")) {
        if ($left -notmatch '\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\z') { continue }
        try { [IO.Directory]::Delete($left) } catch {
            Microsoft.PowerShell.Utility\Write-Verbose "removing ${left}: $((Get-CodedError $_).Reason)"
        }
    }
}

# Users can make folders in ProgramData beforehand.
function Assert-OwnFolder([string]$Path) {
    if (([IO.File]::GetAttributes($Path) -band [IO.FileAttributes]::ReparsePoint) -ne 0) {
        throw (New-CodedError 'file-not-writable' "using the folder ${Path}: it is a link; remove it")
    }
    $security = Get-WindowsFileSecurity -Path $Path
    $is, $wanted = (Split-Sddl $security.Sddl), (Split-Sddl $script:StateFolderSddl)
    if ($script:TrustedOwners -notcontains $is.Owner) {
        throw (New-CodedError 'file-not-writable' "using the folder ${Path}: it belongs to $($security.Owner), not to the administrators; look at it and remove it")
    }
    if ($is.Dacl -ne $wanted.Dacl) { Set-WindowsFileSecurity -Path $Path -Sddl $script:StateFolderSddl }
}

# Writes a file of ours whole or not at all.
function Write-StateFile([string]$Path, [byte[]]$Bytes) {
    $temporary = "$Path.tmp"
    [IO.File]::Delete($temporary)
    Write-NewFile $temporary $Bytes
    Move-FileWithPatience $temporary $Path
}
