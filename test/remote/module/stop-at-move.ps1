# Stops a function just before Web.config is replaced, as a client's Signal does, and answers how the pipeline ended.
param([string]$Module, [string]$PracticeLayer, [string]$Call)
$ErrorActionPreference = 'Stop'
$arrived = [Threading.ManualResetEventSlim]::new()
$shell = [powershell]::Create()
$null = $shell.AddScript({
        param($Module, $PracticeLayer, $Arrived)
        Import-Module $Module
        Import-Module $PracticeLayer
        $global:Arrived = $Arrived
        function global:Wait-BeforeMove([string]$From, [string]$To) {
            if ([IO.Path]::GetFileName($To) -ne 'Web.config') { return Move-PracticeFile $From $To }
            $global:Arrived.Set()
            Start-Sleep -Seconds 60
        }
        Set-Alias -Name Move-FileOver -Value Wait-BeforeMove -Scope Global -Force
    }).AddArgument($Module).AddArgument($PracticeLayer).AddArgument($arrived).Invoke()
if ($shell.HadErrors) { throw $shell.Streams.Error[0] }
$request = ConvertFrom-Json -InputObject $Call -AsHashtable -DateKind String
$shell.Commands.Clear()
$null = $shell.AddCommand($request.name).AddParameters($request.parameters)
$null = $shell.BeginInvoke()
if (-not $arrived.Wait(60000)) { throw 'the file was never about to be replaced' }
$shell.Stop()
[string]$shell.InvocationStateInfo.State
