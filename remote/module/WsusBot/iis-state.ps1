# What IIS says of itself, by appcmd.exe: it comes with every IIS, and what it prints is in no language but its own.

# Reads each kind of object (site, app, vdir, apppool, wp) at most once.
function New-IisReader { return @{} }

# The objects of a kind as dictionaries of their attributes: 'SITE.NAME', 'SITE.ID', 'bindings', 'state' of a site; 'APP.NAME',
# 'SITE.NAME', 'APPPOOL.NAME', 'path' of an app; 'VDIR.NAME', 'APP.NAME', 'path', 'physicalPath' of a vdir; 'APPPOOL.NAME',
# 'state' of an apppool; 'WP.NAME' (its process id), 'APPPOOL.NAME' of a wp. Throws 'iis-tools-missing', 'iis-not-readable',
# 'access-denied'.
function Get-IisObject([hashtable]$Iis, [string]$Kind) {
    if (-not $Iis.ContainsKey($Kind)) {
        try {
            $Iis[$Kind] = @{ Objects = @(ConvertFrom-AppCmdXml (Invoke-WindowsAppCmd @('list', $Kind, '/xml'))); Failure = $null }
        } catch {
            $Iis[$Kind] = @{ Objects = @(); Failure = $_.Exception }
        }
    }
    if ($null -ne $Iis[$Kind].Failure) { throw $Iis[$Kind].Failure }
    return $Iis[$Kind].Objects
}

function ConvertFrom-AppCmdXml([string]$Text) {
    $settings = Microsoft.PowerShell.Utility\New-Object Xml.XmlReaderSettings
    $settings.DtdProcessing = 'Prohibit'
    $settings.XmlResolver = $null
    $document = $Text.Trim([char[]]@(0xFEFF, 9, 10, 13, 32))
    # A list that is empty may come as no document at all.
    if ($document -eq '') { return }
    $source = Microsoft.PowerShell.Utility\New-Object IO.StringReader $document
    $reader = [Xml.XmlReader]::Create($source, $settings)
    try {
        while ($reader.Read()) {
            # appcmd/<OBJECT ...>, and nothing of what may be nested in it.
            if ($reader.NodeType -ne 'Element' -or $reader.Depth -ne 1) { continue }
            $attributes = @{}
            $name = $reader.LocalName
            while ($reader.MoveToNextAttribute()) { $attributes[$reader.Name] = $reader.Value }
            if ($name -eq 'ERROR') { throw (New-AppCmdError $attributes) }
            $attributes
        }
    } finally { $reader.Dispose() }
}

function New-AppCmdError([hashtable]$Attributes) {
    $code = 'iis-not-readable'
    # 0x80070005 is E_ACCESSDENIED.
    if ([string]$Attributes['hresult'] -match '80070005|-2147024891|2147942405') { $code = 'access-denied' }
    return New-CodedError $code "asking IIS: $($Attributes['message']) $($Attributes['hresult'])".Trim()
}

# The bindings of a site that have a port: @{ Protocol; Address; Port; Host }. Written 'http/*:8530:,https/[::1]:8531:wsus.example'.
function Get-SiteBinding([hashtable]$Site) {
    foreach ($binding in ([string]$Site['bindings']).Split(',')) {
        if ($binding -match '^\s*([a-zA-Z.]+)/(.*):([0-9]{1,5}):([^:]*)$') {
            @{ Protocol = $Matches[1].ToLowerInvariant(); Address = $Matches[2]; Port = [int]$Matches[3]; Host = $Matches[4].Trim() }
        }
    }
}

# The pool's worker process: @{ pid; startedAt }, or $null when it has none. While one takes over from another, the newer.
function Get-PoolWorker([hashtable]$Iis, [string]$Pool) {
    $newest = $null
    foreach ($process in (Get-IisObject $Iis 'wp')) {
        if ($process['APPPOOL.NAME'] -ne $Pool) { continue }
        $id = [int]$process['WP.NAME']
        $startedAt = Get-WindowsProcessStart -Id $id
        if ($null -eq $startedAt) { continue }
        if ($null -eq $newest -or $startedAt -gt $newest.StartedAt) { $newest = @{ Id = $id; StartedAt = $startedAt } }
    }
    if ($null -eq $newest) { return $null }
    return [ordered]@{ pid = $newest.Id; startedAt = Format-UtcTime $newest.StartedAt }
}

# 'Started', 'Stopped', 'Starting', 'Stopping' or 'Unknown'.
function Get-PoolState([hashtable]$Iis, [string]$Pool) {
    foreach ($candidate in (Get-IisObject $Iis 'apppool')) {
        if ($candidate['APPPOOL.NAME'] -eq $Pool) { return [string]$candidate['state'] }
    }
    throw (New-CodedError 'pool-missing' "asking IIS: there is no application pool $Pool")
}
