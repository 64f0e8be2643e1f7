# The commands with which an administrator puts owner, DACL and attributes back, when the module could not.

# SDDL shortens the well-known SIDs, icacls takes them in full.
$script:WellKnownSids = @{
    BA = 'S-1-5-32-544'; BU = 'S-1-5-32-545'; IS = 'S-1-5-32-568'; SY = 'S-1-5-18'; LS = 'S-1-5-19'; NS = 'S-1-5-20'
    AU = 'S-1-5-11'; WD = 'S-1-1-0'; CO = 'S-1-3-0'; AC = 'S-1-15-2-1'
}
$script:AccountNames = @{
    'S-1-5-32-544' = 'BUILTIN\Administrators'; 'S-1-5-18' = 'NT AUTHORITY\SYSTEM'
    'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464' = 'NT SERVICE\TrustedInstaller'
}
# Access masks as SDDL writes them, and what icacls calls them.
$script:SimpleRights = @{
    'FA' = 'F'; '0x1f01ff' = 'F'; '0x1301bf' = 'M'; '0x1200a9' = 'RX'; 'FRFX' = 'RX'; 'FR' = 'R'; '0x120089' = 'R'; 'FW' = 'W'
    '0x120116' = 'W'
}

function Get-FullSid([string]$Sid) {
    if ($script:WellKnownSids.ContainsKey($Sid)) { return $script:WellKnownSids[$Sid] }
    return $Sid
}

function Get-AccountName([string]$Sid) {
    $full = Get-FullSid $Sid
    if ($script:AccountNames.ContainsKey($full)) { return $script:AccountNames[$full] }
    return $full
}

function Get-OwnerCommand($Target) {
    return "icacls `"$($Target.path)`" /setowner `"*$(Get-FullSid (Split-Sddl $Target.sddl).Owner)`""
}

# For what icacls can say: all of it inherited, or none. Now: the DACL as it is, whose own entries have to go.
function Get-DaclCommand($Target, [string]$Now) {
    $dacl = (Split-Sddl $Target.sddl).Dacl
    $entries = @(Get-DaclEntry $dacl)
    if ($entries -contains $null) { return Get-SddlCommand $Target 'Access' }
    $own = @($entries | Microsoft.PowerShell.Core\Where-Object { -not $_.IsInherited })
    if ($own.Count -eq 0 -and -not $dacl.StartsWith('P')) { return "icacls `"$($Target.path)`" /reset" }
    if ($own.Count -ne $entries.Count -or -not $dacl.StartsWith('P')) { return Get-SddlCommand $Target 'Access' }
    $kept = @($own | Microsoft.PowerShell.Core\ForEach-Object { $_.Sid })
    $removed = foreach ($entry in @(Get-DaclEntry $Now)) {
        if ($null -ne $entry -and $kept -notcontains $entry.Sid) { " /remove:g `"*$($entry.Sid)`"" }
    }
    $granted = foreach ($entry in $own) { " `"*$($entry.Sid):$($entry.Rights)`"" }
    return "icacls `"$($Target.path)`" /inheritance:r$($removed -join '') /grant:r$($granted -join '')"
}

# @{ Sid; Rights; IsInherited } for each entry that only allows and that icacls has simple words for, $null for another one.
function Get-DaclEntry([string]$Dacl) {
    foreach ($match in [regex]::Matches($Dacl, '\(([^()]*)\)')) {
        $type, $flags, $rights, $object, $inherited, $sid = $match.Groups[1].Value.Split(';')
        $isKnown = $type -eq 'A' -and $script:SimpleRights.ContainsKey($rights) -and $flags -match '\A(?:OI|CI|ID)*\z'
        $isKnown = $isKnown -and $object -eq '' -and $inherited -eq ''
        $isKnown = $isKnown -and ($sid -notmatch '\A[A-Z]{2}\z' -or $script:WellKnownSids.ContainsKey($sid))
        if (-not $isKnown) {
            $null
            continue
        }
        $scope = [regex]::Replace($flags.Replace('ID', ''), '..', '($0)')
        @{ Sid = Get-FullSid $sid; Rights = "$scope($($script:SimpleRights[$rights]))"; IsInherited = $flags -match 'ID' }
    }
}

# For Windows PowerShell. Only this section is written: an owner who stays may not be settable.
function Get-SddlCommand($Target, [string]$Section) {
    $path, $sddl = $Target.path.Replace("'", "''"), $Target.sddl.Replace("'", "''")
    return "`$item = Get-Item -Force -LiteralPath '$path'; `$acl = `$item.GetAccessControl('$Section'); " +
    "`$acl.SetSecurityDescriptorSddlForm('$sddl', '$Section'); `$item.SetAccessControl(`$acl)"
}

function Get-AttributeCommand($Target, [IO.FileAttributes]$Attributes) {
    $letters = [ordered]@{ ReadOnly = 'R'; Hidden = 'H'; System = 'S'; Archive = 'A'; NotContentIndexed = 'I' }
    $switches = foreach ($name in $letters.Keys) {
        $flag = [IO.FileAttributes]$name
        $wanted = [IO.FileAttributes]$Target.attributes -band $flag
        if (($Attributes -band $flag) -eq $wanted) { continue }
        if ($wanted -eq 0) { "-$($letters[$name])" } else { "+$($letters[$name])" }
    }
    return "attrib $($switches -join ' ') `"$($Target.path)`""
}
