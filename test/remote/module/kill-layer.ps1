# Puts itself between the private functions of the module that do something outside of it: it counts each crossing, into a
# function and out of it, and kills this process at the one that is asked for, by its number or as 'Write-Backup out 1'. An
# alias wins over a function, also inside the module.

$global:Crossings = @{}
$global:Inner = @{}

function global:Invoke-Crossing {
    $name = $MyInvocation.InvocationName
    Step-Boundary "$name in"
    try { & $global:Inner[$name] @args } finally { Step-Boundary "$name out" }
}

function global:Step-Boundary([string]$Crossing) {
    if ($global:Boundaries -eq 0) { $global:Crossings.Clear() }
    $global:Boundaries++
    $global:Crossings[$Crossing]++
    if ($global:KillAt -is [string]) { $isHere = $global:KillAt -eq "$Crossing $($global:Crossings[$Crossing])" } else {
        $isHere = $global:KillAt -eq $global:Boundaries
    }
    if ($isHere) {
        Stop-Process -Id $PID -Force
        Start-Sleep -Seconds 60
    }
}

# These only read and work things out: at each of their crossings the server is as it was at the one before.
$global:Quiet = '^(?:Get|Find|Test|Split|ConvertFrom|ConvertTo|Assert|Read|Edit|Format)-|^New-(?:CodedError|NotEditable|Target|IisReader)$'

$loaded = Get-Module WsusBot
$standIns = @{}
foreach ($alias in (Get-Alias -Scope Global)) { $standIns[$alias.Name] = $alias.ResolvedCommand }
foreach ($function in (& $loaded { Get-ChildItem Function: })) {
    $name = $function.Name
    if ($function.ModuleName -ne 'WsusBot' -or $loaded.ExportedFunctions.ContainsKey($name) -or $name -match $global:Quiet) { continue }
    $global:Inner[$name] = if ($null -ne $standIns[$name]) { $standIns[$name] } else { $function }
    Set-Alias -Name $name -Value Invoke-Crossing -Scope Global -Force
}
