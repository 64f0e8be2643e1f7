# Runs the Pester tests of this folder and writes one JSON list, an entry a test, into the file -Result.
param([Parameter(Mandatory)][string]$PesterFolder, [Parameter(Mandatory)][string]$Result)

$ErrorActionPreference = 'Stop'
Import-Module "$PesterFolder/Pester.psd1"

$configuration = New-PesterConfiguration
$configuration.Run.Path = "$PSScriptRoot/*.Tests.ps1"
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
$run = Invoke-Pester -Configuration $configuration

function Get-ErrorText($Records) {
    $texts = foreach ($record in $Records) {
        if ($null -eq $record) { continue }
        # Where in our files, and not where in Pester's.
        $places = "$($record.ScriptStackTrace)" -split "`n" -notmatch '/Pester/'
        (@($record.Exception.Message) + $places) -join "`n"
    }
    return @($texts) -join "`n"
}

$tests = foreach ($test in $run.Tests) {
    @{
        file = Split-Path -Leaf $test.ScriptBlock.File
        name = $test.ExpandedPath
        result = "$($test.Result)"
        error = Get-ErrorText $test.ErrorRecord
    }
}
# A file that could not be read, or a set-up that failed, has no test to say so.
$broken = foreach ($container in @($run.FailedContainers) + @($run.FailedBlocks)) {
    if ($null -eq $container) { continue }
    @{ file = "$($container.Item)" -replace '^.*/'; name = "set-up of $($container.Name)"; result = 'Failed'; error = Get-ErrorText $container.ErrorRecord }
}
ConvertTo-Json -InputObject @(@($tests) + @($broken) | Where-Object { $_ }) -Compress | Set-Content -LiteralPath $Result -Encoding utf8NoBOM
