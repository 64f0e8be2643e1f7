function Get-WsusBotReport {
    <#
    .SYNOPSIS
    Reads what there is to know of this WSUS server and changes nothing.
    .DESCRIPTION
    Answers one JSON string, the report of remote/contract.ts. A part that cannot be read carries a code and the reason; a
    report never fails as a whole. It sends no progress, so that its answer is its first output.
    .PARAMETER Brief
    Leaves out what takes long and says nothing about a change: the performance counters and SUSDB.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([switch]$Brief)

    $readAt = Format-UtcTime ([DateTime]::UtcNow)
    $iis = New-IisReader
    $wsus = @{ Found = $null; Failure = $null }
    try { $wsus.Found = Find-Wsus } catch { $wsus.Failure = $_.Exception }

    return ConvertTo-ResultJson ([ordered]@{
            readAt = $readAt
            module = Read-ReportPart { [ordered]@{ version = $script:ModuleVersion; sha256 = Get-ModuleSha256 } }
            computer = Read-ReportPart { Get-ComputerPart }
            wsus = Read-ReportPart { Get-WsusPart (Get-FoundWsus $wsus) }
            file = Read-ReportPart { Get-FilePart (Get-FoundWsus $wsus) $iis }
            services = Read-ReportPart { Get-ServicesPart }
            pool = Read-ReportPart { Get-PoolPart (Get-FoundWsus $wsus) $iis }
            sites = Read-ReportPart { Get-SitesPart (Get-FoundWsus $wsus) $iis }
            health = Read-ReportPart { Get-WebServiceHealth (Get-FoundWsus $wsus) $iis }
            log = Read-ReportPart { Get-LogPart (Get-FoundWsus $wsus) }
            counters = Read-ReportPart { Assert-Asked $Brief; Assert-WsusInstalled (Get-FoundWsus $wsus); Get-ClientMaximum }
            updates = Read-ReportPart { Assert-Asked $Brief; Assert-WsusInstalled (Get-FoundWsus $wsus); Get-UpdateCount }
            activity = Read-ReportPart { Get-Activity }
        })
}
