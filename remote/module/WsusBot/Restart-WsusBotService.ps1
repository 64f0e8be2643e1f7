function Restart-WsusBotService {
    <#
    .SYNOPSIS
    Restarts the client web service of WSUS, so that it reads its Web.config, and waits until it answers.
    .DESCRIPTION
    Answers one JSON string, the restart result of remote/contract.ts: what was seen before and after, or a refusal. Acts once;
    nothing is repeated.
    .PARAMETER ChangeId
    GUID of the change.
    .PARAMETER NotAfter
    By this server's clock, ISO 8601 UTC; called later, it refuses.
    .PARAMETER Activation
    IISReset restarts all of IIS, as KB 4096317 says; RecyclePool only the application pool of the client web service.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [ValidatePattern('\A[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\z')]
        [string]$ChangeId,

        [Parameter(Mandatory = $true)]
        [ValidatePattern('\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,7})?)?Z\z')]
        [string]$NotAfter,

        [Parameter(Mandatory = $true)]
        [ValidateSet('IISReset', 'RecyclePool')]
        [string]$Activation
    )

    return Invoke-ActingFunction -FunctionName 'Restart-WsusBotService' -ChangeId $ChangeId -NotAfter $NotAfter -Action {
        $startedAt = Format-UtcTime ([DateTime]::UtcNow)
        $wsus = Find-Wsus
        $iis = New-IisReader
        $pool = (Find-WsusSite $wsus $iis).Pool
        $binding = Find-WsusBinding $wsus $iis
        $before = [ordered]@{
            worker = Get-PoolWorker $iis $pool
            getConfigStatus = (Get-ConfigSeen $binding 5000).Status
        }

        Write-Step 'restart'
        if ($Activation -eq 'IISReset') { Invoke-WindowsIisReset } else { Invoke-PoolRecycle $pool (Get-PoolState $iis $pool) }

        Write-Step 'wait'
        $seen = Wait-WebService $binding $pool $before.worker
        [ordered]@{
            outcome = 'restarted'
            before = $before
            after = [ordered]@{
                worker = $seen.Worker
                getConfigStatus = $seen.Config.Status
                getConfigIsSoap = $seen.Config.IsSoap
                getConfigMilliseconds = $seen.Config.Milliseconds
            }
            startedAt = $startedAt
            endedAt = Format-UtcTime ([DateTime]::UtcNow)
        }
    }
}
