# One HTTP request to a site of this server, as a client would send it, but never over the network.

$script:LongestAnswer = 64KB

# @{ Status; Body; Milliseconds }. Status is 0 when nothing answered in time. A certificate that is not accepted is no answer:
# throws 'certificate-not-accepted', or 'tls-failed' when no secure channel came about.
# Binding: @{ Protocol; Address; Port; Host; Name }, where Name is what the request calls the server (none: its address).
function Invoke-SiteRequest([hashtable]$Binding, [string]$Path, [hashtable]$Soap, [int]$TimeoutMilliseconds) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $answer = @{ Status = 0; Body = ''; Milliseconds = 0 }
    $request = New-SiteRequest $Binding $Path $TimeoutMilliseconds
    try {
        $response = Get-SiteResponse $request $Soap
        if ($null -ne $response) {
            try {
                $answer.Status = [int]$response.StatusCode
                $answer.Body = Read-SiteResponse $response $clock $TimeoutMilliseconds
            } finally { $response.Close() }
        }
    } finally { $request.Abort() }
    $answer.Milliseconds = $clock.ElapsedMilliseconds
    return $answer
}

function New-SiteRequest([hashtable]$Binding, [string]$Path, [int]$TimeoutMilliseconds) {
    $address = $Binding.Address
    if ('', '*', '0.0.0.0' -contains $address) { $address = '127.0.0.1' }
    if ($address -eq '[::]') { $address = '[::1]' }
    if ($Binding.Protocol -eq 'https') { Add-Tls12 }
    $request = [Net.WebRequest]::Create("$($Binding.Protocol)://${address}:$($Binding.Port)$Path")
    # The name decides the site, and the certificate's check: no other part of the request has to name it.
    if (-not [string]::IsNullOrEmpty($Binding.Name)) { $request.Host = "$($Binding.Name):$($Binding.Port)" }
    $request.Proxy = $null
    $request.UserAgent = 'WSUS Bot'
    $request.AllowAutoRedirect = $false
    $request.KeepAlive = $false
    $request.Timeout = $TimeoutMilliseconds
    $request.ReadWriteTimeout = $TimeoutMilliseconds
    return $request
}

# Windows PowerShell 3.0 to 5.1 offers SSL 3.0 and TLS 1.0 unless the machine is set otherwise; 0 leaves it to Windows.
function Add-Tls12 {
    $protocols = [Net.ServicePointManager]::SecurityProtocol
    if ([int]$protocols -ne 0) {
        [Net.ServicePointManager]::SecurityProtocol = $protocols -bor [Net.SecurityProtocolType]::Tls12
    }
}

# The answer, whatever its status, or $null when there is none.
function Get-SiteResponse($Request, [hashtable]$Soap) {
    try {
        if ($null -ne $Soap) { Send-SoapBody $Request $Soap }
        return $Request.GetResponse()
    } catch {
        $failure = Get-WebFailure $_.Exception
        if ($null -eq $failure) { throw }
        if ($null -ne $failure.Response) { return $failure.Response }
        Assert-SecureChannel $failure
        return $null
    }
}

# .NET Framework connects here already, and fails here.
function Send-SoapBody($Request, [hashtable]$Soap) {
    $bytes = [Text.Encoding]::UTF8.GetBytes($Soap.Body)
    $Request.Method = 'POST'
    $Request.ContentType = 'text/xml; charset=utf-8'
    $Request.Headers.Add('SOAPAction', "`"$($Soap.Action)`"")
    $Request.ServicePoint.Expect100Continue = $false
    $Request.ContentLength = $bytes.Length
    $stream = $Request.GetRequestStream()
    try { $stream.Write($bytes, 0, $bytes.Length) } finally { $stream.Dispose() }
}

function Get-WebFailure([Exception]$Exception) {
    for ($cause = $Exception; $null -ne $cause; $cause = $cause.InnerException) {
        if ($cause -is [Net.WebException]) { return $cause }
    }
    return $null
}

function Assert-SecureChannel([Net.WebException]$Failure) {
    $isTrust = $Failure.Status -eq [Net.WebExceptionStatus]::TrustFailure
    $innermost = $Failure
    while ($null -ne $innermost.InnerException) {
        $innermost = $innermost.InnerException
        # .NET names the status for .NET Framework's sake only, and this exception always.
        if ($innermost -is [Security.Authentication.AuthenticationException]) { $isTrust = $true }
    }
    if ($isTrust) {
        throw (New-CodedError 'certificate-not-accepted' "asking the web service: its certificate is not accepted: $($innermost.Message)")
    }
    if ($Failure.Status -eq [Net.WebExceptionStatus]::SecureChannelFailure) {
        throw (New-CodedError 'tls-failed' "asking the web service: $($innermost.Message)")
    }
}

# At most so much, and no longer than the time that is left: a service that dribbles holds nobody up.
function Read-SiteResponse($Response, [Diagnostics.Stopwatch]$Clock, [int]$TimeoutMilliseconds) {
    $stream = $Response.GetResponseStream()
    $bytes = Microsoft.PowerShell.Utility\New-Object byte[] $script:LongestAnswer
    $length = 0
    while ($length -lt $bytes.Length) {
        $left = [Math]::Max(0, $TimeoutMilliseconds - $Clock.ElapsedMilliseconds)
        $read = $stream.ReadAsync($bytes, $length, $bytes.Length - $length)
        try { if (-not $read.Wait([int]$left)) { break } } catch { break }
        if ($read.Result -eq 0) { break }
        $length += $read.Result
    }
    return [Text.Encoding]::UTF8.GetString($bytes, 0, $length)
}
