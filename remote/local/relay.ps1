# What the PowerShell on the bot's own machine runs: it opens one session on a server as the account that the bot runs as, and hands on to it one
# command at a time, names and values. For Windows PowerShell 5.1 and PowerShell 7; nothing but commands of Microsoft.PowerShell.Core.

$script:WsusBotSession = $null

function Open-WsusBotSession {
    param(
        [string] $ComputerName,
        [int] $Port,
        [string] $ConfigurationName,
        [bool] $UseSsl,
        [string] $Authentication,
        # Both in milliseconds.
        [int] $OpenTimeout,
        [int] $IdleTimeout
    )
    try {
        $options = [System.Management.Automation.Remoting.PSSessionOption]::new()
        $options.OpenTimeout = [timespan]::FromMilliseconds($OpenTimeout)
        $options.IdleTimeout = [timespan]::FromMilliseconds($IdleTimeout)
        $place = @{ ComputerName = $ComputerName; Port = $Port; ConfigurationName = $ConfigurationName }
        $way = @{ UseSSL = $UseSsl; Authentication = $Authentication; SessionOption = $options }
        $script:WsusBotSession = New-PSSession @place @way -ErrorAction Stop
    } catch {
        throw (New-WsusBotError -Id 'WsusBotSessionNotOpened' -From $_)
    }
}

function Invoke-WsusBotCommand {
    param([string] $Name, [System.Collections.IDictionary] $Parameters)
    # Of this block Invoke-Command makes a command with parameters, no script: a session without language takes nothing else.
    Invoke-WsusBotBlock -Block { & $using:Name @using:Parameters }
}

function Invoke-WsusBotScript {
    param([string] $Script)
    Invoke-WsusBotBlock -Block ([scriptblock]::Create($Script))
}

function Close-WsusBotSession {
    if ($script:WsusBotSession) { Remove-PSSession -Session $script:WsusBotSession }
    $script:WsusBotSession = $null
}

function Invoke-WsusBotBlock {
    param([scriptblock] $Block)
    if ("$($script:WsusBotSession.State)" -ne 'Opened') { throw 'WsusBotSessionGone' }
    $isAnswered = $false
    $failures = @()
    try {
        Invoke-Command -Session $script:WsusBotSession -ScriptBlock $Block -ErrorAction SilentlyContinue -ErrorVariable failures |
            ForEach-Object {
                $isAnswered = $true
                # The text alone, without the names of computer and session that remoting hangs on it.
                [string] $_
            }
    } catch {
        $failures = @($_)
        $isAnswered = $false
    }
    if ($isAnswered -or $failures.Count -eq 0) { return }
    $failure = $failures[-1]
    # Whatever the server's session says is a RemoteException; anything else is about the way there.
    if ($failure.Exception -is [System.Management.Automation.RemoteException]) { throw $failure }
    throw (New-WsusBotError -Id 'WsusBotSessionLost' -From $failure)
}

# An error whose id a program can read in every language: ours, WinRM's number, and PowerShell's own id.
function New-WsusBotError {
    param([string] $Id, [System.Management.Automation.ErrorRecord] $From)
    $code = 0
    if ($From.Exception -is [System.Management.Automation.Remoting.PSRemotingTransportException]) { $code = $From.Exception.ErrorCode }
    $full = '{0}:{1}:{2}' -f $Id, $code, $From.FullyQualifiedErrorId
    [System.Management.Automation.ErrorRecord]::new($From.Exception, $full, 'ConnectionError', $null)
}
