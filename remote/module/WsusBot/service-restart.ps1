# Restarting one application pool, and waiting for what comes of a restart.

# How long the service may take: the first calls after a start are slow. Functions, so that a test can shorten them.
function Get-RestartWaitSeconds { return 120 }
function Get-WorkerWaitSeconds { return 15 }
function Get-RestartPauseMilliseconds { return 1000 }

# Ends the pool's worker, so that another starts. A stopped pool has none to recycle: IISReset starts such a pool, and so
# does this.
function Invoke-PoolRecycle([string]$Pool, [string]$State) {
    if ($State -eq 'Stopped') { $verb = 'start' } else { $verb = 'recycle' }
    $null = Invoke-WindowsAppCmd @($verb, 'apppool', "/apppool.name:$Pool")
}

# Asks the web service until it is clear what came of the restart: @{ Config; Worker }, what was seen last. That is when it
# answers and another worker serves the pool (a recycled pool lets the old one answer until the new one is there); when it
# answers with an error page twice running, since it cannot start on its Web.config; when its pool has stopped; or when the
# time is over.
function Wait-WebService([hashtable]$Binding, [string]$Pool, $WorkerBefore) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $limit = 1000 * (Get-RestartWaitSeconds)
    $answeredAt = $null
    $broken = 0
    $stopped = 0
    while ($true) {
        $left = $limit - $clock.ElapsedMilliseconds
        $config = Get-ConfigSeen $Binding ([int][Math]::Max(1000, [Math]::Min(30000, $left)))
        $seen = Get-PoolSeen $Pool
        if ($config.IsAnswer) {
            if ($null -eq $answeredAt) { $answeredAt = $clock.ElapsedMilliseconds }
            if (Test-OtherWorker $WorkerBefore $seen.Worker) { break }
            if ($clock.ElapsedMilliseconds - $answeredAt -ge 1000 * (Get-WorkerWaitSeconds)) { break }
        }
        if ($config.Status -eq 500 -and -not $config.IsSoap) { $broken++ } else { $broken = 0 }
        if ($config.Status -eq 503 -and $seen.State -eq 'Stopped') { $stopped++ } else { $stopped = 0 }
        if ($broken -ge 2 -or $stopped -ge 3) { break }
        if ($clock.ElapsedMilliseconds -ge $limit) { break }
        Microsoft.PowerShell.Utility\Start-Sleep -Milliseconds (Get-RestartPauseMilliseconds)
    }
    if ($null -ne $seen.Failure) { throw $seen.Failure }
    return @{ Config = $config; Worker = $seen.Worker }
}

# What GetConfig came to. A service whose certificate is not accepted cannot be asked, now or later: to the restart that is
# an answer to end with, and status 0.
function Get-ConfigSeen([hashtable]$Binding, [int]$TimeoutMilliseconds) {
    try {
        $config = Get-WebServiceConfig $Binding $TimeoutMilliseconds
        $config.IsAnswer = $config.Status -eq 200 -and $config.IsSoap
        return $config
    } catch {
        if ('certificate-not-accepted', 'tls-failed' -notcontains (Get-CodedError $_).Code) { throw }
        return @{ Status = 0; IsSoap = $false; Milliseconds = 0; IsAnswer = $true }
    }
}

# The pool as it is now: @{ Worker; State; Failure }. While IIS starts it may not be able to say.
function Get-PoolSeen([string]$Pool) {
    $iis = New-IisReader
    $seen = @{ Worker = $null; State = $null; Failure = $null }
    try {
        $seen.Worker = Get-PoolWorker $iis $Pool
        if ($null -eq $seen.Worker) { $seen.State = Get-PoolState $iis $Pool }
    } catch { $seen.Failure = $_.Exception }
    return $seen
}

function Test-OtherWorker($Before, $After) {
    if ($null -eq $After) { return $false }
    return $null -eq $Before -or $Before.pid -ne $After.pid -or $Before.startedAt -ne $After.startedAt
}
