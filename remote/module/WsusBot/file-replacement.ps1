# Replacing Web.config: by one rename, so that it is the old file or the new one at every moment. The old one is never written
# into: it may be a hard link into WinSxS.

# Web.config's path and bytes, if it is the approved file: @{ Path; Bytes; State }. Throws 'stale', 'file-not-readable'.
function Read-ApprovedFile([string]$Sha256Before) {
    $path = Invoke-OrRefuse 'file-not-readable' 'finding Web.config' { Find-WebConfig }
    $script:Journal.path = $path
    $bytes = Invoke-OrRefuse 'file-not-readable' "reading $path" { Read-PlainFile $path $script:WebConfigLimit }
    Assert-Approved $bytes $Sha256Before
    $state = Invoke-OrRefuse 'file-not-readable' "reading owner and DACL of $path" { Get-OriginalState $path $Sha256Before }
    return @{ Path = $path; Bytes = $bytes; State = $state }
}

function Assert-Approved([byte[]]$Bytes, [string]$Sha256Before) {
    if ((Get-BytesSha256 $Bytes) -ne $Sha256Before) {
        throw (New-CodedError 'stale' 'Web.config is not the file that the plan was made for')
    }
}

# How the file is, or how it was before a function that was interrupted and could not be mended.
function Get-OriginalState([string]$Path, [string]$Sha256) {
    foreach ($record in @($script:Journal.earlier)) {
        foreach ($target in @($record.targets)) {
            if ($target.path -eq $Path -and $target.sha256 -eq $Sha256) { return $target }
        }
    }
    return Get-FileState $Path
}

# The steps 'write' and 'verify-file': puts the bytes in the place of the approved file, with owner, DACL and attributes of
# $StateAfter. Answers @{ WrittenAt; LeftDifferent }. Throws 'stale' and 'file-not-writable' with everything put back.
function Install-FileContent($Approved, [byte[]]$Bytes, $StateAfter) {
    Write-Step 'write'
    $path = $Approved.Path
    $before, $after = $script:Journal.sha256Before, $script:Journal.sha256After
    $left = Invoke-OrRefuse 'file-not-writable' "replacing $path" {
        $names = Get-OtherName $path
        $script:Journal.targets = @(
            New-Target $path $after $StateAfter.sddl $StateAfter.attributes
            New-Target $path $before $Approved.State.sddl $Approved.State.attributes
            foreach ($name in $names.Paths) { New-Target $name $before $Approved.State.sddl $Approved.State.attributes }
        )
        $script:Journal.temporary = "$path.$($script:Journal.changeId).tmp"
        Save-Journal
        Open-FileToReplace $path
        Write-TemporaryFile $script:Journal.temporary $Bytes $path
        Assert-Approved (Read-PlainFile $path $script:WebConfigLimit) $before
        Move-FileWithPatience $script:Journal.temporary $path
        $names.Unknown
    }
    $writtenAt = [DateTime]::UtcNow
    $left = @($left) + @(Repair-Record $script:Journal)
    $script:Journal.isPutBack = $true
    Write-Step 'verify-file'
    if ((Get-FileSha256 $path) -ne $after) { throw 'Web.config changed while it was being verified' }
    return @{ WrittenAt = Format-UtcTime $writtenAt; LeftDifferent = @($left | Microsoft.PowerShell.Core\Where-Object { $_ }) }
}

# The other names of the file: they share its owner, DACL and attributes, and keep the old bytes.
function Get-OtherName([string]$Path) {
    try {
        $paths = @(Get-WindowsHardLink -Path $Path | Microsoft.PowerShell.Core\Where-Object { $_ -ne $Path })
        return @{ Paths = $paths; Unknown = @() }
    } catch {
        $reason = (Get-CodedError $_).Reason
        return @{ Paths = @(); Unknown = @("Whether $Path had other names cannot be seen ($reason). If it had, compare their owner and DACL: icacls `"$Path`"") }
    }
}

# The old file's security belongs to all its names; it is put back at the end.
function Open-FileToReplace([string]$Path) {
    Grant-WindowsFileAccess -Path $Path
    $attributes = [IO.File]::GetAttributes($Path)
    if (($attributes -band [IO.FileAttributes]::ReadOnly) -ne 0) {
        Set-FileAttributes $Path ([string]($attributes -band $script:KeptAttributes -band -bnot [IO.FileAttributes]::ReadOnly))
    }
}

# The new file beside the old one, read back and parsed again.
function Write-TemporaryFile([string]$Temporary, [byte[]]$Bytes, [string]$Path) {
    [IO.File]::Delete($Temporary)
    try { Write-NewFile $Temporary $Bytes } catch [UnauthorizedAccessException] {
        $folder = [IO.Path]::GetDirectoryName($Path)
        $script:Journal.targets += New-Target $folder '' (Get-WindowsFileSecurity -Path $folder).Sddl $null
        Save-Journal
        Grant-WindowsFileAccess -Path $folder
        Write-NewFile $Temporary $Bytes
    }
    $written = Read-PlainFile $Temporary $script:WebConfigLimit
    if ((Get-BytesSha256 $written) -ne (Get-BytesSha256 $Bytes)) { throw 'the temporary file reads back otherwise' }
    $null = ConvertTo-WebConfigDocument (ConvertFrom-WebConfigBytes $written)
    try {
        # So that the service can read the new file from the first moment; what is left over is put right at the end.
        Set-WindowsFileSecurity -Path $Temporary -Sddl (Get-WindowsFileSecurity -Path $Path).Sddl
    } catch {
        Microsoft.PowerShell.Utility\Write-Verbose "owner and DACL of ${Temporary}: $((Get-CodedError $_).Reason)"
    }
}
