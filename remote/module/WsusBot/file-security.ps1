# Owner, group, DACL and attributes of files and folders: as they were, what differs, putting them back.

# What SetAttributes can set; compression, encryption and the like go their own ways.
$script:KeptAttributes = [IO.FileAttributes]'ReadOnly, Hidden, System, Archive, NotContentIndexed'

# @{ sddl; attributes } of a file.
function Get-FileState([string]$Path) {
    return @{
        sddl = (Get-WindowsFileSecurity -Path $Path).Sddl
        attributes = [string]([IO.File]::GetAttributes($Path) -band $script:KeptAttributes)
    }
}

# How a file or a folder has to be in the end. With a hash it counts only while the file has these bytes; a folder's
# attributes ($null) stay alone.
function New-Target([string]$Path, [string]$Sha256, [string]$Sddl, $Attributes) {
    return @{ path = $Path; sha256 = $Sha256; sddl = $Sddl; attributes = $Attributes }
}

# Whether the target is there, and is the file that it was.
function Test-Target($Target) {
    if ($Target.sha256 -eq '') { return [IO.Directory]::Exists($Target.path) }
    return (Get-FileSha256 $Target.path) -eq $Target.sha256
}

# What is not as it was, each as one sentence that ends with the command that mends it.
function Get-TargetDifference($Target) {
    if (-not (Test-Target $Target)) { return }
    $path = $Target.path
    try { $security = Get-WindowsFileSecurity -Path $path } catch {
        "Whether owner and DACL of $path are as they were cannot be read ($((Get-CodedError $_).Reason)): $(Get-OwnerCommand $Target)"
        return
    }
    $is, $was = (Split-Sddl $security.Sddl), (Split-Sddl $Target.sddl)
    if ($is.Owner -ne $was.Owner) {
        "The owner of $path is $($security.Owner) and was $(Get-AccountName $was.Owner): $(Get-OwnerCommand $Target)"
    }
    if ($is.Dacl -ne $was.Dacl) { "The DACL of $path is not as it was: $(Get-DaclCommand $Target $is.Dacl)" }
    if ($is.Group -ne $was.Group) { "The group of $path is $($is.Group) and was $($was.Group): $(Get-SddlCommand $Target 'Group')" }
    if ($null -eq $Target.attributes) { return }
    $attributes = [IO.File]::GetAttributes($path) -band $script:KeptAttributes
    if ($attributes -ne [IO.FileAttributes]$Target.attributes) {
        "The attributes of $path are $attributes and were $($Target.attributes): $(Get-AttributeCommand $Target $attributes)"
    }
}

# Puts a target back as it was. What stays different is told as Get-TargetDifference tells it.
function Restore-Target($Target) {
    if (@(Get-TargetDifference $Target).Count -eq 0) { return }
    try {
        if ($null -ne $Target.attributes) { Set-FileAttributes $Target.path $Target.attributes }
        Set-WindowsFileSecurity -Path $Target.path -Sddl $Target.sddl
    } catch {
        # The comparison that follows says what this left.
        Microsoft.PowerShell.Utility\Write-Verbose "putting $($Target.path) back: $((Get-CodedError $_).Reason)"
    }
    Get-TargetDifference $Target
}

function Set-FileAttributes([string]$Path, [string]$Attributes) {
    $all = [IO.File]::GetAttributes($Path)
    $wanted = ($all -band -bnot $script:KeptAttributes) -bor [IO.FileAttributes]$Attributes
    if ($wanted -eq $all) { return }
    if ($wanted -eq 0) { $wanted = [IO.FileAttributes]::Normal }
    try { [IO.File]::SetAttributes($Path, $wanted) } catch [UnauthorizedAccessException] {
        Grant-WindowsFileAccess -Path $Path
        [IO.File]::SetAttributes($Path, $wanted)
    }
}

# @{ Owner; Group; Dacl }. Whether the system noted that a DACL was inherited (AI, AR) is no difference to access.
function Split-Sddl([string]$Sddl) {
    $match = [regex]::Match($Sddl, '\A(?:O:(?<owner>.*?))?(?:G:(?<group>.*?))?(?:D:(?<flags>[A-Z_]*)(?<entries>.*))?\z', 'Singleline')
    $flags = $match.Groups['flags'].Value -replace 'AI|AR', ''
    return @{
        Owner = $match.Groups['owner'].Value
        Group = $match.Groups['group'].Value
        Dacl = "$flags$($match.Groups['entries'].Value)"
    }
}
