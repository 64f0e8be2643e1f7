# IIS, which the machine plays: it goes on with a restart when this process has gone.

function Invoke-PracticeAppCmd([string[]]$Arguments) {
    return (Invoke-PracticeMachine 'appcmd' @{ arguments = $Arguments }).output
}

function Invoke-PracticeIisReset { $null = Invoke-PracticeMachine 'iisreset' }

function Get-PracticeProcessStart([int]$Id) {
    $startedAt = (Invoke-PracticeMachine 'process' @{ id = $Id }).startedAt
    if ($null -eq $startedAt) { return $null }
    return [DateTime]::Parse($startedAt, [cultureinfo]::InvariantCulture, 'AssumeUniversal, AdjustToUniversal')
}
