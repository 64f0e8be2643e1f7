# Functions that a session shows beside the shipped ones, for what those never do.

function Get-TestText([string]$Text) { return $Text }

# So many characters, with everything in them that needs care on the way.
function Get-TestLongText([int]$Length) {
    $pattern = "a$([char]0xE9)$([char]0x691C)$([char]::ConvertFromUtf32(0x1F680))`r`n`t<&>'`"_x0041_$([char]7)"
    $text = [Text.StringBuilder]::new()
    while ($text.Length -lt $Length) { $null = $text.Append($pattern) }
    return $text.ToString(0, $Length)
}

function Invoke-TestError([int]$Depth) {
    $exception = [InvalidOperationException]::new('innermost: <Übung> 検証')
    for ($level = 1; $level -le $Depth; $level++) { $exception = [InvalidOperationException]::new("level $level", $exception) }
    $exception.Data['deep'] = @{ a = @{ b = @{ c = @(1, @(2, @(3, (Get-Date)))) } } }
    throw $exception
}

# Errors that end nothing, and everything else that a function can say.
function Write-TestStream {
    [CmdletBinding()] param()
    Write-Warning 'a warning'
    Write-Verbose 'verbose' -Verbose
    Write-Debug 'debug' -Debug
    Write-Information 'information' -InformationAction Continue
    Write-Host 'host'
    Write-Error 'an error that ends nothing' -ErrorAction Continue
    return 'answer'
}

# Says its step, and goes on when whoever listens has made the file.
function Wait-TestRelease([ValidatePattern('^[a-z]+$')][string]$Name) {
    Write-Progress -Activity 'Wait-TestRelease' -Status 'wait'
    while (-not [IO.File]::Exists([IO.Path]::Combine($env:WSUS_BOT_PRACTICE, $Name))) { Start-Sleep -Milliseconds 10 }
    return 'released'
}

function Wait-TestStop {
    try {
        Write-Progress -Activity 'Wait-TestStop' -Status 'wait'
        while ($true) { Start-Sleep -Milliseconds 10 }
    } finally { [IO.File]::WriteAllText([IO.Path]::Combine($env:WSUS_BOT_PRACTICE, 'stopped'), 'stopped') }
}

function Set-TestChoice {
    [CmdletBinding()] param([ValidateSet('IISReset', 'RecyclePool')][string]$Choice, [ValidateRange(1, 10)][int]$Number)
    return "$Choice $Number"
}

Export-ModuleMember -Function *
