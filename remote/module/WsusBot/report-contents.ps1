# The parts of the report that have no file of their own, each in the shape of remote/contract.ts.

# What Find-Wsus answered. Throws what it threw, for every part that builds on it.
function Get-FoundWsus([hashtable]$Wsus) {
    if ($null -ne $Wsus.Failure) { throw $Wsus.Failure }
    return $Wsus.Found
}

function Assert-Asked([bool]$Brief) {
    if ($Brief) { throw (New-CodedError 'not-asked' 'a brief report leaves this out') }
}

function Get-ComputerPart {
    return [ordered]@{
        name = Get-WindowsComputerName
        os = "$(Get-WindowsSetting 'ProductName') $(Get-WindowsVersion)"
        powerShell = [string]$PSVersionTable.PSVersion
    }
}

function Get-WindowsVersion {
    $major = Get-WindowsSetting 'CurrentMajorVersionNumber'
    # Before Windows Server 2016 'CurrentVersion' is right; since then it says 6.3.
    if ($null -eq $major) { $release = Get-WindowsSetting 'CurrentVersion' }
    else { $release = "$major.$(Get-WindowsSetting 'CurrentMinorVersionNumber')" }
    $version = "$release.$(Get-WindowsSetting 'CurrentBuild')"
    $revision = Get-WindowsSetting 'UBR'
    if ($null -ne $revision) { $version = "$version.$revision" }
    return $version
}

function Get-WindowsSetting([string]$Name) {
    return Get-WindowsRegistryValue -Path 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion' -Name $Name
}

function Get-WsusPart([hashtable]$Wsus) {
    return [ordered]@{
        installed = $Wsus.Installed
        version = $Wsus.Version
        targetDir = $Wsus.TargetDir
        port = $Wsus.Port
    }
}

function Get-FilePart([hashtable]$Wsus, [hashtable]$Iis) {
    $path = Find-WebConfig $Wsus $Iis
    $bytes = Read-PlainFile $path $script:WebConfigLimit
    # After the bytes: of a file that is replaced at this moment, the later time says no worker has read it.
    $item = Microsoft.PowerShell.Utility\New-Object IO.FileInfo $path
    $security = Get-WindowsFileSecurity -Path $path
    return [ordered]@{
        path = $path
        bytes = [Convert]::ToBase64String($bytes)
        sha256 = Get-BytesSha256 $bytes
        size = $bytes.Length
        owner = $security.Owner
        sddl = $security.Sddl
        attributes = [string]$item.Attributes
        hardLinks = Get-HardLinkCount $path
        lastWriteAt = Format-UtcTime $item.LastWriteTimeUtc
    }
}

# $null on a volume that knows no hard links: no reason to leave the file unread.
function Get-HardLinkCount([string]$Path) {
    try { return @(Get-WindowsHardLink -Path $Path).Count } catch { return $null }
}

function Get-ServicesPart {
    $services = @(foreach ($name in 'W3SVC', 'WAS', 'WsusService') {
            $status = Get-WindowsServiceStatus -Name $name
            if ($null -ne $status) { [ordered]@{ name = $name; status = $status } }
        })
    return @{ services = $services }
}

function Get-PoolPart([hashtable]$Wsus, [hashtable]$Iis) {
    $pool = (Find-WsusSite $Wsus $Iis).Pool
    return [ordered]@{ name = $pool; state = (Get-PoolState $Iis $pool); worker = (Get-PoolWorker $Iis $pool) }
}

function Get-SitesPart([hashtable]$Wsus, [hashtable]$Iis) {
    Assert-WsusInstalled $Wsus
    $applications = Get-IisObject $Iis 'app'
    $sites = @(foreach ($site in (Get-IisObject $Iis 'site')) {
            $paths = @(foreach ($application in $applications) {
                    if ($application['SITE.NAME'] -eq $site['SITE.NAME']) { Get-ApplicationPath $application }
                })
            $ports = @(foreach ($binding in (Get-SiteBinding $site)) { $binding.Port })
            [ordered]@{
                name = $site['SITE.NAME']
                state = [string]$site['state']
                ports = @($ports | Microsoft.PowerShell.Utility\Select-Object -Unique)
                isWsus = $paths -contains $script:ClientApplication
                applications = @($paths | Microsoft.PowerShell.Utility\Sort-Object)
            }
        })
    return @{ sites = $sites }
}

function Get-LogPart([hashtable]$Wsus) {
    Assert-WsusInstalled $Wsus
    if ([string]::IsNullOrEmpty($Wsus.TargetDir)) {
        throw (New-CodedError 'target-dir-missing' 'finding the log: the registry names no TargetDir')
    }
    return Get-ServerLogEvidence $Wsus.TargetDir
}
