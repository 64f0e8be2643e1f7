# Whether WSUS is on this server, and where: what the registry says, checked against IIS.

$script:WsusSetupKey = 'HKLM:\SOFTWARE\Microsoft\Update Services\Server\Setup'
$script:ClientApplication = '/ClientWebService'

# @{ Installed; TargetDir; Port; UsingSsl; Version; SiteId; CertificateName }. What is not there is $null.
function Find-Wsus {
    $found = @{
        Installed = (Test-WsusInstalled); TargetDir = $null; Port = $null; UsingSsl = $false
        Version = $null; SiteId = $null; CertificateName = $null
    }
    if (-not $found.Installed) { return $found }
    $targetDir = Get-WsusSetup 'TargetDir'
    if (-not [string]::IsNullOrEmpty($targetDir)) { $found.TargetDir = [Environment]::ExpandEnvironmentVariables($targetDir) }
    foreach ($number in @{ Port = 'PortNumber'; SiteId = 'IISTargetWebSiteIndex' }.GetEnumerator()) {
        $value = Get-WsusSetup $number.Value
        if ($null -ne $value) { $found[$number.Key] = [int]$value }
    }
    $found.UsingSsl = [string](Get-WsusSetup 'UsingSSL') -eq '1'
    $found.Version = Get-WsusSetup 'VersionString'
    $found.CertificateName = Get-WsusSetup 'ServerCertificateName'
    return $found
}

function Get-WsusSetup([string]$Name) {
    return Get-WindowsRegistryValue -Path $script:WsusSetupKey -Name $Name
}

# The key alone proves nothing: the console, and PowerShell modules of others, make it on any machine. The service decides;
# and a server that lists its role services has to list this one.
function Test-WsusInstalled {
    if ($null -eq (Get-WindowsServiceStatus -Name 'WsusService')) { return $false }
    $roles = "$script:WsusSetupKey\Installed Role Services"
    if ($null -ne (Get-WindowsRegistryValue -Path $roles -Name 'UpdateServices-Services')) { return $true }
    foreach ($console in 'UpdateServices-UI', 'UpdateServices-API') {
        if ($null -ne (Get-WindowsRegistryValue -Path $roles -Name $console)) { return $false }
    }
    return $true
}

function Assert-WsusInstalled([hashtable]$Wsus) {
    if (-not $Wsus.Installed) { throw (New-CodedError 'not-wsus' 'WSUS is not installed') }
}

# The site that carries the client web service, and its application: @{ Site; Application; Pool }. Throws 'not-wsus',
# 'application-missing', 'ambiguous-site' and what Get-IisObject throws.
function Find-WsusSite([hashtable]$Wsus, [hashtable]$Iis) {
    Assert-WsusInstalled $Wsus
    $applications = @(Get-IisObject $Iis 'app' |
            Microsoft.PowerShell.Core\Where-Object { (Get-ApplicationPath $_) -eq $script:ClientApplication })
    if ($applications.Count -eq 0) {
        throw (New-CodedError 'application-missing' "finding WSUS in IIS: no site has the application $script:ClientApplication")
    }
    $candidates = @(foreach ($site in (Get-IisObject $Iis 'site')) {
            foreach ($application in $applications) {
                if ($application['SITE.NAME'] -eq $site['SITE.NAME']) {
                    @{ Site = $site; Application = $application; Pool = [string]$application['APPPOOL.NAME'] }
                }
            }
        })
    # By its id: its name may be in the language of the server.
    $chosen = @($candidates | Microsoft.PowerShell.Core\Where-Object { [string]$_.Site['SITE.ID'] -eq [string]$Wsus.SiteId })
    if ($null -eq $Wsus.SiteId -and $candidates.Count -eq 1) { $chosen = $candidates }
    if ($chosen.Count -eq 1) { return $chosen[0] }
    $names = @($candidates | Microsoft.PowerShell.Core\ForEach-Object { "$($_.Site['SITE.NAME']) (id $($_.Site['SITE.ID']))" }) -join ', '
    $said = if ($null -eq $Wsus.SiteId) { 'no site' } else { "site id $($Wsus.SiteId)" }
    throw (New-CodedError 'ambiguous-site' "finding WSUS in IIS: the registry names $said, and $script:ClientApplication is in $names")
}

function Get-ApplicationPath([hashtable]$Application) {
    $path = $Application['path']
    if ($null -ne $path) { return $path }
    return ([string]$Application['APP.NAME']).Substring(([string]$Application['SITE.NAME']).Length)
}

# The full path of the client web service's Web.config. Throws 'paths-disagree' when the registry and IIS name two places,
# 'target-dir-missing', and what Find-WsusSite throws.
function Find-WebConfig([hashtable]$Wsus = (Find-Wsus), [hashtable]$Iis = (New-IisReader)) {
    Assert-WsusInstalled $Wsus
    if ([string]::IsNullOrEmpty($Wsus.TargetDir)) {
        throw (New-CodedError 'target-dir-missing' "finding Web.config: the registry names no TargetDir ($script:WsusSetupKey)")
    }
    $expected = [IO.Path]::Combine($Wsus.TargetDir, 'WebServices', 'ClientWebService')
    $served = Get-ApplicationFolder (Find-WsusSite $Wsus $Iis).Application $Iis
    if ((Get-ComparablePath $expected) -ne (Get-ComparablePath $served)) {
        throw (New-CodedError 'paths-disagree' "finding Web.config: the registry names $expected, IIS serves $served")
    }
    return [IO.Path]::Combine((Get-PlainPath $expected), 'Web.config')
}

# Where the application's own virtual directory is on the disk.
function Get-ApplicationFolder([hashtable]$Application, [hashtable]$Iis) {
    $name = [string]$Application['APP.NAME']
    foreach ($folder in (Get-IisObject $Iis 'vdir')) {
        if ($folder['APP.NAME'] -ne $name) { continue }
        if ($folder['path'] -eq '/' -or $folder['VDIR.NAME'] -eq "$name/") {
            return [Environment]::ExpandEnvironmentVariables($folder['physicalPath'])
        }
    }
    throw (New-CodedError 'application-missing' "finding WSUS in IIS: the application $name has no folder")
}

function Get-PlainPath([string]$Path) {
    return [IO.Path]::GetFullPath($Path).TrimEnd([IO.Path]::DirectorySeparatorChar, [IO.Path]::AltDirectorySeparatorChar)
}

function Get-ComparablePath([string]$Path) { return (Get-PlainPath $Path).ToUpperInvariant() }
