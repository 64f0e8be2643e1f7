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
    [CmdletBinding()]
    param([string] $Name, [System.Collections.IDictionary] $Parameters)
    # A command with parameters, and no script: a session without language takes nothing else.
    Invoke-WsusBotPipeline ([powershell]::Create().AddCommand($Name).AddParameters($Parameters)) $PSCmdlet
}

function Invoke-WsusBotScript {
    [CmdletBinding()]
    param([string] $Script)
    Invoke-WsusBotPipeline ([powershell]::Create().AddScript($Script)) $PSCmdlet
}

function Close-WsusBotSession {
    if ($script:WsusBotSession) { Remove-PSSession -Session $script:WsusBotSession }
    $script:WsusBotSession = $null
}

# Runs a pipeline in the server's session. Its output, errors and progress are those of the command that asked for it, and so is its stop.
function Invoke-WsusBotPipeline {
    param([powershell] $Pipeline, [System.Management.Automation.PSCmdlet] $Asked)
    if ("$($script:WsusBotSession.State)" -ne 'Opened') { throw 'WsusBotSessionGone' }
    $Pipeline.Runspace = $script:WsusBotSession.Runspace
    $isRunning = $true
    try {
        $running = $Pipeline.BeginInvoke()
        do {
            $isRunning = -not $running.AsyncWaitHandle.WaitOne(100)
            foreach ($record in $Pipeline.Streams.Progress.ReadAll()) { $Asked.WriteProgress($record) }
        } while ($isRunning)
        # The text alone, without the names of computer and session that remoting hangs on it.
        foreach ($value in $Pipeline.EndInvoke($running)) { [string] $value }
        foreach ($record in $Pipeline.Streams.Error.ReadAll()) { $Asked.WriteError($record) }
    } catch {
        $cause = $_.Exception
        while ($cause -is [System.Management.Automation.MethodInvocationException]) { $cause = $cause.InnerException }
        # Whatever the server's session says is a RemoteException; anything else is about the way there.
        if ($cause -is [System.Management.Automation.RemoteException]) { throw $cause.ErrorRecord }
        throw (New-WsusBotError -Id 'WsusBotSessionLost' -From $_ -Cause $cause)
    } finally {
        if ($isRunning) { $Pipeline.Stop() }
        $Pipeline.Dispose()
    }
}

# An error whose id a program can read in every language: ours, WinRM's number, and PowerShell's own id.
function New-WsusBotError {
    param([string] $Id, [System.Management.Automation.ErrorRecord] $From, [System.Exception] $Cause = $From.Exception)
    $code = 0
    if ($Cause -is [System.Management.Automation.Remoting.PSRemotingTransportException]) { $code = $Cause.ErrorCode }
    $full = '{0}:{1}:{2}' -f $Id, $code, $From.FullyQualifiedErrorId
    [System.Management.Automation.ErrorRecord]::new($Cause, $full, 'ConnectionError', $null)
}
