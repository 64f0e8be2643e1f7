# Calls the module's functions over the practice Windows: a JSON line in ({ name, parameters, killAt }), a JSON line out
# ({ result, boundaries } or { error, boundaries }).
param([string]$Module, [string]$PracticeLayer, [Parameter(ValueFromRemainingArguments)][string[]]$Layers)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $Module
Import-Module $PracticeLayer
$global:Boundaries = 0
foreach ($layer in $Layers) { . $layer }
[Console]::Out.WriteLine('{"ready":true}')
while ($null -ne ($line = [Console]::In.ReadLine())) {
    $call = ConvertFrom-Json -InputObject $line -AsHashtable -DateKind String
    $parameters = $call.parameters
    $global:Boundaries = 0
    $global:KillAt = $call.killAt
    $answer = @{}
    try { $answer.result = [string](& $call.name @parameters) } catch { $answer.error = [string]$_ }
    $answer.boundaries = $global:Boundaries
    [Console]::Out.WriteLine((ConvertTo-Json -InputObject $answer -Compress))
}
