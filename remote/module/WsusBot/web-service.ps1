# Whether the client web service answers, asked on this server as a client asks it ([MS-WUSP]). Makes no computer record.

$script:ClientNamespace = 'http://www.microsoft.com/SoftwareDistribution/Server/ClientWebService'
$script:SoapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/'

# @{ versionStatus; getConfigStatus; getConfigIsSoap; getConfigMilliseconds }. Throws what Find-WsusBinding and
# Invoke-SiteRequest throw.
function Get-WebServiceHealth([hashtable]$Wsus = (Find-Wsus), [hashtable]$Iis = (New-IisReader)) {
    $binding = Find-WsusBinding $Wsus $Iis
    $version = Invoke-SiteRequest $binding '/ClientWebService/wusserverversion.xml' $null 10000
    $config = Get-WebServiceConfig $binding 20000
    return [ordered]@{
        versionStatus = $version.Status
        getConfigStatus = $config.Status
        getConfigIsSoap = $config.IsSoap
        getConfigMilliseconds = $config.Milliseconds
    }
}

# The binding that clients use, by the registry's port and UsingSSL: @{ Protocol; Address; Port; Host; Name }. A site whose
# ports are not those has the first binding of the right kind. Throws 'binding-missing' and what Find-WsusSite throws.
function Find-WsusBinding([hashtable]$Wsus, [hashtable]$Iis) {
    $site = (Find-WsusSite $Wsus $Iis).Site
    if ($Wsus.UsingSsl) { $protocol = 'https' } else { $protocol = 'http' }
    $bindings = @(Get-SiteBinding $site | Microsoft.PowerShell.Core\Where-Object { $_.Protocol -eq $protocol })
    $chosen = @($bindings | Microsoft.PowerShell.Core\Where-Object { $_.Port -eq $Wsus.Port }) + $bindings
    if ($chosen.Count -eq 0) {
        throw (New-CodedError 'binding-missing' "asking the web service: the site $($site['SITE.NAME']) has no $protocol binding")
    }
    $binding = $chosen[0]
    $binding.Name = $binding.Host
    if ($protocol -eq 'https') {
        if (-not [string]::IsNullOrEmpty($Wsus.CertificateName)) { $binding.Name = $Wsus.CertificateName }
        elseif ($binding.Name -eq '') { $binding.Name = Get-FullComputerName }
    }
    return $binding
}

function Get-FullComputerName {
    $names = [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties()
    if ([string]::IsNullOrEmpty($names.DomainName)) { return $names.HostName }
    return "$($names.HostName).$($names.DomainName)"
}

# GetConfig: @{ Status; IsSoap; Milliseconds }. It needs no cookie, and answers only when the application has started, which
# includes that its web.config was parsed.
function Get-WebServiceConfig([hashtable]$Binding, [int]$TimeoutMilliseconds) {
    $soap = @{
        Action = "$script:ClientNamespace/GetConfig"
        Body = "<?xml version=`"1.0`" encoding=`"utf-8`"?><s:Envelope xmlns:s=`"$script:SoapNamespace`"><s:Body>" +
        "<GetConfig xmlns=`"$script:ClientNamespace`"><protocolVersion>1.8</protocolVersion></GetConfig></s:Body></s:Envelope>"
    }
    $answer = Invoke-SiteRequest $Binding '/ClientWebService/client.asmx' $soap $TimeoutMilliseconds
    return @{
        Status = $answer.Status
        IsSoap = (Test-ConfigAnswer $answer.Body $answer.Status)
        Milliseconds = $answer.Milliseconds
    }
}

# A SOAP 1.1 envelope that holds GetConfigResponse or, at status 500, a fault: the service itself speaks. IIS and ASP.NET
# answer for it in HTML.
function Test-ConfigAnswer([string]$Body, [int]$Status) {
    $settings = Microsoft.PowerShell.Utility\New-Object Xml.XmlReaderSettings
    $settings.DtdProcessing = 'Prohibit'
    $settings.XmlResolver = $null
    $source = Microsoft.PowerShell.Utility\New-Object IO.StringReader ($Body.TrimStart([char]0xFEFF))
    $reader = [Xml.XmlReader]::Create($source, $settings)
    try {
        if ($reader.MoveToContent() -ne 'Element' -or -not (Test-Element $reader 'Envelope' $script:SoapNamespace)) { return $false }
        $is = $false
        # To its end: half an answer is none.
        while ($reader.Read()) {
            if ($reader.NodeType -ne 'Element' -or $reader.Depth -ne 2) { continue }
            if (Test-Element $reader 'GetConfigResponse' $script:ClientNamespace) { $is = $Status -eq 200 }
            if (Test-Element $reader 'Fault' $script:SoapNamespace) { $is = $Status -eq 500 }
        }
        return $is
    } catch {
        return $false
    } finally { $reader.Dispose() }
}

function Test-Element($Reader, [string]$Name, [string]$Namespace) {
    return $Reader.LocalName -ceq $Name -and $Reader.NamespaceURI -ceq $Namespace
}
